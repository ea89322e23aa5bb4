"""The message pane: the composer, and beside it a column that gives way first where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wireyard.gui.composer.panel import ComposerPanel
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.tab_order import come_after

SIDE_PX = 248
_ROOM_PX = 620
# It gives way before the inspector goes below the list, which that does in windows under 1,100.
_WINDOW_PX = 1160


class MessagePage(QWidget):
    """``side_changed`` tells when the column comes or goes."""

    side_changed = Signal()

    def __init__(self, look: Look, composer: ComposerPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._composer = composer
        self._side: QWidget | None = None
        self._wants_side: bool | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(composer, 1)
        look.changed.connect(self._fit)

    @property
    def has_side(self) -> bool:
        """Whether there is a column at all."""
        return self._side is not None

    @property
    def is_side_shown(self) -> bool:
        return self._side is not None and not self._side.isHidden()

    def set_side(self, side: QWidget) -> None:
        """Put a column beside the composer."""
        self._side = side
        self._row.addWidget(side)
        come_after(self._composer.foot.send_button, side)
        self._fit()

    def show_side(self, *, is_wanted: bool | None) -> None:
        """Have the column or not, whatever the room; None leaves it to the room."""
        self._wants_side = is_wanted
        self._fit()

    def toggle_side(self) -> None:
        """Have the column come or go by hand."""
        self.show_side(is_wanted=not self.is_side_shown)

    def take_keyboard(self) -> None:
        """Have the keyboard in the message."""
        part = self._composer.well if self._composer.editor.isHidden() else self._composer.editor
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @Slot()
    def _fit(self) -> None:
        if self._side is None:
            return
        look = self._look
        self._side.setFixedWidth(look.px(SIDE_PX))
        is_wide = self.window().width() >= look.px(_WINDOW_PX)
        has_room = is_wide and self.width() >= look.px(SIDE_PX + _ROOM_PX)
        is_shown = has_room if self._wants_side is None else self._wants_side
        if is_shown == self._side.isHidden():
            self._side.setVisible(is_shown)
        self.side_changed.emit()
