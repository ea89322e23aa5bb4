"""A view of the sidebar: a head, a search, rows, and what is said where there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.sidebar.notice import Notice
from wireyard.gui.sidebar.view_head import ViewHead
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.search_field import SearchField


class SidebarPage(QWidget):
    """Holds the parts; ``rows`` is the list or tree."""

    def __init__(self, look: Look, title: str, search_words: str, rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = rows
        self.head = ViewHead(look, title)
        self.search = SearchField(look, search_words)
        self.notice = Notice(look)
        self._stack = QStackedWidget()
        self._stack.addWidget(rows)
        self._stack.addWidget(self.notice)
        self._margins = QHBoxLayout()
        self._margins.addWidget(self.search)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._column.addLayout(self._margins)
        self._column.addWidget(self._stack, 1)
        look.changed.connect(self._fit)
        self._fit()

    def show_rows(self, has_rows: bool) -> None:
        """Show the rows, or what is said where there are none."""
        self._stack.setCurrentWidget(self._rows if has_rows else self.notice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.search.edit.hasFocus() and event.key() == Qt.Key.Key_Down and self._rows.isVisible():
            self._rows.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @Slot()
    def _fit(self) -> None:
        px = self._look.px
        self._margins.setContentsMargins(px(12), 0, px(12), px(8))
