"""The row under the message: in which format it is written, as what it is sent, what is wrong with it, and Send."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from wireyard.domain.frame import Opcode
from wireyard.gui.composer.draft import FORMATS, Format
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.kbd import Kbd
from wireyard.gui.widgets.label import ElidedLabel, Label
from wireyard.gui.widgets.segments import Segments

_SEND_AS = (Opcode.TEXT, Opcode.BINARY)
_ROOM_FOR_ALL_PX = 860
_REPEATING_PX = 120
_ROOM_FOR_REPEAT_PX = 660
_ROOM_FOR_LABEL_PX = 560
_ROOM_FOR_BEAUTIFY_PX = 510


class ComposerFoot(Panel):
    """Tells what was pressed: ``format_chosen``, ``file_asked``, ``send_as_chosen``; the buttons are the panel's."""

    format_chosen = Signal(str)
    file_asked = Signal()
    send_as_chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.surface", "", parent)
        self._look = look
        self._format_button = Button(look, "JSON", size="small", chevron=True)
        self._names: dict[Format, str] = {"text": self.tr("Text"), "json": "JSON", "hex": "Hex", "base64": "Base64"}
        self._actions: dict[Format, QAction] = {}
        self._can_beautify = True
        self._send_as = Segments(look, (self.tr("Text"), self.tr("Binary")), label=self.tr("Send as"))
        self._send_as_label = Label(look, self.tr("Send as"), "small", "text.3")
        self.beautify_button = Button(look, self.tr("Beautify"), "ghost", icon="indent", size="small")
        self.variable_button = Button(look, self.tr("Variable"), "ghost", icon="braces", size="small")
        self.variable_button.setToolTip(self.tr("Put a variable in (Ctrl+Space)"))
        self.repeat_button = Button(look, self.tr("Repeat"), "ghost", icon="repeat", size="small")
        self.cadence_button = IconButton(look, "sliders", self.tr("Change the repeat"), shortcut="Ctrl+R")
        self._is_repeating = False
        self.verdict_label = ElidedLabel(look, "", "small", "text.3")
        self._keys = Kbd(look, "Ctrl ↵")
        self.send_button = Button(look, self.tr("Send"), "primary", icon="send")
        self._row = QHBoxLayout(self)
        self._lay_out()
        self.show_repeat("")
        self._send_as.chosen.connect(self.send_as_chosen)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def send_as(self) -> Opcode:
        return _SEND_AS[self._send_as.index]

    def show_send_as(self, opcode: Opcode) -> None:
        """Show as what it is sent, without a signal."""
        self._send_as.choose(_SEND_AS.index(opcode))

    def show_format(self, format_: Format, *, is_file: bool) -> None:
        """Show in which format it is written, or that a file is sent."""
        name = self.tr("File") if is_file else self._names[format_]
        self._format_button.setText(name)
        self._format_button.setAccessibleName(self.tr("Format: {0}").format(name))
        self._format_button.updateGeometry()
        for known, action in self._actions.items():
            action.setChecked(known == format_ and not is_file)
        self._can_beautify = format_ == "json" and not is_file
        self._give_way()
        self.variable_button.setEnabled(not is_file)

    def show_repeat(self, words: str, *, is_waiting: bool = False) -> None:
        """Show how far a repeat is, as what ends it; nothing where none goes on. ``is_waiting``: for room."""
        is_repeating = bool(words)
        if is_waiting:
            words = self.tr("{0} · waits for room").format(words)
        button = self.repeat_button
        text = words or self.tr("Repeat")
        if text == button.text() and is_repeating == self._is_repeating:
            return
        button.setText(text)
        button.set_kind("warn" if is_repeating else "ghost")
        button.set_icon("stop" if is_repeating else "repeat")
        button.setAccessibleName(self.tr("Stop repeating") if is_repeating else self.tr("Repeat the message"))
        tip = self.tr("Stop repeating (Alt+Shift+R)") if is_repeating else self.tr("Send it again and again (Ctrl+R)")
        if is_waiting:
            tip = self.tr("The server takes nothing: the next message waits for room, and what is due is left out")
        button.setToolTip(tip)
        button.updateGeometry()
        self._is_repeating = is_repeating
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _lay_out(self) -> None:
        menu = QMenu(self._format_button)
        group = QActionGroup(menu)
        group.setExclusive(False)
        for format_ in FORMATS:
            action = QAction(self._names[format_], menu)
            action.setCheckable(True)
            action.triggered.connect(functools.partial(self._on_chosen, format_))
            group.addAction(action)
            menu.addAction(action)
            self._actions[format_] = action
        menu.addSeparator()
        menu.addAction(self.tr("File…"), self.file_asked.emit)
        self._format_button.setMenu(menu)
        self.verdict_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self._format_button, self._send_as_label, self._send_as, self.beautify_button):
            self._row.addWidget(widget)
        self._row.addWidget(self.variable_button)
        self._row.addWidget(self.repeat_button)
        self._row.addWidget(self.cadence_button)
        self._row.addWidget(self.verdict_label, 1)
        self._row.addWidget(self._keys)
        self._row.addWidget(self.send_button)

    def _on_chosen(self, format_: Format, _is_checked: bool) -> None:
        self.format_chosen.emit(format_)

    def _give_way(self) -> None:
        """Leave out what can be had by a key, where there is no room for it."""
        width, look = self.width(), self._look
        more = _REPEATING_PX if self._is_repeating else 0
        has_room = width >= look.px(_ROOM_FOR_ALL_PX + more)
        self.repeat_button.setVisible(self._is_repeating or width >= look.px(_ROOM_FOR_REPEAT_PX))
        self.cadence_button.setVisible(self._is_repeating)
        for widget in (self._keys, self.variable_button):
            widget.setVisible(has_room)
        self._send_as_label.setVisible(width >= look.px(_ROOM_FOR_LABEL_PX + 2 * more))
        self.beautify_button.setVisible(self._can_beautify and width >= look.px(_ROOM_FOR_BEAUTIFY_PX + 2 * more))

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(48))
        self._row.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))
        self._row.setSpacing(look.px(8))
        self._give_way()
