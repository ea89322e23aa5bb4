"""The collector works on the GUI thread while the window lives, and is Python's own again afterwards."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.helpers.window import Desk, windowed

from wireyard.gui import workbench
from wireyard.gui.garbage import Garbage


class Ring:
    """A cycle that only the collector can free, and that notes on which thread it went."""

    def __init__(self, freed_on: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_on.append(threading.get_ident()))


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    garbage = Garbage()
    yield garbage
    garbage.stop()
    gc.unfreeze()


def test_no_other_thread_collects(garbage: Garbage, qtbot: QtBot) -> None:
    freed_on: list[int] = []

    def litter() -> None:
        for _ in range(20_000):
            Ring(freed_on)

    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert freed_on == []
    qtbot.waitUntil(lambda: len(freed_on) == 20_000, timeout=10_000)
    assert set(freed_on) == {threading.get_ident()}


@pytest.mark.parametrize("is_automatic", [True, False])
def test_afterwards_collection_is_as_it_was(qtbot: QtBot, is_automatic: bool) -> None:
    (gc.enable if is_automatic else gc.disable)()
    garbage = Garbage()
    assert not gc.isenabled()
    garbage.stop()
    gc.unfreeze()
    assert gc.isenabled() is is_automatic


@windowed
async def test_a_window_that_is_gone_leaves_its_garbage_to_this_thread(desk: Desk) -> None:
    await desk.until(lambda: gc.get_freeze_count() > 0, "the window's collector")
    await desk.leave()
    assert not gc.isenabled()


@pytest.mark.expects_log("a task of the window failed")
@windowed
async def test_it_collects_also_when_the_start_goes_wrong(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.leave()
    gc.unfreeze()

    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workbench, "preload", broken)
    desk.start()
    await desk.until(lambda: gc.get_freeze_count() > 0, "the window's collector")
