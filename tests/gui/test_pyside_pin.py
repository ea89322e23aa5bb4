"""Guards the pin of PySide6 in pyproject.toml.

6.12.0 gives back one reference too few to ``None`` for each overridden event handler it calls, and to ``True`` for
each emit. Before Python 3.12 the singletons are counted, so the count runs down to zero and the interpreter aborts
("deallocating None") after some seconds of use.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, QObject, Signal, qVersion
from pytestqt.qtbot import QtBot

EVENT_COUNT = 10_000
# Other code takes and gives back references meanwhile; a release with the fault loses one for every event.
TOLERANCE = 200


class _Ticker(QObject):
    """Counts timer events, and emits once for each."""

    ticked = Signal(bool)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._timer_id = self.startTimer(0)

    def timerEvent(self, event: QEvent) -> None:
        self.count += 1
        self.ticked.emit(True)
        if self.count == EVENT_COUNT:
            self.killTimer(self._timer_id)
            self.finished.emit()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from Python 3.12 on (PEP 683)")
def test_timer_events_and_emits_lose_no_reference(qtbot: QtBot) -> None:
    before = sys.getrefcount(None), sys.getrefcount(True)
    ticker = _Ticker()
    with qtbot.waitSignal(ticker.finished, timeout=30_000):
        pass
    lost_none = before[0] - sys.getrefcount(None)
    lost_true = before[1] - sys.getrefcount(True)
    assert lost_none < TOLERANCE
    assert lost_true < TOLERANCE


def test_the_release_that_crashes_on_data_changed_is_not_installed(qtbot: QtBot) -> None:
    assert qVersion() != "6.10.1"
