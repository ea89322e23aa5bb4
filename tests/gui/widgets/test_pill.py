"""Pills grow with their words and are named by them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.pill import Pill, PillButton


def test_a_pill_grows_with_its_words(look: Look, qtbot: QtBot) -> None:
    pill = Pill(look, "Open", "ok")
    qtbot.addWidget(pill)
    narrow = pill.sizeHint().width()
    pill.show_as("Closed 1001 · Going away", "neutral", "ring")
    assert pill.sizeHint().width() > narrow


def test_a_pill_button_is_named_by_its_words(look: Look, qtbot: QtBot) -> None:
    pill = PillButton(look)
    qtbot.addWidget(pill)
    pill.show_as("TLS failed", "err", "triangle")
    assert pill.accessibleName() == "TLS failed"


class Behind(QWidget):
    """Counts how often it is painted and laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() in (QEvent.Type.Paint, QEvent.Type.LayoutRequest)
        return False


def test_a_clock_that_ticks_in_it_repaints_nothing_behind_it(look: Look, qtbot: QtBot) -> None:
    behind = Behind()
    qtbot.addWidget(behind)
    pill = PillButton(look, ground="bg.field")
    QHBoxLayout(behind).addWidget(pill)
    behind.show()
    pill.show_as("Open · 0:10", "ok", "disc")
    qtbot.waitUntil(lambda: behind.count > 0)
    behind.grab()
    pill.grab()
    seen = behind.count
    painted = PaintCount(pill)
    for second in range(11, 20):
        pill.show_as(f"Open · 0:{second}", "ok", "disc")
        painted.wait_for_one_more(qtbot)
    assert behind.count == seen


class PaintCount(QObject):
    """Counts the paintings of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._count += event.type() == QEvent.Type.Paint
        return False

    def wait_for_one_more(self, qtbot: QtBot) -> None:
        before = self._count
        qtbot.waitUntil(lambda: self._count > before)
