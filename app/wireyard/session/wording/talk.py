"""Words for what ends an open connection, or never was the network's fault (rows 15–18, storage, our own failures)."""

from __future__ import annotations

from wireyard.domain.failure import Failure
from wireyard.session.wording import phrases, remedies
from wireyard.session.wording.model import FailureWords, Remedy

MAX_OFFERED_LIMIT_BYTES = 1 << 31
# Who says nothing for as long may be taken for idle.
_IDLE_S = 1.0


def too_big(failure: Failure) -> FailureWords:
    """A message passed the limit."""
    facts = failure.facts
    limit, size_bytes = _number(facts.get("limit")), _number(facts.get("size"))
    by_us = facts.get("refused_by", "us") == "us"
    size = f", size {phrases.size(size_bytes)}" if size_bytes else ""
    offered = _next_limit(max(limit * 2, size_bytes))
    raising = (remedies.raise_limit(offered),) if by_us and offered <= MAX_OFFERED_LIMIT_BYTES else ()
    return FailureWords(
        pill="Message too big",
        title=f"A message passed the limit of {phrases.size(limit)}" if limit else "A message passed the limit",
        explanation=f"Refused by {'you' if by_us else 'the server'}{size}.",
        remedies=(remedies.RECONNECT, *raising),
    )


def invalid_text(failure: Failure) -> FailureWords:
    """A text message, or a close reason, was not UTF-8."""
    facts = failure.facts
    offset, found = facts.get("offset", ""), facts.get("hex", "")
    what = "A close reason" if facts.get("where") == "close reason" else "A text message"
    place = f"Byte {int(offset):,}: {found}." if offset.isdigit() and found else ""
    side = "the server" if facts.get("side", "server") == "server" else "you"
    return FailureWords(
        pill="Invalid text",
        title=f"{what} was not valid UTF-8",
        explanation=phrases.together(place, f"Sent by {side}; such bytes belong in a binary message."),
        remedies=(remedies.RECONNECT,),
    )


def protocol_error(failure: Failure) -> FailureWords:
    """A frame broke RFC 6455."""
    rule = failure.facts.get("rule", "")
    return FailureWords(
        pill="Protocol error",
        title="The other side broke the WebSocket rules",
        explanation=phrases.sentence(rule) or "The technical detail names the rule.",
        remedies=(remedies.RECONNECT, remedies.COMPRESSION_OFF, remedies.COPY_TECHNICAL),
    )


def lost(failure: Failure) -> FailureWords:
    """The connection went away without a close frame, or no pong came and it was given up."""
    facts = failure.facts
    quiet = [
        f"{what} {phrases.duration(seconds)} ago"
        for what, seconds in (
            ("last message", _seconds(facts.get("last_message"))),
            ("last pong", _seconds(facts.get("last_pong"))),
        )
        if seconds is not None
    ]
    waited = _seconds(facts.get("pong_timeout"))
    if waited is not None:
        title, first = f"No pong came within {phrases.duration(waited)}", "The connection was given up"
    else:
        title, first = "The connection dropped without a goodbye", "No close frame"
    return FailureWords(
        pill="Lost",
        title=title,
        explanation=f"{first}; {', '.join(quiet) if quiet else 'no message had come'}.",
        remedies=(remedies.RECONNECT, *_keepalive(facts), remedies.AUTO_RECONNECT),
    )


def _keepalive(facts: dict[str, str]) -> tuple[Remedy, ...]:
    """Pongs, where they are off; pings, where nothing crossed for a while before the cut, and no ping was answered."""
    if facts.get("auto_pong") == "off":
        return (remedies.ANSWER_PINGS,)
    idle_s = _seconds(facts.get("last_message")) or _seconds(facts.get("open")) or 0.0
    if idle_s < _IDLE_S or "last_pong" in facts or "pong_timeout" in facts:
        return ()
    return (remedies.keepalive(round(idle_s / 2, 1) if idle_s < 10 else idle_s // 2, idle_s),)


def cancelled(failure: Failure) -> FailureWords:
    """Somebody pressed Cancel."""
    return FailureWords(
        pill="Cancelled",
        title="Connecting was cancelled",
        explanation="No connection was opened.",
        remedies=(remedies.RETRY,),
    )


def storage(failure: Failure) -> FailureWords:
    """The recording can't be written or read."""
    facts = failure.facts
    path = facts.get("path", "")
    return FailureWords(
        pill="Not recorded",
        title="The session can't be recorded" if path else "The recording failed",
        explanation=phrases.together(
            phrases.sentence(facts.get("what", "")),
            f"At {path}." if path else "",
            phrases.sentence(facts.get("advice", "")),
        )
        or "The technical detail tells why.",
        remedies=(remedies.RETRY,),
    )


def internal(failure: Failure) -> FailureWords:
    """We failed, and say so."""
    return FailureWords(
        pill="Our failure",
        title="Wireyard failed here, not the server",
        explanation="What was recorded is safe. A report with the technical detail helps to mend it.",
        remedies=(remedies.COPY_TECHNICAL, remedies.RETRY),
    )


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0


def _seconds(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _next_limit(wanted: int) -> int:
    limit = 1 << 20
    while limit < wanted:
        limit *= 2
    return limit
