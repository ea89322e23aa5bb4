"""The button of the environment: what it is called, what its menu offers, and switching by keyboard."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.environments.menu import EnvironmentButton
from wireyard.gui.theme.look import Look


@dataclass(frozen=True)
class Line:
    id: str
    name: str
    color: str = ""


LINES = (Line("local", "Local", "green"), Line("staging", "Staging", "amber"), Line("rnd", "R&D"))


@pytest.fixture
def button(look: Look, window: QWidget, qtbot: QtBot) -> EnvironmentButton:
    button = EnvironmentButton(look, window)
    button.set_environments(LINES, "staging")
    button.show()
    button.setFocus()
    return button


def open_menu(button: EnvironmentButton, qtbot: QtBot) -> QMenu:
    button.open_menu()
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_its_accessible_name_says_which_environment_is_in_use(button: EnvironmentButton) -> None:
    assert button.accessibleName() == "Environment: Staging"
    button.set_environments(LINES, "")
    assert button.accessibleName() == "Environment: No environment"


def test_the_menu_checks_the_one_in_use_and_ends_with_the_editor(button: EnvironmentButton) -> None:
    actions = button.menu_actions
    assert [action.text() for action in actions] == [
        "Local",
        "Staging",
        "R&&D",
        "No environment",
        "Edit environments…",
    ]
    assert [action.text() for action in actions if action.isChecked()] == ["Staging"]


def test_down_and_enter_switch_to_the_next_environment(button: EnvironmentButton, qtbot: QtBot) -> None:
    menu = open_menu(button, qtbot)
    with qtbot.waitSignal(button.chosen) as chosen:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert chosen.args == ["rnd"]


def test_choosing_the_one_in_use_changes_nothing(button: EnvironmentButton, qtbot: QtBot) -> None:
    menu = open_menu(button, qtbot)
    with qtbot.assertNotEmitted(button.chosen):
        qtbot.keyClick(menu, Qt.Key.Key_Return)


def test_the_last_entry_asks_for_the_editor(button: EnvironmentButton, qtbot: QtBot) -> None:
    with qtbot.waitSignal(button.edit_requested):
        button.menu_actions[-1].trigger()


def test_an_environment_that_is_gone_is_still_named(button: EnvironmentButton) -> None:
    button.set_environments(LINES[:1], "staging")
    assert button.accessibleName() == "Environment: staging"


def test_a_long_name_does_not_push_the_others_away(button: EnvironmentButton) -> None:
    button.set_environments((Line("x", "A very long name " * 9),), "x")
    assert button.sizeHint().width() < 220
