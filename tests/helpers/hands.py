"""Keyboard alone and mouse alone: what one hand does goes to whatever has the keyboard or stands under the pointer, as
events of the window system. Nothing is focused, called or set from here.

(Not `QTest` with a window as its target: that runs events in the middle of the loop's own turn.)
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget
from tests.helpers.dragging import drop_on
from tests.helpers.window import Desk

_LEFT = Qt.MouseButton.LeftButton
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Ten fingers, no mouse."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as ``Ctrl+Return``."""
        for key in keys:
            combination = QKeySequence(key)[0]  # pyright: ignore[reportIndexIssue] - the stubs miss it
            QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type a text, key by key: the first one may open an editor, which gets the others."""
        for char in text:
            QTest.keyClicks(self._target(), char)

    def tab_to(self, name: str, *, at_most: int) -> None:
        """Press Tab until the keyboard is on what is called so."""
        for _ in range(at_most):
            self.press("Tab")
            if called(self._desk.focus) == name:
                return
        raise AssertionError(f"{at_most} times Tab did not come to {name}, but to {called(self._desk.focus)}")

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or self._desk.focus


class Mouse:
    """A pointer that clicks what it is over. ``type`` writes into the field that was clicked before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sees(self, widget: QWidget, place: QPoint | None = None) -> bool:
        """Whether a widget is where it can be clicked: a window that has just changed is not laid out yet."""
        under = widget.window().childAt(widget.mapTo(widget.window(), place or widget.rect().center()))
        return under is not None and (under is widget or widget.isAncestorOf(under))

    def click(self, widget: QWidget, place: QPoint | None = None, button: Qt.MouseButton = _LEFT) -> None:
        """Click a widget where it can be seen; the right button asks for its menu, as window systems do."""
        under, at = self._reach(widget, place)
        QTest.mouseClick(under, button, _NO_KEYS, at)
        if button is Qt.MouseButton.RightButton:
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(under, QContextMenuEvent(reason, at, under.mapToGlobal(at)))

    def double_click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click twice."""
        under, at = self._reach(widget, place)
        for act in (QTest.mouseClick, QTest.mouseDClick):
            act(under, _LEFT, _NO_KEYS, at)

    def press_button(self, name: str, inside: QWidget | None = None) -> None:
        """Click the button that is called so."""
        self.click(self._desk.button(name, inside))

    def cell(self, view: QAbstractItemView, row: int, column: int = 0) -> QPoint:
        """The middle of a cell, in the view's viewport."""
        return view.visualRect(view.model().index(row, column)).center()

    def click_cell(self, view: QAbstractItemView, row: int, column: int = 0, *, twice: bool = False) -> None:
        """Click a cell of a table, once or twice."""
        act = self.double_click if twice else self.click
        act(view.viewport(), self.cell(view, row, column))

    def choose(self, words: str) -> None:
        """Click an entry of the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), menu
        action = next(each for each in menu.actions() if each.text().partition("\t")[0] == words)
        QTest.mouseClick(menu, _LEFT, _NO_KEYS, menu.actionGeometry(action).center())

    def drag(self, view: QAbstractItemView, start: QPoint, end: QPoint) -> None:
        """Drag from one place of a list to another.

        Qt's offscreen platform lets nothing be dragged: what is carried comes from the list's model, as Qt takes it.
        """
        under, at = self._reach(view.viewport(), start)
        QTest.mousePress(under, _LEFT, _NO_KEYS, at)
        carried = view.model().mimeData([view.indexAt(start)])
        drop_on(view.viewport(), carried, QPointF(end))
        QTest.mouseRelease(under, _LEFT, _NO_KEYS, self._reach(view.viewport(), end)[1])

    def wheel_to(self, widget: QWidget, area: QWidget) -> None:
        """Turn the wheel over the viewport of a scrolled area until a widget in it can be seen."""
        for _ in range(40):
            if self._is_in_sight(widget):
                return
            place = QPoint(area.width() // 6, area.height() // 2)
            self._reach(area, place)
            QApplication.sendEvent(area, _wheel_down(area, QPointF(place)))
        raise AssertionError(f"no wheel brings {called(widget)} into sight")

    def type(self, text: str) -> None:
        """Type into what was clicked."""
        for char in text:
            QTest.keyClicks(self._desk.focus, char)

    def _reach(self, widget: QWidget, place: QPoint | None) -> tuple[QWidget, QPoint]:
        """What the pointer is over at a place of a widget, and where in it; it has to be the widget or in it."""
        place = place or widget.rect().center()
        top = widget.window()
        at = widget.mapTo(top, place)
        under = top.childAt(at)
        assert under is not None, f"{called(widget)} is outside of the window"
        assert under is widget or widget.isAncestorOf(under), f"{called(widget)} is under {under}: {called(under)}"
        return under, under.mapFrom(top, at)

    def _is_in_sight(self, widget: QWidget) -> bool:
        seen = widget.visibleRegion().boundingRect()
        return QRect(seen).contains(widget.rect())


def called(widget: QWidget) -> str:
    """The name of a widget, or what it says."""
    said = widget.accessibleName() or getattr(widget, "text", lambda: "")()
    return said if isinstance(said, str) else ""


def _wheel_down(under: QWidget, at: QPointF) -> QWheelEvent:
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    everywhere = QPointF(under.mapToGlobal(at.toPoint()))
    return QWheelEvent(at, everywhere, QPoint(), QPoint(0, -60), buttons, _NO_KEYS, phase, False)
