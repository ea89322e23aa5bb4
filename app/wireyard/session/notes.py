"""The notes that a conversation puts between its connections."""

from __future__ import annotations

from wireyard.domain.clock import now
from wireyard.domain.event import Note, NoteTopic
from wireyard.session.reconnecting import Retry


def divider(address: str, retry: Retry | None) -> Note:
    """Here another connection of the same session begins; ``retry`` is None when a person began it."""
    text = f"Connecting again to {address}"
    return _note("divider", text if retry is None else f"{text}: {retry.count}", retry)


def waiting(retry: Retry) -> Note:
    """Another attempt will be made."""
    return _note("reconnect", f"Connecting again in {retry.delay_s:.1f} s: {retry.count}", retry)


def used_up(attempts: int) -> Note:
    """No attempt is left."""
    tried = "the attempt has" if attempts == 1 else f"{attempts} attempts have"
    return _note("reconnect", f"Not connecting again: {tried} failed.")


def stopped() -> Note:
    """A person does not want it any more."""
    return _note("reconnect", "Not connecting again: stopped.")


def repeat_ended(count: str) -> Note:
    """A message is repeated no more, since its connection is over."""
    return _note("", f"Repeating ended with the connection, after {count}. It does not go on with the next one.")


def repeat_waited(seconds: float, left_out: int) -> Note:
    """The socket took nothing for a while; what was due meanwhile was not sent."""
    what = "1 message" if left_out == 1 else f"{left_out:,} messages"
    return _note("", f"Repeating waited {seconds:.1f} s for room in the connection; {what} due meanwhile left out.")


def _note(topic: NoteTopic, text: str, retry: Retry | None = None) -> Note:
    moment = now()
    attempt, attempts = (retry.attempt, retry.of or 0) if retry is not None else (0, 0)
    return Note(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, text=text, topic=topic, attempt=attempt, attempts=attempts)
