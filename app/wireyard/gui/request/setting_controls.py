"""The control of each kind of setting row, and the ways in which it shows a value and tells of another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from wireyard.gui.request.checks_setting import ChecksSetting
from wireyard.gui.request.chips_settings import Messages, OpeningSetting, ProtocolsSetting
from wireyard.gui.request.list_setting import ListSetting
from wireyard.gui.request.setting_kinds import AnyRow, ChecksRow, ChipsRow
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.editors import make_editor
from wireyard.settings.rows import Row


class Control(NamedTuple):
    """``show`` shows a value without a signal; ``edited`` carries one that was put in by hand, ``faulted`` what is
    wrong with it."""

    widget: QWidget
    show: Callable[[Any], None]
    edited: SignalInstance
    faulted: SignalInstance | None = None


def make_control(look: Look, data: AnyRow, messages: Messages) -> Control:
    """The control for a row. ``messages`` gives the request's saved messages, None where there is no request."""
    if isinstance(data, Row):
        editor = make_editor(look, data)
        return Control(editor, editor.show_value, editor.edited, editor.faulted)
    if isinstance(data, ChipsRow):
        kind = ProtocolsSetting if data.of == "protocols" else partial(OpeningSetting, messages=messages)
        chips = kind(look, data.title, data.placeholder)
        return Control(chips, chips.show_value, chips.edited, chips.faulted)
    if isinstance(data, ChecksRow):
        checks = ChecksSetting(look, data.title, data.choices)
        return Control(checks, checks.show_value, checks.edited)
    if data.form == "text":
        text = TextSetting(look, data.title, data.placeholder, files=data.files)
        return Control(text, text.show_text, text.edited)
    listed = ListSetting(look, data.title, data.placeholder, data.form)
    return Control(listed, listed.show_list, listed.listed, listed.faulted)
