"""One control for each kind of setting. All speak the same way: `value`, `show_value` and ``edited``."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.choices import CheckBox, Select
from wireyard.gui.widgets.label import Label
from wireyard.settings.rows import Row, Value

_NUMBER_WIDTH = 112
_UNIT_WIDTH = 40
_FOLDER_WIDTH = 260


class Editor(QWidget):
    """Base of the controls. ``edited`` carries a value that was put in by hand; ``faulted`` why it can't be used."""

    edited = Signal(object)
    faulted = Signal(str)

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__()
        self.look = look
        self.row_data = row
        self.setAccessibleName(row.title)
        self.layout_ = QHBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(look.px(8))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fields: list[tuple[QWidget, int]] = []
        look.changed.connect(self._fit)

    def show_value(self, value: Value) -> None:
        """Show a value, without a signal."""
        raise NotImplementedError

    def adopt(self, control: QWidget) -> None:
        """Name a control after the row and take its focus for this editor's."""
        control.setAccessibleName(self.row_data.title)
        control.setAccessibleDescription(self.row_data.help)
        self.setFocusProxy(control)
        self.layout_.addWidget(control)

    def box(self, field: QLineEdit, width: int) -> None:
        """Draw a border around a field that is ``width`` wide at 100 %."""
        field.setProperty("boxed", "1")
        self.keep_width(field, width)

    def keep_width(self, widget: QWidget, width: int) -> None:
        """Keep a part as wide as this, scaled by the zoom."""
        self._fields.append((widget, width))
        self._fit()

    @Slot()
    def _fit(self) -> None:
        for widget, width in self._fields:
            widget.setFont(self.look.font("body"))
            widget.setFixedWidth(self.look.px(width))


class SwitchEditor(Editor):
    """On or off."""

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__(look, row)
        self._box = CheckBox(look)
        self.adopt(self._box)
        self._box.clicked.connect(self._on_clicked)

    def show_value(self, value: Value) -> None:
        self._box.setChecked(bool(value))

    @Slot(bool)
    def _on_clicked(self, is_on: bool) -> None:
        self.edited.emit(is_on)


class ChoiceEditor(Editor):
    """One of several."""

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__(look, row)
        self._select = Select(look, label=row.title)
        for choice in row.choices:
            self._select.addItem(choice.label, choice.value)
        self.adopt(self._select)
        self._select.activated.connect(self._on_activated)

    def show_value(self, value: Value) -> None:
        self._select.setCurrentIndex(self._select.findData(value))

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.edited.emit(self._select.itemData(index))


class NumberEditor(Editor):
    """A number with its unit. Up and Down step; an empty field, or the word, stands for "off" where that exists."""

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__(look, row)
        self._edit = _NumberEdit()
        self.box(self._edit, _NUMBER_WIDTH)
        self._edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.adopt(self._edit)
        if row.unit:
            unit = Label(look, row.unit, "body", "text.2")
            self.keep_width(unit, _UNIT_WIDTH)
            self.layout_.addWidget(unit)
        self._shown: float = 0
        self._edit.editingFinished.connect(self._on_finished)
        self._edit.stepped.connect(self._on_stepped)

    def show_value(self, value: Value) -> None:
        self._shown = float(value)
        self._edit.setText(self._text(float(value)))
        self._set_fault("")

    @Slot()
    def _on_finished(self) -> None:
        number = self._parse(self._edit.text())
        if number is None:
            self._set_fault(self._limits())
            return
        self._set_fault("")
        self._edit.setText(self._text(number))
        if number != self._shown:
            self._shown = number
            self.edited.emit(int(number) if self.row_data.kind == "whole" else number)

    @Slot(int)
    def _on_stepped(self, steps: int) -> None:
        row = self.row_data
        low = row.minimum if row.minimum is not None else float("-inf")
        high = row.maximum if row.maximum is not None else float("inf")
        number = self._parse(self._edit.text())
        number = (self._shown if number is None else number) + steps * row.step
        self._edit.setText(self._text(min(high, max(low, number))))
        self._on_finished()

    def _parse(self, text: str) -> float | None:
        row, cleaned = self.row_data, text.strip().replace(",", "").replace("\u202f", "")
        if row.off_label and cleaned.casefold() in ("", row.off_label.casefold()):
            return 0.0
        try:
            number = float(cleaned)
        except ValueError:
            return None
        if not math.isfinite(number) or (row.kind == "whole" and number != int(number)):
            return None
        if (row.minimum is not None and number < row.minimum) or (row.maximum is not None and number > row.maximum):
            return None
        return number

    def _text(self, number: float) -> str:
        if number == 0 and self.row_data.off_label:
            return self.row_data.off_label
        return f"{number:,.0f}" if number == int(number) else f"{number:g}"

    def _limits(self) -> str:
        row = self.row_data
        text = self.tr("A number from {low} to {high}.").format(low=_plain(row.minimum), high=_plain(row.maximum))
        return text + (self.tr(" Zero means “{off}”.").format(off=row.off_label) if row.off_label else "")

    def _set_fault(self, text: str) -> None:
        self._edit.setProperty("fault", "1" if text else "0")
        self._edit.style().unpolish(self._edit)
        self._edit.style().polish(self._edit)
        self.faulted.emit(text)


class TextEditor(Editor):
    """A line of text."""

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__(look, row)
        self.edit = QLineEdit()
        self.box(self.edit, _FOLDER_WIDTH)
        self.adopt(self.edit)
        self.edit.editingFinished.connect(self._on_finished)
        self._shown = ""

    def show_value(self, value: Value) -> None:
        self._shown = str(value)
        self.edit.setText(self._shown)
        self.edit.setToolTip(self._shown)

    @Slot()
    def _on_finished(self) -> None:
        text = self.edit.text().strip()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)


class FolderEditor(TextEditor):
    """A folder, typed or chosen."""

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__(look, row)
        self.edit.setPlaceholderText(self.tr("In the profile"))
        browse = Button(look, self.tr("Browse…"), size="normal")
        browse.setAccessibleName(self.tr("Browse for {name}").format(name=row.title))
        browse.clicked.connect(self._on_browse)
        self.layout_.addWidget(browse)

    @Slot()
    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.row_data.title, self.edit.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, folder: str) -> None:
        self.show_value(folder)
        self.edited.emit(folder)


class _NumberEdit(QLineEdit):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        if event.key() in steps and not event.modifiers():
            self.stepped.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)


def make_editor(look: Look, row: Row) -> Editor:
    """The control for a setting of this kind."""
    match row.kind:
        case "switch":
            return SwitchEditor(look, row)
        case "choice":
            return ChoiceEditor(look, row)
        case "whole" | "number":
            return NumberEditor(look, row)
        case "folder":
            return FolderEditor(look, row)
        case "text":
            return TextEditor(look, row)


def _plain(number: float | None) -> str:
    return "…" if number is None else f"{number:,.0f}" if number == int(number) else f"{number:g}"
