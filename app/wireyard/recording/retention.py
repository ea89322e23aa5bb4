"""Keeps a folder of sessions within limits of age and size: what is oldest goes first.

Never one that is kept, recorded or shown anywhere, nor a file that can't be read, of which nobody knows what it is.
What goes is moved into the trash as one file in one step, so that a program killed in the middle leaves every session
whole, in one place or the other, and `bring_back` undoes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from wireyard.recording.catalogue import Catalogue, SessionSummary
from wireyard.recording.history import Deletion, fold_log, is_kept, move_aged, restore, set_kept
from wireyard.recording.in_use import alone

_NS = 1_000_000_000


class RetentionLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How old a session may be, counted from its last event, and how much all together may take; None for no limit."""

    max_age_s: float | None = None
    max_bytes: int | None = None


class Pruned(msgspec.Struct, frozen=True, kw_only=True):
    """Which sessions went, oldest first, and what brings them back: nothing where they were only looked for."""

    sessions: tuple[SessionSummary, ...] = ()
    deletion: Deletion = Deletion()

    @property
    def size_bytes(self) -> int:
        """What they take on disk."""
        return sum(each.size_bytes for each in self.sessions)


def prune(
    folder: Path,
    limits: RetentionLimits,
    *,
    is_trial: bool = False,
    now_ns: int | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    breathe: Callable[[], None] = lambda: None,
) -> Pruned:
    """Remove what is beyond the limits, or, as a trial, only tell what would be. Blocks; from any thread.

    Before each session ``breathe`` is called, and ``should_stop`` asked. What the disk refuses stays where it is.
    """
    catalogue = Catalogue(folder)
    loose = _oldest_first(catalogue.sessions())
    left_bytes = sum(each.size_bytes for each in loose)
    now_ns = time.time_ns() if now_ns is None else now_ns
    gone: list[SessionSummary] = []
    moved: list[tuple[Path, Path]] = []
    try:
        for each in loose:
            breathe()
            if should_stop():
                break
            is_over = limits.max_bytes is not None and left_bytes > limits.max_bytes and each is not loose[-1]
            if not is_over and not _is_old(each, limits, now_ns):
                break  # all that follow are newer
            target = _leave_out(each.path) if is_trial else _remove(each.path)
            if target is not None:
                left_bytes -= each.size_bytes
                gone.append(each)
                moved += [] if is_trial else [(each.path, target)]
    finally:
        if moved:
            catalogue.forget(path for path, _ in moved)
    return Pruned(sessions=tuple(gone), deletion=Deletion(moved=tuple(moved)))


def bring_back(deletion: Deletion) -> list[Path]:
    """Undo a removal: the sessions are back, and kept from now on. Raises RecordingError."""
    paths = restore(deletion)
    for path in paths:
        set_kept(path, True)
    return paths


def _oldest_first(sessions: Sequence[SessionSummary]) -> list[SessionSummary]:
    loose = [each for each in sessions if not each.kept and not each.problem]
    return sorted(loose, key=lambda each: (_last_ts_ns(each), each.path.name))


def _last_ts_ns(session: SessionSummary) -> int:
    return session.started_ts_ns + int(session.duration_s * _NS)


def _is_old(session: SessionSummary, limits: RetentionLimits, now_ns: int) -> bool:
    return limits.max_age_s is not None and now_ns - _last_ts_ns(session) > limits.max_age_s * _NS


def _leave_out(path: Path) -> Path | None:
    """Where a session is, if it could be removed."""
    if not fold_log(path):
        return None
    with alone(path) as is_alone:
        return path if is_alone else None


def _remove(path: Path) -> Path | None:
    """Move a session into the trash; None where it is in use, kept since it was listed, or can't be moved."""
    if not fold_log(path) or is_kept(path):
        return None
    with alone(path) as is_alone:
        if not is_alone:
            return None
        try:
            return move_aged(path)
        except OSError:
            return None
