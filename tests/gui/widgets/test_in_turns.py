"""Work in turns: little at a time, in order, and nothing after the end."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from wireyard.gui.widgets.in_turns import InTurns


def test_slow_steps_get_a_turn_each_and_quick_ones_share_one(qapp: QObject, qtbot: QtBot) -> None:
    done: list[int] = []
    seen: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(13):
            if number < 3:
                time.sleep(0.003)  # longer than a turn
            done.append(number)
            yield

    work = InTurns(steps(), 2, lambda: seen.append(len(done)), qapp)
    assert done == []
    qtbot.waitUntil(lambda: work.is_done)
    assert done == list(range(13))
    assert seen[:3] == [1, 2, 3]
    assert seen[-1] == 13
    work.deleteLater()


def test_a_step_can_be_taken_at_once(qapp: QObject, qtbot: QtBot) -> None:
    work = InTurns(iter([1, 2]), 2, lambda: None, qapp)
    assert work.step()
    assert work.step()
    assert not work.step()
    assert work.is_done
    work.deleteLater()


def test_it_ends_with_its_owner(qapp: QObject, qtbot: QtBot) -> None:
    owner = QObject()
    work = InTurns(iter(lambda: 1, 2), 1, lambda: None, owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    assert not work.is_done
