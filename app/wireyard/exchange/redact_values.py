"""Secret values hidden wherever an event holds them: headers, addresses, payloads, reasons, the program's own words."""

from __future__ import annotations

from msgspec.structs import replace

from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.event import Closed, Control, Event, Failed, Headers, Message, MessageRun, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.session import SessionInfo
from wireyard.exchange.secret_values import SecretValues


def hide_in_event(event: Event, values: SecretValues) -> Event:
    """The event with the values hidden; the very same object where there are none."""
    match event:
        case Message() | Control():
            shown = _in_payload(event, values)
        case MessageRun():
            return _in_run(event, values)
        case Opened():
            shown = replace(
                event,
                url=values.in_address(event.url),
                request_target=values.in_address(event.request_target),
                request_headers=_in_headers(event.request_headers, values),
                headers=_in_headers(event.headers, values),
                reason=values.in_text(event.reason),
                subprotocol=values.in_text(event.subprotocol),
                extensions=values.in_text(event.extensions),
                cookies=_in_cookies(event.cookies, values),
            )
        case Step():
            attempts = tuple(replace(each, error=values.in_text(each.error)) for each in event.attempts)
            shown = replace(event, detail=values.in_text(event.detail), attempts=attempts)
        case Closed():
            shown = replace(event, reason=values.in_text(event.reason), cause=values.in_text(event.cause))
        case Failed():
            shown = replace(event, failure=_in_failure(event.failure, values))
        case Note():
            shown = replace(event, text=values.in_address(event.text))
    return event if shown == event else shown


def hide_in_info(info: SessionInfo, values: SecretValues) -> SessionInfo:
    """The head of a session with the values hidden."""
    return replace(
        info,
        url=values.in_address(info.url),
        name=values.in_text(info.name),
        label=values.in_text(info.label),
        subprotocols=tuple(map(values.in_text, info.subprotocols)),
    )


def _in_payload(event: Message | Control, values: SecretValues) -> Event:
    payload = values.in_bytes(event.payload)
    if isinstance(event, Message) and (event.note or event.fault):
        return replace(event, payload=payload, note=values.in_text(event.note), fault=values.in_text(event.fault))
    if isinstance(event, Control) and len(payload) > 2:
        # A close frame's code is no part of its reason.
        code, reason = event.payload[:2], event.payload[2:]
        hidden = values.in_bytes(reason)
        payload = payload if hidden is reason else code + hidden
    return event if payload is event.payload else replace(event, payload=payload)


def _in_run(run: MessageRun, values: SecretValues) -> MessageRun:
    if not values.has_short and not values.may_be_in(run.chunk):
        return run
    payloads = [values.in_bytes(message.payload) for message in run]
    spans: list[int] = []
    at = 0
    for payload in payloads:
        spans.append(at << 32 | len(payload))
        at += len(payload)
    hidden = replace(run, chunk=b"".join(payloads), spans=spans)
    return run if [message.payload for message in run] == payloads else hidden


def _in_headers(headers: Headers, values: SecretValues) -> Headers:
    return tuple((name, values.in_address(value)) for name, value in headers)


def _in_failure(failure: Failure, values: SecretValues) -> Failure:
    return replace(
        failure,
        technical=values.in_text(failure.technical),
        facts={name: values.in_address(value) for name, value in failure.facts.items()},
        answer=None if failure.answer is None else _in_answer(failure.answer, values),
        cookies=_in_cookies(failure.cookies, values),
    )


def _in_cookies(outcomes: tuple[CookieOutcome, ...], values: SecretValues) -> tuple[CookieOutcome, ...]:
    return tuple(
        replace(
            each,
            name=values.in_text(each.name),
            domain=values.in_text(each.domain),
            path=values.in_address(each.path),
            why=values.in_text(each.why),
        )
        for each in outcomes
    )


def _in_answer(answer: Answer, values: SecretValues) -> Answer:
    return replace(
        answer,
        reason=values.in_text(answer.reason),
        headers=_in_headers(answer.headers, values),
        body=values.in_bytes(answer.body),
        raw=values.in_bytes(answer.raw),
    )
