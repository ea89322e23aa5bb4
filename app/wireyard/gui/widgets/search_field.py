"""The field that filters or searches: a glass, the text, and a way to clear it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.field import FieldBox


class SearchField(FieldBox):
    """``text_changed`` follows every edit; Esc clears a text, and only an empty field lets Esc through."""

    text_changed = Signal(str)
    submitted = Signal()

    def __init__(self, look: Look, placeholder: str, *, height: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(look, radius=7, ground="bg.raised", border="border", parent=parent)
        self._height = height
        self.edit = _SearchEdit(self)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self.set_editor(self.edit)
        self._clear = IconButton(look, "close", self.tr("Clear"), size=24, icon_size=14, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.edit, 1)
        self._row.addWidget(self._clear)
        self._clear.clicked.connect(self.edit.clear)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.returnPressed.connect(self.submitted)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)

    def add_trailing(self, widget: QWidget) -> None:
        """Put a small toggle into the right end of the field."""
        self._row.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        pixmap = self._look.pixmap("search", "text.3", 14, self.devicePixelRatioF())
        painter.drawPixmap(self._look.px(10), (self.height() - self._look.px(14)) // 2, pixmap)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.text_changed.emit(text)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(self._height))
        self._row.setContentsMargins(look.px(31), 0, look.px(4), 0)
        self._row.setSpacing(look.px(2))
        self.edit.setFont(look.font("small"))


class _SearchEdit(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
