"""Settings: what is inherited is named, what is set here can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from wireyard.gui.request.badges import settings_badge
from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import RequestFile


@pytest.fixture
def draft() -> RequestDraft:
    return RequestDraft(RequestFile(url="wss://h"))


@pytest.fixture
def pane(qtbot: QtBot, look: Look, draft: RequestDraft, context: Context) -> SettingsPane:
    made = SettingsPane(look, draft)
    qtbot.addWidget(made)
    made.set_context(context)
    made.resize(1000, 900)
    made.show()
    return made


def text(pane: SettingsPane, group: str, name: str) -> TextSetting:
    control = pane.row(group, name).control
    assert isinstance(control, TextSetting)
    return control


def test_every_row_says_where_its_value_comes_from(pane: SettingsPane, draft: RequestDraft) -> None:
    assert pane.row("tls", "ca_file").source == "Inherited from Orders"
    assert text(pane, "tls", "ca_file").text == "certs/ca.pem"
    assert pane.row("network", "open_timeout_s").source == "Inherited from Orders"
    assert pane.row("network", "ping_interval_s").source == "Default"
    assert not draft.is_dirty


def test_a_value_is_set_here_and_reset(qtbot: QtBot, pane: SettingsPane, draft: RequestDraft) -> None:
    text(pane, "tls", "ca_file").edit.set_text("mine.pem")
    row = pane.row("tls", "ca_file")
    assert (draft.edited.tls.ca_file, row.source) == ("mine.pem", "Set here")
    assert settings_badge(draft.edited) == "1"
    qtbot.mouseClick(row.reset_button, Qt.MouseButton.LeftButton)
    assert draft.edited.tls.ca_file is None
    assert text(pane, "tls", "ca_file").text == "certs/ca.pem"
    assert not draft.is_dirty


def test_an_emptied_value_is_none_where_something_is_inherited(pane: SettingsPane, draft: RequestDraft) -> None:
    text(pane, "tls", "ca_file").edit.set_text("")
    assert draft.edited.tls.ca_file == ""
    text(pane, "tls", "client_key").edit.set_text("a")
    text(pane, "tls", "client_key").edit.set_text("")
    assert draft.edited.tls.client_key is None


def test_subprotocols_keep_their_order(pane: SettingsPane, draft: RequestDraft) -> None:
    text(pane, "", "subprotocols").edit.set_text(" v2, v1 ,")
    assert draft.edited.subprotocols == ("v2", "v1")
    assert text(pane, "", "subprotocols").text == "v2, v1 ,"


def test_a_check_box_is_clicked(qtbot: QtBot, pane: SettingsPane, draft: RequestDraft) -> None:
    box = pane.row("tls", "verify").control.findChild(QAbstractButton)
    assert isinstance(box, QAbstractButton)
    assert box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert draft.edited.tls.verify is False


def test_a_number_out_of_range_is_told_and_not_taken(qtbot: QtBot, pane: SettingsPane, draft: RequestDraft) -> None:
    row = pane.row("network", "open_timeout_s")
    field = row.control.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText("99999")
    field.editingFinished.emit()
    assert row.fault == "A number from 0 to 3,600. Zero means “No limit”."
    assert draft.edited.network.open_timeout_s is None
    field.setText("5")
    field.editingFinished.emit()
    assert (row.fault, draft.edited.network.open_timeout_s) == ("", 5)


@pytest.mark.parametrize("width", [300, 700, 1600])
def test_nothing_is_wider_than_the_pane(qtbot: QtBot, pane: SettingsPane, look: Look, width: int) -> None:
    for zoom in (100, 200):
        look.set_zoom(zoom)
        pane.resize(max(width, look.px(360)), 600)
        qtbot.waitUntil(lambda: pane.viewport().width() >= pane.minimumSizeHint().width())
        content = pane.widget()
        assert content is not None
        assert content.minimumSizeHint().width() <= pane.viewport().width()
