"""The panes of a request: tabs over one body that collapses to the row of tabs. The first is the message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.composer.message_page import MessagePage
from wireyard.gui.composer.panel import ComposerPanel
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.tab_order import come_after
from wireyard.gui.widgets.underline_tabs import UnderlineTabs

MESSAGE = "message"
_LEAST_PX = 112
_ROOM_FOR_SIDE_BUTTON_PX = 640
_MOST_HEIGHT = 16_777_215  # QWIDGETSIZE_MAX: as high as one likes


@dataclass(slots=True)
class _Pane:
    """A pane by its key. It is made when it is shown first."""

    key: str
    make: Callable[[], QWidget]
    widget: QWidget | None = None


class RequestPanes(QWidget):
    """``collapsed_changed`` tells when the body goes or comes back, ``pane_changed`` carries another pane's key."""

    collapsed_changed = Signal(bool)
    pane_changed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_collapsed = False
        self.composer = ComposerPanel(look)
        self.message_page = MessagePage(look, self.composer)
        self._panes = [_Pane(MESSAGE, lambda: self.message_page, self.message_page)]
        # In the order in which Tab goes: the row of tabs, then what stands under it.
        self._strip = Panel("bg.surface", "bottom", self)
        self.tabs = UnderlineTabs(look, (self.tr("Message"),), label=self.tr("Request"))
        self.side_button = IconButton(look, "panel", self.tr("Saved messages"), checkable=True)
        self._toggle = IconButton(look, "chevron-up", self.tr("Collapse"), shortcut="Ctrl+J")
        self._body = QStackedWidget(self)
        self._row = QHBoxLayout(self._strip)
        self.collapse_action = QAction(self.tr("Show or hide the composer"), self)
        self._lay_out()
        self._toggle.clicked.connect(self.toggle)
        self.tabs.tabBarClicked.connect(self._on_tab_clicked)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.side_button.clicked.connect(self._on_side_clicked)
        self.message_page.side_changed.connect(self._show_side_button)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def is_collapsed(self) -> bool:
        return self._is_collapsed

    @property
    def current(self) -> str:
        """The key of the pane in front."""
        return self._panes[self.tabs.currentIndex()].key

    @property
    def keys(self) -> list[str]:
        """The keys of all panes, in the order of their tabs."""
        return [pane.key for pane in self._panes]

    def add_pane(self, key: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a pane, which is made when it is shown first."""
        self._panes.append(_Pane(key, make))
        self.tabs.addTab(title)

    def pane(self, key: str) -> QWidget:
        """A pane, made now if need be."""
        found = next(pane for pane in self._panes if pane.key == key)
        if found.widget is None:
            found.widget = found.make()
            self._body.addWidget(found.widget)
            come_after(self._toggle, found.widget)
        return found.widget

    def index_of(self, key: str) -> int:
        """The place of a pane; the message's for a key that is none."""
        return next((at for at, pane in enumerate(self._panes) if pane.key == key), 0)

    def show_pane(self, key: str, *, takes_keyboard: bool = False) -> None:
        """Bring a pane to the front, out of the collapsed state too."""
        self.set_collapsed(False)
        self.tabs.setCurrentIndex(self.index_of(key))
        if takes_keyboard:
            pane = self.pane(key)
            take = getattr(pane, "take_keyboard", None)
            if take is not None:
                take()

    def take_keyboard(self) -> None:
        """Have the keyboard in the pane in front, or on its tab where the panes are collapsed."""
        if self._is_collapsed:
            self.tabs.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.show_pane(self.current, takes_keyboard=True)

    def set_badge(self, key: str, badge: str) -> None:
        """Show a count behind a pane's name."""
        for index, pane in enumerate(self._panes):
            if pane.key == key:
                self.tabs.set_badge(index, badge)

    def set_collapsed(self, is_collapsed: bool) -> None:
        """Leave only the row of tabs, or bring the body back."""
        if is_collapsed == self._is_collapsed:
            return
        self._is_collapsed = is_collapsed
        had_focus = self._body.isAncestorOf(QApplication.focusWidget() or self)
        self._body.setVisible(not is_collapsed)
        if had_focus and is_collapsed:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self._toggle.set_icon("chevron-down" if is_collapsed else "chevron-up")
        self._toggle.set_name(self.tr("Expand") if is_collapsed else self.tr("Collapse"), "Ctrl+J")
        self._show_side_button()
        self._fit()
        self.collapsed_changed.emit(is_collapsed)

    @Slot()
    def toggle(self) -> None:
        self.set_collapsed(not self._is_collapsed)

    @Slot(int)
    def _on_tab_clicked(self, index: int) -> None:
        if index >= 0:
            self.set_collapsed(False)

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        self._body.setCurrentWidget(self.pane(self._panes[index].key))
        self._show_side_button()
        self.pane_changed.emit(self._panes[index].key)

    @Slot()
    def _on_side_clicked(self) -> None:
        self.message_page.toggle_side()

    @Slot()
    def _show_side_button(self) -> None:
        page = self.message_page
        has_room = page.is_side_shown or self.width() >= self._look.px(_ROOM_FOR_SIDE_BUTTON_PX)
        is_message = self.current == MESSAGE and not self._is_collapsed
        self.side_button.setVisible(is_message and page.has_side and has_room)
        self.side_button.setChecked(page.is_side_shown)

    def _lay_out(self) -> None:
        self._row.addWidget(self.tabs)
        self._row.addStretch(1)
        self._row.addWidget(self.side_button)
        self._row.addWidget(self._toggle)
        self.side_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._body.addWidget(self.message_page)
        column.addWidget(self._strip)
        column.addWidget(self._body, 1)
        keys = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_J)
        self.collapse_action.setShortcut(QKeySequence(keys))
        self.collapse_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.collapse_action.triggered.connect(self.toggle)
        self.addAction(self.collapse_action)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._strip.setFixedHeight(look.px(40))
        self._row.setContentsMargins(look.px(10), 0, look.px(12), 0)
        self._row.setSpacing(look.px(4))
        self.setMinimumHeight(look.px(40 if self._is_collapsed else _LEAST_PX))
        self.setMaximumHeight(look.px(40) if self._is_collapsed else _MOST_HEIGHT)
