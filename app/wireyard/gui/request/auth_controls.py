"""The control of each field of Auth: all show a value, tell of another one, and know variables where they have any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wireyard.gui.request.auth_rows import AuthRow
from wireyard.gui.request.grid import FieldGrid
from wireyard.gui.request.message_setting import MessageSetting
from wireyard.gui.request.secret_setting import SecretSetting
from wireyard.gui.request.setting_kinds import choice
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.editors import Editor, make_editor
from wireyard.gui.widgets.variable_source import VariableSource
from wireyard.workspace.model import Field

_ROWS_WIDTH_PX, _ROWS_HEIGHT_PX = 420, 150

_Text = TextSetting | SecretSetting | MessageSetting


class Control:
    """One control as the pane uses it."""

    widget: QWidget

    def show(self, value: Any) -> None:
        """Show a value, without telling anybody."""
        raise NotImplementedError

    def on_edited(self, tell: Callable[[Any], None]) -> None:
        """Have ``tell`` called with every value that is put in by hand."""
        raise NotImplementedError

    def set_variables(self, source: VariableSource) -> None:
        """Say what has a value here."""

    def commit(self) -> None:
        """Take what is being typed."""


class _TextControl(Control):
    def __init__(self, widget: _Text) -> None:
        self.widget: QWidget = widget
        self._text: _Text = widget

    def show(self, value: Any) -> None:
        self._text.show_text(value)

    def on_edited(self, tell: Callable[[Any], None]) -> None:
        self._text.edited.connect(tell)

    def set_variables(self, source: VariableSource) -> None:
        self._text.set_variables(source)


class _ChoiceControl(Control):
    def __init__(self, editor: Editor) -> None:
        self.widget: QWidget = editor
        self._editor = editor

    def show(self, value: Any) -> None:
        self._editor.show_value(value)

    def on_edited(self, tell: Callable[[Any], None]) -> None:
        self._editor.edited.connect(tell)


class _RowsControl(Control):
    """Rows of name and value, in a grid of fixed size."""

    def __init__(self, look: Look, data: AuthRow) -> None:
        self._grid = FieldGrid(
            look,
            label=data.title,
            captions=(_tr("Name"), _tr("Value"), _tr("Note")),
            blank_words=_tr("Add a parameter"),
            mark="=",
            rule=lambda _row: None,
            bulk_hint=_tr("One parameter a line: name=value. “# ” in front switches it off."),
            has_notes=False,
        )
        self._look = look
        self.widget: QWidget = self._grid
        look.changed.connect(self._fit)
        self._fit()

    def show(self, value: Sequence[Field]) -> None:
        if self._grid.rows != tuple(value):
            self._grid.set_rows(value)

    def on_edited(self, tell: Callable[[Any], None]) -> None:
        self._grid.edited.connect(lambda: tell(self._grid.rows))

    def set_variables(self, source: VariableSource) -> None:
        self._grid.set_source(source)

    def commit(self) -> None:
        self._grid.commit()

    def _fit(self) -> None:
        self._grid.setFixedSize(self._look.px(_ROWS_WIDTH_PX), self._look.px(_ROWS_HEIGHT_PX))


def make_control(look: Look, data: AuthRow) -> Control:
    """The control for a field."""
    match data.control:
        case "text":
            return _TextControl(TextSetting(look, data.title, data.placeholder))
        case "secret":
            return _TextControl(SecretSetting(look, data.title, data.placeholder))
        case "message":
            return _TextControl(MessageSetting(look, data.title, data.placeholder))
        case "choice":
            return _ChoiceControl(make_editor(look, choice(data.field, data.title, data.help, *data.choices)))
        case "rows":
            return _RowsControl(look, data)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuthPane", text)
