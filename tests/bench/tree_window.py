"""The sidebar of the real window on a large workspace: until it shows rows, until it is complete, until a find."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from tree_cases import COLLECTIONS, make_workspace

if TYPE_CHECKING:
    from wireyard.workspace.tree import Tree

TYPED = "order price"
SETTLED_S = 1.0
SMALL = 100


class _Painted(QObject):
    """Notes when the tree was painted first with rows in it."""

    def __init__(self, collections: Any, rows: int) -> None:
        super().__init__()
        self.at_s = 0.0
        self._model = collections.model
        self._rows = rows
        self._viewport = collections.tree.viewport()
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._model.rowCount() >= self._rows and not self.at_s:
            self.at_s = time.perf_counter()
            self._viewport.removeEventFilter(self)
        return False


class TreeCase:
    """Opens workspaces in the window. ``gaps`` makes a watch over the GUI thread, ``until`` waits for a condition."""

    def __init__(
        self, window: Any, library: Any, gaps: Callable[[], Any], until: Callable[..., Awaitable[None]]
    ) -> None:
        self._collections = window.sidebar.collections
        self._window = window
        self._library = library
        self._gaps = gaps
        self._until = until

    async def run(self, count: int) -> dict[str, Any]:
        """Open one without an index and with it, and search it as it is typed."""
        with tempfile.TemporaryDirectory() as folder:
            large, small = Path(folder, "large"), Path(folder, "small")
            for root, size in ((large, count), (small, SMALL)):
                root.mkdir()
                make_workspace(root, size)
            await self._until(lambda: self._collections.model.rowCount() > 0)
            await asyncio.sleep(SETTLED_S)
            cold = await self._opened(large, count)
            await self._opened(small, SMALL)
            warm = await self._opened(large, count)
            return {"cold": cold, "warm": warm, "search_ms": await self._search()}

    async def _opened(self, root: Path, count: int) -> dict[str, float]:
        self._collections.model.show(())  # what was painted of the one before does not count
        painted = _Painted(self._collections, COLLECTIONS)
        complete: list[float] = []

        def note(tree: Tree) -> None:
            known = sum(1 for item in tree.walk() if item.kind == "request" and item.url)
            if known == count and not complete:
                complete.append(time.perf_counter())

        self._library.tree_changed.connect(note)
        gaps = self._gaps()
        gaps.start()
        began = time.perf_counter()
        self._window.open_workspace(root)
        await self._until(lambda: bool(painted.at_s and complete))
        await asyncio.sleep(SETTLED_S)
        gaps.stop()
        self._library.tree_changed.disconnect(note)
        return {
            "rows_ms": (painted.at_s - began) * 1000,
            "all_ms": (complete[0] - began) * 1000,
            "gap_max_ms": gaps.max_ms(),
        }

    async def _search(self) -> list[float]:
        """The times of the search itself, letter by letter."""
        workspace, shown = self._library.workspace, self._library.tree
        times: list[float] = []
        for length in range(1, len(TYPED) + 1):
            began = time.perf_counter()
            await asyncio.to_thread(workspace.search, shown, TYPED[:length])
            times.append((time.perf_counter() - began) * 1000)
        return times
