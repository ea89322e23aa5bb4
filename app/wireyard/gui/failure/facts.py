"""From a failure and its steps to what the view shows. No widgets here."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Literal

import msgspec
from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QTimeZone

from wireyard.domain.event import Step
from wireyard.domain.failure import Answer, Certificate, Chain, Failure, FailureCode, FailureStep
from wireyard.formats.xml_text import space_html, space_xml
from wireyard.session.wording import STEP_ORDER, step_name

MAX_BODY_BYTES = 1_000_000
_SNIFFED_BYTES = 1024
# More would be felt: tags are put into lines by Python, on the window's thread.
_MAX_SPACED_BYTES = 64 * 1024
StepOutcome = Literal["done", "failed", "unused", "unreached"]


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One circle of the stepper."""

    name: str
    detail: str
    outcome: StepOutcome


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a well: a name, and a value that may be in mono or have more to copy than it shows."""

    name: str
    value: str
    is_mono: bool = False
    is_name_mono: bool = False
    full: str = ""


def stepper_facts(failure: Failure, steps: tuple[Step, ...], pill: str) -> tuple[StepFacts, ...]:
    """Every step with its outcome; a step before the failed one that never ran wasn't needed."""
    by_name = {step.name: step for step in steps}
    # Most requests need no token: then it is no step.
    wanted: list[FailureStep] = [
        name for name in STEP_ORDER if name != "auth" or name in by_name or failure.step == "auth"
    ]
    stopped = wanted.index(failure.step) if failure.step in wanted else -1
    facts: list[StepFacts] = []
    for place, name in enumerate(wanted):
        step = by_name.get(name)
        if place == stopped:
            facts.append(StepFacts(step_name(name), _short(failure, pill), "failed"))
        elif step is not None and step.ok:
            facts.append(StepFacts(step_name(name), _step_detail(step), "done"))
        elif place < stopped:
            facts.append(StepFacts(step_name(name), _tr("Not used"), "unused"))
        else:
            facts.append(StepFacts(step_name(name), _tr("Not reached"), "unreached"))
    return tuple(facts)


def certificate_facts(certificate: Certificate, code: FailureCode, now: float) -> list[Fact]:
    """What the certificate says."""
    facts: list[Fact] = []
    if certificate.names:
        facts.append(Fact(_tr("Valid for"), "\n".join(certificate.names), is_mono=True))
    if certificate.issuer:
        facts.append(Fact(_tr("Issued by"), certificate.issuer))
    if code == "tls_untrusted":
        facts.append(Fact(_tr("Trusted"), _tr("No, the chain does not end at a root you trust")))
    if certificate.not_before > now:
        facts.append(Fact(_tr("Valid from"), _day(certificate.not_before, now)))
    if certificate.not_after:
        name = _tr("Expired") if certificate.not_after < now else _tr("Expires")
        facts.append(Fact(name, _day(certificate.not_after, now)))
    if certificate.sha256:
        full = _fingerprint(certificate.sha256)
        facts.append(Fact(_tr("SHA-256"), f"{full[:11]} … {full[-8:]}", is_mono=True, full=full))
    return facts


def chain_facts(chain: Chain | None, now: float) -> list[Fact]:
    """The certificates after the server's own, as it sent them; or that they can't be told."""
    if chain is None:
        return []
    if chain.is_leaf_only:
        return [Fact(_tr("Chain"), _tr("Others that came with it can't be told"))]
    facts: list[Fact] = []
    for number, each in enumerate(chain.certificates[1:], 2):
        until = ""
        if each.not_after:
            words = _tr("expired {day}") if each.not_after < now else _tr("expires {day}")
            until = words.format(day=_day(each.not_after, now))
        value = "\n".join(part for part in (each.subject or _tr("no name"), until) if part)
        facts.append(Fact(_tr("Certificate {0}").format(number), value, full=_fingerprint(each.sha256)))
    return facts


