"""The table of commands."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from wireyard.gui.commands import COMMANDS, GROUPS, shown_keys


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("Ctrl+Shift+T", "Ctrl Shift T"), ("Return", "↵"), ("Ctrl++", "Ctrl +"), ("F5", "F5"), ("+", "+")],
)
def test_keys_are_shown_with_blanks_between_them(keys: str, shown: str) -> None:
    assert shown_keys(keys) == shown


def test_no_two_commands_of_the_window_have_the_same_key() -> None:
    counted = Counter(key for command in COMMANDS if not command.is_local for key in command.keys)
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert [key for key in keys if QKeySequence(key).isEmpty()] == []


def test_every_group_is_one_of_the_page_of_keys() -> None:
    assert {command.group for command in COMMANDS} == set(GROUPS)
