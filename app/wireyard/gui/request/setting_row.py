"""One setting of a request: name and help, the control, and where the value comes from with the way back to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import ElidedLabel, Label

_STACKED_BELOW_PX = 700
_CONTROL_PX = 300
_SOURCE_PX = 190


class SettingRow(QWidget):
    """``reset_requested`` asks for the inherited value."""

    reset_requested = Signal()

    def __init__(self, look: Look, name: str, help_text: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._has_source, self._is_large = True, False
        self.control = control
        self._fault = Label(look, "", "small", "err", wraps=True)
        self._source = ElidedLabel(look, "", "small", "text.3")
        self._reset = Button(look, self.tr("Reset"), "link", size="small")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._words = QVBoxLayout()
        self._side = QWidget()
        self._control_box = QWidget()
        self._lay_out(help_text)
        self._reset.clicked.connect(self.reset_requested)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def reset_button(self) -> Button:
        return self._reset

    @property
    def source(self) -> str:
        """Where the value comes from, in words."""
        return self._source.accessibleName()

    @property
    def fault(self) -> str:
        return self._fault.text()

    def show_no_source(self, *, is_large: bool = False) -> None:
        """For a row that inherits nothing by itself. A large control has the place of the source as well."""
        self._has_source, self._is_large = False, is_large
        self._source.set_text("")
        self._reset.hide()
        if is_large:
            self._words.addStretch(1)  # they stay at the top of what is higher than they are
        self._fit()

    def show_source(self, source: str, *, is_own: bool) -> None:
        """Say where the value comes from; only one's own can be taken back."""
        self._source.set_text(self.tr("Set here") if is_own else source)
        self._source.set_tone("text.2" if is_own else "text.3")
        self._reset.setVisible(is_own)
        words = self.tr("Reset {name}: {source}").format(name=self._name, source=source)
        self._reset.setToolTip(words)
        self._reset.setAccessibleName(words)

    @Slot(str)
    def set_fault(self, text: str) -> None:
        """Say what is wrong with the value, or nothing."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _lay_out(self, help_text: str) -> None:
        self._words.setSpacing(1)
        title = Label(self._look, self._name, "body.medium")
        title.setBuddy(self.control)
        self._words.addWidget(title)
        if help_text:
            self._words.addWidget(Label(self._look, help_text, "small", "text.2", wraps=True))
        self._words.addWidget(self._fault)
        self._fault.hide()
        self._words.addStretch(1)
        holder = QHBoxLayout(self._control_box)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.control)
        holder.addStretch(1)
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._source, 1)
        side.addWidget(self._reset)
        top = Qt.AlignmentFlag.AlignTop
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self._control_box, 0, top)
        self._row.addWidget(self._side, 0, top)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        is_stacked = 0 < self.width() < look.px(_STACKED_BELOW_PX)
        way = QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
        self._row.setContentsMargins(0, look.px(7), 0, look.px(7))
        self._row.setSpacing(look.px(4 if is_stacked else 16))
        self._side.setFixedHeight(look.px(32))
        self._side.setVisible(self._has_source or not (is_stacked or self._is_large))
        control_px = _CONTROL_PX + 16 + _SOURCE_PX if self._is_large else _CONTROL_PX
        for part, width in ((self._control_box, control_px), (self._side, _SOURCE_PX)):
            part.setMinimumWidth(0 if is_stacked else look.px(width))
            part.setMaximumWidth(16_777_215 if is_stacked else look.px(width))
