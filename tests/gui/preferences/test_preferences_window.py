"""The Settings window shows every setting, changes it at once, refuses what is out of range, and finds by word."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.preferences.preferences_window import PreferencesWindow
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.form import FormRow
from wireyard.settings.model import Settings
from wireyard.settings.rows import topics, with_value

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> PreferencesWindow:
    window = PreferencesWindow(look, Settings())
    qtbot.addWidget(window)
    window.show()
    return window


def part(window: PreferencesWindow, key: str, kind: type[W]) -> W:
    found = window.editor(key).findChild(kind)
    assert isinstance(found, kind)
    return found


def rows(window: PreferencesWindow) -> list[FormRow]:
    return [row for row in window.findChildren(FormRow) if row.isVisible()]


def test_every_setting_has_a_named_control(window: PreferencesWindow) -> None:
    for topic in topics():
        for row in topic.rows:
            control = window.editor(row.key).focusProxy()
            assert control is not None
            assert control.accessibleName() == row.title


def test_a_switch_changes_at_once(window: PreferencesWindow, qtbot: QtBot) -> None:
    box = part(window, "general.echo_server", QCheckBox)
    with qtbot.waitSignal(window.settings_changed):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert window.settings.general.echo_server is False


def test_a_choice_changes_by_keyboard(window: PreferencesWindow, qtbot: QtBot) -> None:
    window.show_topic("appearance")
    select = part(window, "appearance.scheme", QComboBox)
    with qtbot.waitSignal(window.settings_changed):
        qtbot.keyClick(select, Qt.Key.Key_Down)
    assert window.settings.appearance.scheme == "light"


def test_a_number_is_taken_with_enter_and_can_be_reset(window: PreferencesWindow, qtbot: QtBot) -> None:
    window.show_topic("network")
    field = part(window, "network.open_timeout_s", QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.settings.network.open_timeout_s == 30
    reset = next(b for b in window.findChildren(Button) if b.isVisible() and b.text() == "Reset")
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert window.settings == Settings()
    assert field.text() == "10"


@pytest.mark.parametrize("typed", ["0", "-1", "abc", "1e9", "nan"])
def test_what_is_out_of_range_is_explained_and_not_taken(window: PreferencesWindow, qtbot: QtBot, typed: str) -> None:
    window.show_topic("network")
    field = part(window, "network.close_timeout_s", QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    with qtbot.assertNotEmitted(window.settings_changed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert any("A number from 0.1 to 300" in label.text() for label in window.findChildren(type(window._nothing)))


def test_zero_reads_as_what_it_means(window: PreferencesWindow) -> None:
    window.show_settings(with_value(Settings(), "network.ping_interval_s", 0.0))
    assert part(window, "network.ping_interval_s", QLineEdit).text() == "Never"


def test_arrow_keys_step_a_number(window: PreferencesWindow, qtbot: QtBot) -> None:
    window.show_topic("appearance")
    field = part(window, "appearance.zoom_percent", QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert window.settings.appearance.zoom_percent == 110


def test_search_finds_rows_of_every_topic(window: PreferencesWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.search.edit, "timeout")
    assert {row.control for row in rows(window)} == {
        window.editor("network.open_timeout_s"),
        window.editor("network.close_timeout_s"),
    }


def test_search_says_when_nothing_is_called_so(window: PreferencesWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.search.edit, "zzz")
    assert rows(window) == []
    assert window._nothing.isVisible()
