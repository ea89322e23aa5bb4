"""Past sessions as rows: under a caption for each day, newest first, in words. All of it is made on a worker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from wireyard.formats import sizes

if TYPE_CHECKING:
    from wireyard.recording.catalogue import SessionSummary

translate = QCoreApplication.translate
_NS = 1_000_000_000
_BREATHE_EVERY = 200


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A day's caption (without a session), or a session: what it is called, when, and how it went.

    What only the rows on screen need is made when it is asked for.
    """

    title: str
    session: SessionSummary | None = None
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def clock(self) -> str:
        """When it began."""
        return sizes.clock(self.session.started_ts_ns)[:5] if self.session is not None else ""

    @property
    def facts(self) -> str:
        """How it went."""
        return facts_of(self.session) if self.session is not None else ""

    @property
    def is_bad(self) -> bool:
        """Whether the session failed, or ended without a goodbye."""
        session = self.session
        return session is not None and bool(session.failure or session.problem or session.close_code == 1006)


class Names:
    """What sessions are called: by their request and their tab, else by their address without secrets."""

    def __init__(self) -> None:
        self._by_address: dict[str, str] = {}

    def of(self, session: SessionSummary) -> str:
        """One session's name."""
        if session.problem:
            return session.path.stem
        name = session.name or self._short(session.url.partition("?")[0])
        return f"{name} · {session.label}" if session.label else name

    def _short(self, address: str) -> str:
        from wireyard.gui.addresses import short_name, without_secrets

        name = self._by_address.get(address)
        if name is None:
            name = self._by_address[address] = short_name(without_secrets(address) or address)
        return name


def rows_for(
    sessions: Sequence[SessionSummary],
    text: str,
    today: date,
    name_of: Callable[[SessionSummary], str],
    breathe: Callable[[], None],
) -> list[HistoryRow]:
    """The rows of the sessions that have all words of a text in their name, label or address."""
    words = text.casefold().split()
    rows: list[HistoryRow] = []
    day: tuple[int, ...] = ()
    for number, session in enumerate(sessions):
        if number % _BREATHE_EVERY == 0:
            breathe()
        title = name_of(session)
        if words and not _has_all(words, title, session):
            continue
        at = time.localtime(session.started_ts_ns // _NS)[:3]
        if at != day:
            day = at
            rows.append(HistoryRow(_caption(date(*at), today)))
        rows.append(HistoryRow(title, session, _spans(words, title)))
    return rows


def facts_of(session: SessionSummary, *, is_live: bool = False) -> str:
    """For example “8 min 3 s · 1001 · ↑ 3 ↓ 128”; of a live one only that it is open, for the rest is in its tab."""
    if session.problem:
        return session.problem
    if is_live:
        return translate("Sidebar", "open now")
    totals = session.totals
    counts = f"↑ {sizes.count(totals.sent_count)} ↓ {sizes.count(totals.received_count)}"
    return " · ".join((sizes.duration(session.duration_s), end_of(session), counts))


def end_of(session: SessionSummary) -> str:
    """How a session ended, in a word or by its close code."""
    if session.failure:
        return translate("Sidebar", "failed")
    if session.close_code is not None:
        return str(session.close_code)
    return translate("Sidebar", "no close") if session.has_ended else translate("Sidebar", "not ended")


def sentence(row: HistoryRow, *, is_live: bool) -> str:
    """A row for people who hear it."""
    session = row.session
    if session is None:
        return row.title
    if session.problem:
        return f"{row.title}, {session.problem}"
    parts = [row.title, row.clock, sizes.duration(session.duration_s)]
    if is_live:
        parts.append(translate("Sidebar", "connected"))
    elif session.failure:
        parts.append(translate("Sidebar", "failed"))
    elif session.close_code is not None:
        parts.append(translate("Sidebar", "closed {0}").format(session.close_code))
    parts.append(translate("Sidebar", "{0} sent").format(session.totals.sent_count))
    parts.append(translate("Sidebar", "{0} received").format(session.totals.received_count))
    if session.kept:
        parts.append(translate("Sidebar", "kept"))
    return ", ".join(parts)


def captions(rows: Iterable[HistoryRow]) -> list[int]:
    """The places of the days' captions."""
    return [number for number, row in enumerate(rows) if row.session is None]


def _caption(day: date, today: date) -> str:
    if day == today:
        return translate("Sidebar", "Today")
    if day == today - timedelta(days=1):
        return translate("Sidebar", "Yesterday")
    return day.isoformat()


def _has_all(words: Sequence[str], title: str, session: SessionSummary) -> bool:
    there = f"{title} {session.label} {session.request} {session.url}".casefold()
    return all(word in there for word in words)


def _spans(words: Sequence[str], title: str) -> tuple[tuple[int, int], ...]:
    low = title.casefold()
    if len(low) != len(title):
        return ()
    found = ((low.find(word), len(word)) for word in words)
    return tuple((at, at + length) for at, length in found if at >= 0)
