"""The mouse of the painted text view: drag by characters, words (double click) or lines (triple click)."""

from __future__ import annotations

import time
from typing import Literal, Protocol

from PySide6.QtCore import QObject, QPointF, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent

from wireyard.gui.inspector import navigation
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.text_rows import TextRows

_AUTOSCROLL_MS = 40
_CLICK_SLOP_PX = 6


class MouseOwner(Protocol):
    """What the mouse needs of a view."""

    @property
    def rows(self) -> TextRows | None: ...

    @property
    def selection(self) -> Selection: ...

    def select(self, selection: Selection, *, is_shown: bool = True) -> None: ...

    def offset_at(self, point: QPointF) -> int: ...

    def text_area(self) -> QRect: ...

    def scroll_px(self, right: int, down: int) -> None: ...


class MouseSelection(QObject):
    """Turns presses and moves of the left button into selections."""

    def __init__(self, view: MouseOwner, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._by: Literal["char", "word", "line"] | None = None
        self._origin = Selection()
        self._at = QPointF()
        self._double_click_s = 0.0
        self._double_click_at = QPointF()
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)

    def press(self, event: QMouseEvent) -> None:
        rows = self._view.rows
        if rows is None:
            return
        at = self._view.offset_at(event.position())
        if self._is_triple(event.position()):
            self._begin("line", navigation.line_at(rows, at))
            return
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._begin("char", Selection(self._view.selection.anchor if extends else at, at))

    def double_click(self, event: QMouseEvent) -> None:
        rows = self._view.rows
        if rows is None:
            return
        self._double_click_s = time.monotonic()
        self._double_click_at = event.position()
        self._begin("word", navigation.word_at(rows, self._view.offset_at(event.position())))

    def move(self, event: QMouseEvent) -> None:
        if self._by is None:
            return
        self._at = event.position()
        self._drag()
        if self._view.text_area().contains(self._at.toPoint()):
            self._autoscroll.stop()
        elif not self._autoscroll.isActive():
            self._autoscroll.start()

    def release(self) -> None:
        self._by = None
        self._autoscroll.stop()

    @Slot()
    def _on_autoscroll(self) -> None:
        area = self._view.text_area()
        x, y = self._at.x(), self._at.y()
        right = min(0.0, x - area.left()) + max(0.0, x - area.right())
        down = min(0.0, y - area.top()) + max(0.0, y - area.bottom())
        self._view.scroll_px(round(right / 2), round(down))
        self._drag()

    def _is_triple(self, at: QPointF) -> bool:
        interval_s = QGuiApplication.styleHints().mouseDoubleClickInterval() / 1000
        near = (at - self._double_click_at).manhattanLength() <= _CLICK_SLOP_PX
        return near and time.monotonic() - self._double_click_s < interval_s

    def _begin(self, by: Literal["char", "word", "line"], selection: Selection) -> None:
        self._by = by
        self._origin = selection
        self._view.select(selection, is_shown=False)

    def _drag(self) -> None:
        rows = self._view.rows
        if rows is None:
            return
        at = self._view.offset_at(self._at)
        if self._by == "char":
            self._view.select(Selection(self._origin.anchor, at), is_shown=False)
            return
        reached = navigation.word_at(rows, at) if self._by == "word" else navigation.line_at(rows, at)
        if at < self._origin.start:
            self._view.select(Selection(self._origin.end, reached.start), is_shown=False)
        else:
            self._view.select(Selection(self._origin.start, max(self._origin.end, reached.end)), is_shown=False)
