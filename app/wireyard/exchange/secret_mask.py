"""Secret values masked where a session is looked at: dots in words, as many stars as there were bytes in payloads.

What leaves the program has ``(hidden)`` in their place (`redact`). On the screen every offset of a payload stays what
it is, and a person can have the values shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from wireyard.domain.event import Event, Failed, Headers, Opened, Step
from wireyard.domain.failure import Failure
from wireyard.exchange.redact import SECRET_HEADERS, redact_text
from wireyard.exchange.redact_values import hide_in_event
from wireyard.exchange.secret_values import HIDDEN, NO_SECRETS, SecretValues

DOTS = "•" * 8
_DOT = "•"
_STAR = b"*"
_SECRET_HEADERS = frozenset(name.lower() for name in SECRET_HEADERS)


class SecretMask(SecretValues):
    """The same values, masked. It is falsy where there are none; `in_event` hides some headers even then."""

    def in_bytes(self, data: bytes) -> bytes:
        """As many bytes, with stars for the values; the very same object where there are none."""
        return starred(data, self.places(data))

    def in_text(self, text: str) -> str:
        """The same words, with dots for the values."""
        return self._dotted(text, DOTS)

    def in_address(self, text: str) -> str:
        if self.values and self._short_parameter is not None:
            text = self._short_parameter.sub(DOTS, text)
        return self.in_text(text)

    def in_place(self, text: str) -> str:
        """As many characters, with a dot for each that belongs to a value."""
        return self._dotted(text, "")

    def in_event(self, event: Event) -> Event:
        """The event with values and credentials masked; the very same object where there are none."""
        shown = event
        if isinstance(event, Opened):
            headers = _in_headers(event.request_headers), _in_headers(event.headers)
            if headers != (event.request_headers, event.headers):
                shown = replace(event, request_headers=headers[0], headers=headers[1])
        elif isinstance(event, Failed):
            failure = self.in_failure(event.failure)
            return event if failure == event.failure else replace(event, failure=failure)
        return hide_in_event(shown, self) if self.values else shown

    def in_failure(self, failure: Failure) -> Failure:
        """The failure with values and credentials masked."""
        answer = failure.answer
        shown = replace(
            failure,
            technical=_in_lines(failure.technical),
            answer=None if answer is None else replace(answer, headers=_in_headers(answer.headers)),
        )
        if not self.values:
            return shown
        event = hide_in_event(Failed(ts_ns=0, mono_ns=0, failure=shown), self)
        assert isinstance(event, Failed)
        return event.failure

    def in_evidence(self, text: str) -> str:
        """Words of the other side or of an exception, with header lines in them, with values and credentials masked."""
        return self.in_text(_in_lines(text))

    def in_step(self, step: Step) -> Step:
        """The step with the values masked."""
        shown = self.in_event(step)
        assert isinstance(shown, Step)
        return shown

    def _dotted(self, text: str, dots: str) -> str:
        if not self.values or not text:
            return text
        data = text.encode("utf-8", "surrogatepass")
        parts: list[str] = []
        done = 0
        for start, end in self.places(data):
            kept = data[done:start].decode("utf-8", "surrogatepass")
            parts += (kept, dots or _DOT * len(data[start:end].decode("utf-8", "surrogatepass")))
            done = end
        return "".join((*parts, data[done:].decode("utf-8", "surrogatepass"))) if parts else text


NO_MASK = SecretMask(NO_SECRETS.values)


def starred(data: bytes, places: Sequence[tuple[int, int]]) -> bytes:
    """As many bytes, with stars in these places."""
    if not places:
        return data
    shown = bytearray(data)
    for start, end in places:
        shown[start:end] = _STAR * (end - start)
    return bytes(shown)


def _in_lines(text: str) -> str:
    """Mask header lines, and what is secret in addresses; what was hidden for good in a log stays as it is."""
    return text if HIDDEN in text else redact_text(text).replace(HIDDEN, DOTS)


def _in_headers(headers: Headers) -> Headers:
    return tuple(
        (name, DOTS) if name.strip().lower() in _SECRET_HEADERS and value not in ("", HIDDEN) else (name, value)
        for name, value in headers
    )
