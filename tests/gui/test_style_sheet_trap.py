"""A trap of Qt: emptying the application's style sheet, and setting one again, can end the process later.

The first measure of a widget notes its rules in a cache, marks the widget and connects its end to the cache. An empty
style sheet deletes that cache, but takes the mark only from widgets that were shown. The next cache then takes the
mark for a connection, is not told when such a widget goes, and the next change of the style sheet polishes it. Hidden
rows of a form are such widgets. The program never empties its style sheet; tests take it back with `undress`.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication, QScrollBar, QStyle
from tests.helpers.styling import NOTHING, undress

from wireyard.gui.theme.look import Look

BAR_COUNT = 200
_PROGRAM = f"""
import sys
from PySide6.QtWidgets import QApplication, QScrollBar, QStyle

def measure():
    for bar in bars:
        bar.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, bar)

app = QApplication([])
app.setStyleSheet("QScrollBar {{ width: 9px }}")
bars = [QScrollBar() for _ in range({BAR_COUNT})]  # never shown
measure()
app.setStyleSheet(sys.argv[1])
app.setStyleSheet("QScrollBar {{ width: 10px }}")
measure()
bars.clear()
app.setStyleSheet("QScrollBar {{ width: 11px }}")
print("alive")
"""


@pytest.mark.parametrize(("between", "said"), [("", b""), (NOTHING, b"alive")])
def test_only_an_empty_style_sheet_is_deadly(between: str, said: bytes) -> None:
    command = [sys.executable, "-c", _PROGRAM, between]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    # If this fails because it lives, Qt has mended it: then the trap can go, with `undress`.
    assert ended.stdout.strip() == said
    assert (ended.returncode == 0) is bool(said)
    assert b"Error" not in ended.stderr


def _measure(bars: list[QScrollBar]) -> None:
    for bar in bars:
        bar.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, bar)


def test_undressing_leaves_nothing_behind_that_the_next_look_trips_over(qapp: QApplication) -> None:
    Look("light").dress(qapp)
    bars = [QScrollBar() for _ in range(BAR_COUNT)]
    _measure(bars)
    undress(qapp)
    look = Look("light")
    look.dress(qapp)
    _measure(bars)
    bars.clear()
    look.set_zoom(200)
    undress(qapp)
