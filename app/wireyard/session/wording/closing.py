"""Words for the end of a connection that was open: the close row, the pill and, where it was no goodbye, the reason
(rows 18–20 and the other close codes)."""

from __future__ import annotations

from wireyard.domain.event import Closed
from wireyard.domain.frame import close_code_name
from wireyard.session import states
from wireyard.session.wording import phrases, remedies
from wireyard.session.wording.model import CloseWords, FailureWords, Remedy

_BY = {"us": "Closed by you", "server": "Closed by server", "nobody": "Connection lost"}
_SERVER_SAYS: dict[int, tuple[str, str]] = {
    1001: ("The server is shutting down or restarting", "It says goodbye to all its connections."),
    1002: ("The server found a broken rule", "It says this side broke the WebSocket rules."),
    1003: (
        "The server does not take this kind of data",
        "Text was sent where it wants binary, or the other way round.",
    ),
    1007: ("The server could not read a message", "It says a text was not valid, or not of the form it expects."),
    1008: ("The server closed it: rule broken", "Often an expired token or a rate limit."),
    1009: ("The server found a message too big", "Send it in parts, or ask for a higher limit there."),
    1010: ("The server misses an extension", "It did not get an extension that it needs."),
    1011: ("The server met an error", "Something failed there; its log tells more."),
    1012: ("The server is restarting", "It should be back soon."),
    1013: ("The server is overloaded", "It asks to try again later."),
    1014: ("A gateway got no good answer", "The server behind it failed."),
    3000: ("The server wants you to sign in", "Its credentials check failed after the connection was open."),
    3003: ("The server does not allow this", "The account is known and may not do this."),
    3008: ("The server waited too long", "It gave up waiting for this side."),
}

_ALSO: dict[int, tuple[Remedy, ...]] = {
    **dict.fromkeys((1001, 1012, 1013, 1014), (remedies.AUTO_RECONNECT,)),
    **dict.fromkeys((1008, 3000, 3003), (remedies.OPEN_AUTH,)),
}


def close_row(closed: Closed) -> str:
    """The line in the timeline: ``Closed by server: 1001 Going away``."""
    if closed.by == "nobody" or closed.code == 1006:
        who = "Dropped by you" if closed.by == "us" else "Connection lost"
        return f"{who}: no close frame (1006)"
    return f"{_BY[closed.by]}: {closed.code} {close_code_name(closed.code)}"


def close_detail(closed: Closed) -> str:
    """What the row says besides: the reason, the cause where it is known, and how long it was open."""
    parts = (
        phrases.quoted(closed.reason) if closed.reason else "",
        closed.cause.strip().removesuffix("."),
        f"open for {phrases.duration(closed.open_s)}",
    )
    return " · ".join(part for part in parts if part)


def close_words(closed: Closed) -> CloseWords:
    """All words for one close event."""
    row = close_row(closed)
    if closed.code == 1006 or closed.by == "nobody":
        return _lost(closed, row)
    name = close_code_name(closed.code)
    pill = f"Closed {closed.code} · {name}"
    reason = f"{phrases.quoted(closed.reason)}." if closed.reason else ""
    cause = phrases.sentence(closed.cause)
    if closed.by == "us" or closed.code in (1000, 1005) or closed.code not in _SERVER_SAYS:
        return CloseWords(
            pill=pill,
            row=row,
            title=row,
            explanation=phrases.together(reason, cause, f"It was open for {phrases.duration(closed.open_s)}."),
            is_calm=closed.code in (1000, 1005) or (closed.by == "us" and closed.code not in (1002, 1007, 1009)),
        )
    title, meaning = _SERVER_SAYS[closed.code]
    return CloseWords(
        pill=pill,
        row=row,
        title=title,
        explanation=phrases.together(reason, meaning, cause),
        is_calm=False,
        remedies=(remedies.RECONNECT, *_ALSO.get(closed.code, ())),
    )


def end_words(state: states.Closed, failure_words: FailureWords | None) -> CloseWords:
    """The words for a closed conversation: those of what ended it, if something did, else those of the close."""
    words = close_words(state.event)
    if failure_words is None:
        return words
    return CloseWords(
        pill=failure_words.pill,
        row=words.row,
        title=failure_words.title,
        explanation=failure_words.explanation,
        is_error=True,
        remedies=failure_words.remedies,
    )


def _lost(closed: Closed, row: str) -> CloseWords:
    open_for = f"It was open for {phrases.duration(closed.open_s)}."
    if closed.by == "us":
        return CloseWords(
            pill="Dropped",
            row=row,
            title="You dropped the connection",
            explanation=phrases.together("No close frame was sent.", open_for),
            remedies=(remedies.RECONNECT,),
        )
    return CloseWords(
        pill="Lost",
        row=row,
        title="The connection dropped without a goodbye",
        explanation=phrases.together("No close frame.", phrases.sentence(closed.cause), open_for),
        is_error=True,
        remedies=(remedies.RECONNECT,),
    )
