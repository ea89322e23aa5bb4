"""The panes of a request: tabs over one body that collapses to the row of tabs. So far there is one: Message."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from wireyard.gui.composer.panel import ComposerPanel
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.underline_tabs import UnderlineTabs

_MOST_HEIGHT = 16_777_215  # QWIDGETSIZE_MAX: as high as one likes


class RequestPanes(QWidget):
    """Holds the composer. ``collapsed_changed`` tells when the body goes or comes back."""

    collapsed_changed = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_collapsed = False
        self.composer = ComposerPanel(look)
        self.tabs = UnderlineTabs(look, (self.tr("Message"),), label=self.tr("Request"))
        self._toggle = IconButton(look, "chevron-up", self.tr("Collapse"), shortcut="Ctrl+J")
        self._strip = Panel("bg.surface", "bottom", self)
        self._row = QHBoxLayout(self._strip)
        self._row.addWidget(self.tabs)
        self._row.addStretch(1)
        self._row.addWidget(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.composer, 1)
        self.collapse_action = QAction(self.tr("Show or hide the composer"), self)
        keys = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_J)
        self.collapse_action.setShortcut(QKeySequence(keys))
        self.collapse_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.collapse_action.triggered.connect(self.toggle)
        self.addAction(self.collapse_action)
        self._toggle.clicked.connect(self.toggle)
        self.tabs.tabBarClicked.connect(self._on_tab_clicked)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def is_collapsed(self) -> bool:
        return self._is_collapsed

    def set_collapsed(self, is_collapsed: bool) -> None:
        """Leave only the row of tabs, or bring the body back."""
        if is_collapsed == self._is_collapsed:
            return
        self._is_collapsed = is_collapsed
        had_focus = self.composer.isAncestorOf(QApplication.focusWidget() or self)
        self.composer.setVisible(not is_collapsed)
        if had_focus and is_collapsed:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self._toggle.set_icon("chevron-down" if is_collapsed else "chevron-up")
        self._toggle.set_name(self.tr("Expand") if is_collapsed else self.tr("Collapse"), "Ctrl+J")
        self._fit()
        self.collapsed_changed.emit(is_collapsed)

    @Slot()
    def toggle(self) -> None:
        self.set_collapsed(not self._is_collapsed)

    @Slot(int)
    def _on_tab_clicked(self, index: int) -> None:
        if index >= 0:
            self.set_collapsed(False)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._strip.setFixedHeight(look.px(40))
        self._row.setContentsMargins(look.px(10), 0, look.px(12), 0)
        self.setMinimumHeight(look.px(40 if self._is_collapsed else 140))
        self.setMaximumHeight(look.px(40) if self._is_collapsed else _MOST_HEIGHT)