def tried_facts(failure: Failure, steps: tuple[Step, ...]) -> list[Fact]:
    """Every address and step that was tried, with its time."""
    facts: list[Fact] = []
    for step in steps:
        facts += [
            Fact(
                attempt.address, f"{attempt.error or _tr('connected')} · {milliseconds(attempt.ms)}", is_name_mono=True
            )
            for attempt in step.attempts
        ]
        if not step.attempts:
            outcome = step.detail or (_tr("done") if step.ok else _tr("failed"))
            facts.append(Fact(step_name(step.name), f"{outcome} · {milliseconds(step.ms)}"))
    if not facts:
        for key in ("host", "port"):
            if failure.facts.get(key):
                facts.append(Fact(_tr(key.capitalize()), failure.facts[key], is_mono=True))
    return facts


def answer_text(answer: Answer) -> str:
    """The server's answer as text: status line, headers, and the body made readable."""
    lines = [_status_line(answer)]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if answer.body:
        lines += ["", _body_text(answer)]
    return "\n".join(lines)


def milliseconds(ms: float) -> str:
    """A step's time, with one digit where that says something."""
    return f"{ms:.1f} ms" if ms < 9.95 else f"{ms:,.0f} ms"


def _status_line(answer: Answer) -> str:
    """As it came, which also tells the version of HTTP."""
    line = answer.raw.partition(b"\r\n")[0].decode("latin-1")
    return line if line.startswith("HTTP/") else f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()


def _body_text(answer: Answer) -> str:
    body = answer.body
    if answer.packed_as:
        return _tr("{count} bytes, packed as {coding}").format(count=f"{len(body):,}", coding=answer.packed_as)
    if b"\0" in body[:_SNIFFED_BYTES]:
        return _tr("{count} bytes that are no text").format(count=f"{len(body):,}")
    text = _pretty(body[:MAX_BODY_BYTES]).decode("utf-8", "replace")
    if len(body) > MAX_BODY_BYTES:
        text += "\n" + _tr("… {rest} more bytes").format(rest=f"{len(body) - MAX_BODY_BYTES:,}")
    return text


def _pretty(body: bytes) -> bytes:
    """A body in lines. What is not what it seems to be, or was cut, is shown as it came."""
    start = body.lstrip()[:_SNIFFED_BYTES].lower()
    if start[:1] in (b"{", b"["):
        with contextlib.suppress(msgspec.DecodeError):
            return msgspec.json.format(body, indent=2)
    elif start.startswith((b"<!doctype html", b"<html")) and len(body) <= _MAX_SPACED_BYTES:
        return space_html(body)
    elif start.startswith(b"<") and len(body) <= _MAX_SPACED_BYTES:
        return space_xml(body) or body
    return body


def _step_detail(step: Step) -> str:
    if step.name == "resolve" and step.detail.startswith("not needed"):
        return _tr("Not needed")  # why stands in the row of the timeline
    return f"{step.detail} · {milliseconds(step.ms)}" if step.detail else milliseconds(step.ms)


def _short(failure: Failure, pill: str) -> str:
    short: dict[FailureCode, str] = {
        "tls_host_mismatch": _tr("Host name mismatch"),
        "tls_untrusted": _tr("Issuer not trusted"),
        "tls_expired": _tr("Certificate expired"),
        "tls_not_yet_valid": _tr("Not valid yet"),
        "tls_not_spoken": _tr("Not a TLS port"),
        "tls_refused": _tr("Refused by the server"),
    }
    return short.get(failure.code, pill)


def _day(seconds: int, now: float) -> str:
    date = QDateTime.fromSecsSinceEpoch(seconds, QTimeZone.utc()).date()
    text = QLocale(QLocale.Language.English).toString(date, "d MMMM yyyy")
    days = round((seconds - now) / 86400)
    if days == 0:
        return _tr("{date}, today").format(date=text)
    if days in (1, -1):
        return (_tr("{date}, in 1 day") if days > 0 else _tr("{date}, 1 day ago")).format(date=text)
    if days > 0:
        return _tr("{date}, in {days} days").format(date=text, days=f"{days:,}")
    return _tr("{date}, {days} days ago").format(date=text, days=f"{-days:,}")


def _fingerprint(sha256: str) -> str:
    digits = sha256.replace(":", "").upper()
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def _tr(text: str) -> str:
    return QCoreApplication.translate("FailureView", text)
