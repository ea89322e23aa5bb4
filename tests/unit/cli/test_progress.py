"""The line on the terminal."""

from __future__ import annotations

from wireyard.cli.progress import progress_line, showing
from wireyard.domain.clock import Moment, now
from wireyard.domain.session import Totals
from wireyard.session import states


def ago(seconds: float) -> Moment:
    moment = now()
    return Moment(moment.ts_ns, moment.mono_ns - int(seconds * 1e9))


def test_connecting_tells_its_step() -> None:
    assert progress_line(states.Connecting(since=ago(12), step="tls"), Totals()) == "Connecting, setting up TLS · 12 s"


def test_the_traffic_stays_after_the_end() -> None:
    totals = Totals(sent_count=1, sent_bytes=2, received_count=1234, received_bytes=2048)
    assert progress_line(states.Idle(), totals) == "↑ 1 · 2 bytes  ↓ 1,234 · 2 KiB"


async def test_nothing_is_shown_where_no_terminal_is() -> None:
    asked: list[str] = []

    def line() -> str:
        asked.append("")
        return ""

    async with showing(line):
        pass
    assert asked == []
