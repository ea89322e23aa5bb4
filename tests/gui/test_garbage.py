"""The collector works on the GUI thread while the window lives, and is Python's own again afterwards."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

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


def test_afterwards_python_collects_by_itself(garbage: Garbage) -> None:
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()
