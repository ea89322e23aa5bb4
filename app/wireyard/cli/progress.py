"""A line on the terminal that tells how a recording goes. Nowhere else: scripts read stderr for failures only."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from wireyard.domain.clock import now
from wireyard.domain.session import Totals
from wireyard.session import states
from wireyard.session.states import State
from wireyard.session.wording import doing, phrases

_EVERY_S = 0.25


def progress_line(state: State, totals: Totals) -> str:
    """The state, for how long, and what went each way."""
    traffic = (
        f"↑ {totals.sent_count:,} · {phrases.size(totals.sent_bytes)}"
        f"  ↓ {totals.received_count:,} · {phrases.size(totals.received_bytes)}"
    )
    match state:
        case states.Connecting():
            step = f", {doing(state.step)}" if state.step else ""
            return f"Connecting{step} · {_since(state.since.mono_ns)}"
        case states.Open():
            return f"Open · {_since(state.since.mono_ns)}  {traffic}"
        case states.Closing():
            return f"Closing · {_since(state.since.mono_ns)}  {traffic}"
        case _:
            return traffic


@asynccontextmanager
async def showing(line: Callable[[], str]) -> AsyncGenerator[None]:
    """Keep the line up to date on stderr while the body runs, where stderr is a terminal and stdout is not.

    With both on one terminal the records themselves are the progress, and a line between them would only tear them.
    """
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield
        return
    from rich.console import Console  # 60 ms that a script need not wait for
    from rich.text import Text

    console = Console(stderr=True, highlight=False)
    with console.status(Text(line()), spinner="dots") as status:

        async def refresh() -> None:
            while True:
                status.update(Text(line()))
                await asyncio.sleep(_EVERY_S)

        task = asyncio.create_task(refresh())
        try:
            yield
        finally:
            task.cancel()


def _since(mono_ns: int) -> str:
    return phrases.duration((now().mono_ns - mono_ns) / 1e9)
