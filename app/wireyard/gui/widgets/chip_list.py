"""An ordered list as chips, under a field into which another one is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.chip import ChipButton
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.variable_line import VariableLineEdit

_WIDTH_PX = 300
_FIELD_PX = 32
_GAP_PX = 6


class Chip(NamedTuple):
    """A value and how it is shown; ``typed`` is what was typed for it, None where it can't be typed."""

    value: Any
    text: str
    typed: str | None = None
    tip: str = ""


class ChipList(QWidget):
    """``edited`` carries the values after a change by hand; ``faulted`` why what is typed can't be one, or nothing.

    Enter adds what is typed, and so does a comma where ``splits`` says so; then each value is there once. ``make``
    makes a chip of it, or says in a sentence why it can't.
    """

    edited = Signal(object)
    faulted = Signal(str)

    def __init__(
        self, look: Look, label: str, placeholder: str, make: Callable[[str], Chip | str], *, splits: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._label = label
        self._make = make
        self._splits = splits
        self._chips: list[Chip] = []
        self._buttons: list[ChipButton] = []
        self._changed: int | None = None  # the chip whose text is in the field
        self._is_writing = False
        self.edit = VariableLineEdit(look, self.tr("{0}: add").format(label), height=_FIELD_PX - 4)
        self.edit.setPlaceholderText(placeholder)
        self._box = FieldBox(look, radius=7, parent=self)
        self._box.set_editor(self.edit)
        self._inside = QHBoxLayout(self._box)
        self._inside.addWidget(self.edit)
        self._last: QWidget = self.edit
        self._beside: QWidget | None = None
        self.setAccessibleName(label)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.edit.submitted.connect(self.take_typed)
        self.edit.edited.connect(self._on_typed)
        self.edit.installEventFilter(self)
        look.changed.connect(self._arrange)
        self._arrange()

    @property
    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text for chip in self._chips]

    @property
    def buttons(self) -> list[ChipButton]:
        """The chips, in their order."""
        return list(self._buttons)

    def put_beside(self, button: QWidget) -> None:
        """Have a button at the right of the field."""
        self._beside = self._last = button
        button.setParent(self)
        QWidget.setTabOrder(self.edit, button)
        self._arrange()

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these, without a signal."""
        if list(chips) != self._chips:
            self._chips = list(chips)
            self._renew()

    def add(self, chip: Chip) -> None:
        """Add one at the end, as if it had been typed."""
        self._take([*self._chips, chip])

    def sizeHint(self) -> QSize:
        return self.size()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit:
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
                    self.take_typed()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._on_field_key(event)
        return super().eventFilter(watched, event)

    @Slot()
    def take_typed(self) -> None:
        """Make a chip of what is typed, in the place of the one that is being changed."""
        typed = self.edit.text.strip()
        if not typed:
            self._changed = None
        elif self._take_text(typed):
            self._write("")

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if self._is_writing:
            return
        self.faulted.emit("")
        if self._splits and "," in text:
            # What can't be a chip stays with all that follows.
            *left, rest = text.split(",")
            while left and (not left[0].strip() or self._take_text(left[0].strip())):
                del left[0]
            self._write(",".join([*left, rest]).lstrip())

    def _write(self, text: str) -> None:
        self._is_writing = True
        self.edit.start_with(text)
        self._is_writing = False

    def _take_text(self, typed: str) -> bool:
        made = self._make(typed)
        others = [chip.value for at, chip in enumerate(self._chips) if at != self._changed]
        if isinstance(made, Chip) and self._splits and made.value in others:
            made = self.tr("“{0}” is in the list already.").format(made.text)
        if isinstance(made, str):
            self.faulted.emit(made)
            return False
        chips, place = list(self._chips), self._changed
        self._changed = None
        if place is not None and place < len(chips):
            chips[place] = made
        else:
            chips.append(made)
        self.faulted.emit("")
        self._take(chips)
        return True

    def _on_field_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Backspace and not self.edit.text and self._buttons:
            self._buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() == Qt.Key.Key_Escape and self._changed is not None:
            self._changed = None
            self._write("")
            self.faulted.emit("")
            return True
        return False

    # Chips.

    def _remove(self, button: ChipButton) -> None:
        place = self._buttons.index(button)
        self._changed = None
        self._take([*self._chips[:place], *self._chips[place + 1 :]])
        following: QWidget = self._buttons[min(place, len(self._buttons) - 1)] if self._buttons else self.edit
        following.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, button: ChipButton, step: int) -> None:
        target = self._buttons.index(button) + step
        if 0 <= target < len(self._buttons):
            self._buttons[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, button: ChipButton, step: int) -> None:
        place = self._buttons.index(button)
        if 0 <= place + step < len(self._buttons):
            self._put(place, place + step)

    def _drag(self, button: ChipButton, pointer: QPoint) -> None:
        place = self._buttons.index(button)
        target = next((at for at, each in enumerate(self._buttons) if each.geometry().contains(pointer)), place)
        if target != place:
            self._put(place, target)

    def _put(self, place: int, target: int) -> None:
        """Move a chip with its button, which has the keyboard or is held by the pointer."""
        self._changed = None
        self._buttons.insert(target, self._buttons.pop(place))
        chips = list(self._chips)
        chips.insert(target, chips.pop(place))
        self._take(chips)

    def _change(self, button: ChipButton) -> None:
        place = self._buttons.index(button)
        typed = self._chips[place].typed
        if typed is not None:
            self._write(typed)
            self._changed = place
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit.selectAll()

    def _take(self, chips: list[Chip]) -> None:
        self._chips = chips
        self._renew()
        self.edited.emit(tuple(chip.value for chip in chips))

    def _make_button(self) -> ChipButton:
        button = ChipButton(self._look, self)
        button.step_asked.connect(partial(self._step, button))
        button.move_asked.connect(partial(self._move, button))
        button.remove_asked.connect(partial(self._remove, button))
        button.change_asked.connect(partial(self._change, button))
        button.dragged.connect(partial(self._drag, button))
        button.show()
        return button

    def _renew(self) -> None:
        while len(self._buttons) > len(self._chips):
            gone = self._buttons.pop()
            gone.hide()
            gone.deleteLater()
        while len(self._buttons) < len(self._chips):
            self._buttons.append(self._make_button())
        before = self._last
        for place, (chip, button) in enumerate(zip(self._chips, self._buttons, strict=True), 1):
            button.setText(chip.text)
            button.setToolTip(chip.tip)
            name = self.tr("{0}, {1} of {2}").format(chip.text, place, len(self._chips))
            button.setAccessibleName(name)
            QWidget.setTabOrder(before, button)
            before = button
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        look = self._look
        width, gap, side = look.px(_WIDTH_PX), look.px(_GAP_PX), look.px(_FIELD_PX)
        self._inside.setContentsMargins(look.px(9), 0, look.px(9), 0)
        beside = self._beside.sizeHint().width() + gap if self._beside is not None else 0
        self._box.setGeometry(0, 0, width - beside, side)
        if self._beside is not None:
            size = self._beside.sizeHint()
            self._beside.setGeometry(width - size.width(), (side - size.height()) // 2, size.width(), size.height())
        x, y = 0, side + gap
        for button in self._buttons:
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + size.height() + gap
            button.setGeometry(x, y, size.width(), size.height())
            x += size.width() + gap
        bottom = max((button.geometry().bottom() + 1 for button in self._buttons), default=side)
        self.setFixedSize(width, bottom)
