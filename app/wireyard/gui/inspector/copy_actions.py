"""What the two payload views offer by key and by menu, whatever else in the window answers to the same keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

Entry = tuple[str, QKeySequence.StandardKey | None, Callable[[], None]]


def add_actions(view: QWidget, *entries: Entry) -> None:
    """Give a view its actions: words, key if there is one, and what is done."""
    for text, key, slot in entries:
        action = QAction(text, view)
        if key is not None:
            action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        view.addAction(action)


def takes_key(event: QEvent) -> bool:
    """Whether a view that has the focus keeps a key to itself: it copies, not the list beside it."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and (event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll))
    )


def open_menu(view: QWidget, at: QPoint) -> None:
    """Show a view's actions at a point of the screen."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addActions(view.actions())
    menu.popup(at)
