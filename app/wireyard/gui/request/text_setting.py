"""A setting that is a text, with variables: a list of subprotocols, a file, a passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wireyard.gui.dialogs import ask_for_file
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.variable_line import VariableLineEdit
from wireyard.gui.widgets.variable_source import VariableSource

_WIDTH_PX = 300
_HEIGHT_PX = 32


class TextSetting(QWidget):
    """``edited`` carries the text after every change by hand."""

    edited = Signal(str)

    def __init__(
        self, look: Look, label: str, placeholder: str = "", *, files: list[str] | None = None, root: Path | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self._label = label
        self._files = files
        self._shown = ""
        self.root = root
        self.edit = VariableLineEdit(look, label, height=_HEIGHT_PX - 4)
        self.edit.setPlaceholderText(placeholder)
        self.setAccessibleName(label)
        self.setFocusProxy(self.edit)
        self._box = FieldBox(look, radius=7)
        self._box.set_editor(self.edit)
        self._inside = QHBoxLayout(self._box)
        self._inside.addWidget(self.edit)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._box, 1)
        if files is not None:
            browse = Button(look, self.tr("Browse…"))
            browse.setAccessibleName(self.tr("Browse for {name}").format(name=label))
            browse.clicked.connect(self._on_browse)
            self._row.addWidget(browse)
        self.edit.edited.connect(self._on_edited)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self.edit.text

    def show_text(self, text: str) -> None:
        """Show a text, without a signal."""
        self._shown = text
        if text != self.edit.text:
            self.edit.start_with(text)

    def set_variables(self, source: VariableSource) -> None:
        """Say what has a value here."""
        self.edit.set_variables(source)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    @Slot()
    def _on_browse(self) -> None:
        ask_for_file(self, self._label, self._files or [], self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        # Inside the workspace the path goes with it to other machines.
        if self.root is not None and path.is_relative_to(self.root):
            self.edit.set_text(path.relative_to(self.root).as_posix())
        else:
            self.edit.set_text(str(path))

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedWidth(look.px(_WIDTH_PX))
        self._box.setFixedHeight(look.px(_HEIGHT_PX))
        self._inside.setContentsMargins(look.px(9), 0, look.px(9), 0)
        self._row.setSpacing(look.px(6))
