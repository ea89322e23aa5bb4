"""The address field: one line, with scheme and separators in grey, and addresses used before offered while typing."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData, QRect, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QSizePolicy, QWidget

from wireyard.gui.theme.look import Look

_MAX_SHOWN = 8
_GREY = re.compile(r"^\s*[A-Za-z][A-Za-z0-9+.-]*://|[?&=]")
_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


class UrlEdit(QPlainTextEdit):
    """``submitted`` follows Enter; ``edited`` every change by hand or program."""

    submitted = Signal()
    edited = Signal(str)

    def __init__(self, look: Look, height: int = 34, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._height = height
        self._colors = _AddressColors(self.document(), look)
        self._popup = QListView()
        self._completer = self._make_completer()
        self.setAccessibleName(self.tr("Address"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text_changed)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace all of it, as one step that can be undone."""
        if text == self.text:
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(flatten(text))

    def start_with(self, text: str) -> None:
        """Begin anew with this text: nothing to undo."""
        self.setPlainText(flatten(text))
        self.moveCursor(QTextCursor.MoveOperation.End)

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
        is_offering = self._popup.isVisible()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_offering and (is_enter or event.key() == Qt.Key.Key_Escape):
            event.ignore()
            return
        if is_enter:
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                event.ignore()
            else:
                self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self._offer(everything=True)
            return
        before = self.text
        super().keyPressEvent(event)
        if self.text != before:
            self._offer(everything=False)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(flatten(source.text()))

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ensureCursorVisible()

    @Slot()
    def _on_text_changed(self) -> None:
        self.edited.emit(self.text)

    @Slot(str)
    def _on_picked(self, address: str) -> None:
        self.set_text(address)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _offer(self, *, everything: bool) -> None:
        typed = "" if everything else self.text.strip()
        if not everything and len(typed) < 2:
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
    def _fit(self) -> None:
        look = self._look
        font = look.font("mono.url")
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._popup.setFont(look.font("mono"))
        height = look.px(self._height)
        self.setFixedHeight(height)
        self.setViewportMargins(0, int((height - look.metrics("mono.url").height()) / 2), 0, 0)
        self.setMinimumWidth(look.px(120))
        self._colors.rehighlight()


class _AddressColors(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, look: Look) -> None:
        super().__init__(document)
        self._look = look

    def highlightBlock(self, text: str) -> None:
        grey = QTextCharFormat()
        grey.setForeground(self._look.color("text.3"))
        for found in _GREY.finditer(text):
            self.setFormat(found.start(), len(found[0]), grey)


def flatten(text: str) -> str:
    """One line of what was pasted: ends trimmed, lines joined, nothing encoded."""
    return _BREAKS.sub("", text.strip()).replace("\t", " ")
