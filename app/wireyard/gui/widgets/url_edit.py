"""The address field: one line, scheme and separators in grey, variables as chips, and addresses used before offered
while typing."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QStringListModel, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_line import VariableLineEdit, flatten

__all__ = ["UrlEdit", "flatten"]

_MAX_SHOWN = 8
_GREY = re.compile(r"^\s*[A-Za-z][A-Za-z0-9+.-]*://|[?&=]")


class UrlEdit(VariableLineEdit):
    """``submitted`` follows Enter; ``edited`` every change by hand or program."""

    def __init__(self, look: Look, height: int = 34, parent: QWidget | None = None) -> None:
        self._popup = QListView()
        super().__init__(look, "", height=height, style="mono.url", parent=parent)
        self._completer = self._make_completer()
        self._colors.grey = _GREY
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Address"))
        look.changed.connect(self._fit_popup)
        self._fit_popup()

    def place_caret(self, position: int) -> None:
        """Put the caret at the character that is at fault, and the keyboard with it."""
        cursor = self.textCursor()
        cursor.setPosition(max(0, min(position, len(self.text))))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_recent(self, addresses: tuple[str, ...]) -> None:
        """The addresses to offer, the latest first."""
        model = self._completer.model()
        if isinstance(model, QStringListModel):
            model.setStringList(list(addresses))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._popup.isVisible() and (is_enter or event.key() == Qt.Key.Key_Escape):
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self._offer(everything=True)
            return
        before = self.text
        super().keyPressEvent(event)
        if self.text != before:
            self._offer(everything=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        # It paints the ground of its box itself: a caret that blinks then repaints nothing of what is behind it.
        QPainter(self.viewport()).fillRect(event.rect(), self._look.color("bg.field"))
        super().paintEvent(event)

    @Slot(str)
    def _on_picked(self, address: str) -> None:
        self.set_text(address)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _offer(self, *, everything: bool) -> None:
        typed = "" if everything else self.text.strip()
        if self.variables.is_offering or (not everything and len(typed) < 2):
            self._popup.hide()
            return
        self._completer.setCompletionPrefix(typed)
        count = self._completer.completionCount()
        if count == 0 or (count == 1 and self._completer.currentCompletion() == typed):
            self._popup.hide()
            return
        self._completer.complete(QRect(0, 0, self.width(), self.viewport().height() + self._look.px(8)))

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(QStringListModel([], self), self)
        completer.setWidget(self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_MAX_SHOWN)
        self._popup.setAccessibleName(self.tr("Addresses used before"))
        self._popup.setUniformItemSizes(True)
        self._popup.setProperty("popup", "1")
        completer.setPopup(self._popup)
        completer.activated.connect(self._on_picked)
        return completer

    @Slot()
    def _fit_popup(self) -> None:
        # Not an override of the base's slot: PySide calls such a one on an object that Qt has deleted.
        self._popup.setFont(self._look.font("mono"))
        self.setMinimumWidth(self._look.px(120))
