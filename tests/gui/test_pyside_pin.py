"""Guards the pin of PySide6 in pyproject.toml.

6.12.0 gives back one reference too many to ``None`` for each overridden event handler it calls, and to ``True`` for
each emit. Before Python 3.12 the singletons are counted, so the count runs down to zero and the interpreter aborts
("deallocating None") within seconds. The counting is done in a process of its own, which this file also is.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, qVersion

EVENT_COUNT = 10_000
# Other code takes and gives back references meanwhile; a release with the fault loses one for every event.
TOLERANCE = 200


class _Ticker(QObject):
    """Counts timer events, and emits once for each."""

    ticked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._timer_id = self.startTimer(0)

    def timerEvent(self, event: QEvent) -> None:
        self.count += 1
        self.ticked.emit(True)
        if self.count == EVENT_COUNT:
            self.killTimer(self._timer_id)
            QCoreApplication.quit()


def _print_lost_references() -> None:
    """Print how many references to None and True are lost while the timer fires `EVENT_COUNT` times, and exit."""
    # Enough to lose: with the fault, the process has to live until they have been counted.
    spare = [None, True] * (10 * EVENT_COUNT)
    app = QCoreApplication([])
    ticker = _Ticker()
    before = sys.getrefcount(None), sys.getrefcount(True)
    app.exec()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert ticker.count == EVENT_COUNT
    assert len(spare) == 20 * EVENT_COUNT
    print(before[0] - after[0], before[1] - after[1], flush=True)
    # An orderly end would give back the spare references, and abort.
    os._exit(0)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from Python 3.12 on (PEP 683)")
def test_timer_events_and_emits_lose_no_reference() -> None:
    counted = subprocess.run([sys.executable, __file__], capture_output=True, text=True, timeout=60, check=False)
    lost_none, lost_true = map(int, counted.stdout.split())
    assert lost_none < TOLERANCE
    assert lost_true < TOLERANCE


def test_the_release_that_crashes_on_data_changed_is_not_installed() -> None:
    assert qVersion() != "6.10.1"


if __name__ == "__main__":
    _print_lost_references()
