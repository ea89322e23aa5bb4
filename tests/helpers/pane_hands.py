"""A person's hands on the panes of a request: opens one by its tab, and sets its rows by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from tests.helpers.window import Desk
from tests.helpers.workspaces import come_back

from wireyard.gui.request.auth_pane import AuthPane
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.session.wording.model import RemedyId

_MOST_TYPED = 24


async def open_pane(desk: Desk, key: str) -> QWidget:
    """Click the pane's tab; gives the pane."""
    panes = desk.tab.panes
    place = panes.tabs.tabRect(panes.index_of(key)).center()
    QTest.mouseClick(panes.tabs, Qt.MouseButton.LeftButton, pos=place)
    pane = panes.pane(key)
    await desk.until(pane.isVisible, f"the pane {key}")
    return pane


async def fill_in(desk: Desk, settings: Mapping[str, str]) -> None:
    """Set rows of the Settings pane: ``tls.ca_file``: a text, ``proxy.mode``: a choice by its label, ``tls.verify``:
    on or off, ``network.max_redirects``: a number."""
    if not settings:
        return
    pane = await open_pane(desk, "settings")
    assert isinstance(pane, SettingsPane)
    for key, value in settings.items():
        row = pane.row(*key.split(".", 1))
        pane.ensureWidgetVisible(row)
        assert row.isEnabled(), key
        _set(row.control, value)
        assert not row.fault, row.fault
    await come_back(desk)


def _set(control: QWidget, value: str) -> None:
    if (choice := control.findChild(QComboBox)) is not None:
        _choose(choice, value)
    elif (line := control.findChild(QLineEdit)) is not None:
        _write(line, value)
        QTest.keyClick(line, Qt.Key.Key_Tab)
    elif (text := control.findChild(QPlainTextEdit)) is not None:
        _write(text, value)
    elif (switch := control.findChild(QAbstractButton)) is not None:
        if switch.isChecked() != (value == "on"):
            QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    else:
        raise LookupError(control)


def _choose(choice: QComboBox, label: str) -> None:
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Home)
    for _ in range(choice.count()):
        if choice.currentText() == label:
            return
        QTest.keyClick(choice, Qt.Key.Key_Down)
    raise LookupError(label)


def _write(edit: QWidget, text: str) -> None:
    target = edit.viewport() if isinstance(edit, QPlainTextEdit) else edit
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    if len(text) > _MOST_TYPED:
        QApplication.clipboard().setText(text)  # nobody types a path or a fingerprint
        QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.keyClicks(edit, text)


async def press_connect(desk: Desk) -> None:
    """Press F5 until it is taken: so soon after the last time it may be a double click, and is not."""
    before = desk.state
    await desk.until(lambda: desk.press("F5") or desk.state is not before, "another state after F5")


async def sign_in(desk: Desk, kind: str, **fields: str) -> None:
    """Choose how to sign in by its label, in the Auth pane, and fill the fields in."""
    pane = await open_pane(desk, "auth")
    assert isinstance(pane, AuthPane)
    choice = pane.findChild(QComboBox)
    assert choice is not None
    _choose(choice, kind)
    for name, value in fields.items():
        control = pane.control(name)
        pane.ensureWidgetVisible(control)
        _set(control, value)
    await come_back(desk)


async def add_header(desk: Desk, name: str, value: str) -> None:
    """Type a header into the first free row of the Headers pane."""
    await open_pane(desk, "headers")
    take_keyboard = getattr(desk.tab.panes.pane("headers"), "take_keyboard")  # noqa: B009 - every pane has it
    take_keyboard()
    for text in (name, value):
        for char in text:
            desk.type(char)  # a cell becomes an editor with the first
        await come_back(desk)
        desk.press("Tab")
    desk.press("Escape")


def take(desk: Desk, remedy_id: RemedyId) -> None:
    """Press the button of a remedy in the view of a failure."""
    words = desk.tab.failure_view.words
    assert words is not None
    remedy = next((remedy for remedy in words.remedies if remedy.id == remedy_id), None)
    assert remedy is not None, f"no {remedy_id} among {[each.id for each in words.remedies]}"
    button = desk.button(remedy.button, desk.tab.failure_view)
    desk.tab.failure_view.ensureWidgetVisible(button)
    desk.click(button)
