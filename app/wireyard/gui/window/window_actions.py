"""The window's commands as Qt actions: their keys, and the menu of the app mark."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.commands import COMMANDS


def make_actions(window: QWidget, menu: QMenu, run: Callable[[str], None], go_to: Callable[[int], None]) -> None:
    """Give the window an action for each command, and the menu those that belong there.

    ``go_to`` brings the tab of a number, from 0, to the front.
    """
    group = ""
    for command in COMMANDS:
        if command.is_local:
            continue
        text = QCoreApplication.translate("Commands", command.text)
        action = _add(window, text, command.keys, partial(run, command.name))
        if command.in_menu:
            if group and group != command.group:
                menu.addSeparator()
            group = command.group
            menu.addAction(action)
    for number in range(1, 10):
        _add(window, "", (f"Ctrl+{number}",), partial(go_to, number - 1))
        _add(window, "", (f"Alt+{number}",), partial(run, f"send_saved_{number}"))


def _add(window: QWidget, text: str, keys: tuple[str, ...], act: Callable[[], None]) -> QAction:
    def triggered(_checked: bool = False) -> None:
        act()

    action = QAction(text, window)
    action.setShortcuts([QKeySequence(_for_this_system(sequence)) for sequence in keys])
    action.triggered.connect(triggered)
    window.addAction(action)
    return action


def _for_this_system(sequence: str) -> str:
    # On a Mac the Option key types characters; Qt calls its Control key Meta.
    is_digit = sequence.startswith("Alt+") and sequence[4:].isdecimal()
    return sequence.replace("Alt", "Meta") if is_digit and sys.platform == "darwin" else sequence
