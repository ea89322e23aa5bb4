"""What a folder gives to its requests, edited in its sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.gui.request.grid_model import NAME
from wireyard.gui.request.level_sheet import LevelSheet, open_level_sheet
from wireyard.workspace.model import Field, RequestFile, Variable

COLLECTION = "wireyard: 1\n# ours\nheaders:\n- name: X-Tenant\n  value: berlin\n"
FILES = {
    "Orders/collection.yaml": COLLECTION,
    "Orders/Live/folder.yaml": "wireyard: 1\n",
    "Orders/Live/One.ws.yaml": "wireyard: 1\nurl: ws://127.0.0.1:1/\n",
}


async def opened(desk: Desk, id_: str) -> tuple[Path, LevelSheet]:
    root = await open_workspace(desk, FILES)
    sheet = open_level_sheet(desk.workbench.services, desk.window, id_)
    assert sheet is not None
    await desk.until(sheet.isVisible)
    return root, sheet


def type_in(text: str) -> None:
    """Type into whatever has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


@windowed
async def test_a_header_for_all_requests_is_added_by_keyboard(desk: Desk) -> None:
    root, sheet = await opened(desk, "Orders")
    assert not sheet.save_button.isEnabled()
    sheet.headers.view.edit_cell(1, 1)
    type_in("X-New")
    desk.window.activateWindow()
    await desk.until(desk.window.isActiveWindow)
    desk.press("Tab")
    for char in "1":
        desk.type(char)
    desk.press("Return")
    desk.click(sheet.save_button)
    await desk.until(lambda: not desk.is_sheet_open)
    text = (root / "Orders/collection.yaml").read_text(encoding="utf-8")
    assert "# ours" in text
    assert "X-New" in text
    tab = desk.window.open_request("Orders/Live/One.ws.yaml")
    await desk.until(lambda: tab.panes.tabs.accessibleTabName(2) == "Headers, 2")


@windowed
async def test_a_folder_inherits_from_its_collection(desk: Desk) -> None:
    _, sheet = await opened(desk, "Orders/Live")
    lines = [sheet.headers.model.index(row, 1).data() for row in range(sheet.headers.model.rowCount())]
    assert "X-Tenant" in lines
    sheet.reject()


@windowed
async def test_a_change_outside_meanwhile_is_joined(desk: Desk) -> None:
    root, sheet = await opened(desk, "Orders")
    (root / "Orders/collection.yaml").write_text(COLLECTION + "notes: theirs\n", encoding="utf-8")
    sheet.draft.change(headers=(Field(name="A", value="1"),))
    desk.click(sheet.save_button)
    await desk.until(lambda: not desk.is_sheet_open)
    text = (root / "Orders/collection.yaml").read_text(encoding="utf-8")
    assert "notes: theirs" in text
    assert "name: A" in text


@windowed
async def test_where_both_changed_the_same_it_is_told_first(desk: Desk) -> None:
    root, sheet = await opened(desk, "Orders")
    (root / "Orders/collection.yaml").write_text(COLLECTION.replace("berlin", "paris"), encoding="utf-8")
    sheet.draft.change(headers=(Field(name="X-Tenant", value="rome"),))
    desk.click(sheet.save_button)
    assert "changed outside" in sheet.fault
    assert "paris" in (root / "Orders/collection.yaml").read_text(encoding="utf-8")
    desk.click(sheet.save_button)
    await desk.until(lambda: not desk.is_sheet_open)
    assert "rome" in (root / "Orders/collection.yaml").read_text(encoding="utf-8")


@windowed
async def test_a_secret_of_a_folder_is_marked_and_given_by_keyboard(desk: Desk) -> None:
    root, sheet = await opened(desk, "Orders")
    secrets = desk.workbench.services.library.secrets
    secrets.use_session()
    sheet.tabs.setCurrentIndex(2)
    view = sheet.variables.kept.view
    sheet.variables.take_keyboard()
    view.edit_cell(0, NAME)
    type_in("pin")
    desk.press("Tab")
    desk.press("Escape")
    desk.press("Right")
    desk.press("Space")
    await desk.until(lambda: sheet.draft.edited.variables == {"pin": Variable(secret=True)})
    desk.press("Left")
    desk.press("Return")
    type_in("hush-hush")
    desk.press("Return")
    await desk.until(lambda: secrets.lookup("/Orders", "pin") == "hush-hush")
    desk.click(sheet.save_button)
    await desk.until(lambda: not desk.is_sheet_open)
    everything = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.yaml"))
    assert "pin:\n    secret: true\n" in everything
    assert "hush" not in everything
    tab = desk.window.open_request("Orders/Live/One.ws.yaml")
    value = desk.workbench.services.library.scope(tab.request_id, RequestFile(), {}).lookup("pin")
    assert value is not None
    assert (value.text, value.is_secret) == ("hush-hush", True)


@windowed
async def test_a_secret_deleted_from_a_folder_is_forgotten_with_save(desk: Desk) -> None:
    _, sheet = await opened(desk, "Orders")
    secrets = desk.workbench.services.library.secrets
    secrets.use_session()
    secrets.keep("/Orders", "pin", "hush-hush", lambda fault: None)
    await desk.until(lambda: secrets.lookup("/Orders", "pin") == "hush-hush")
    sheet.draft.change(variables={"pin": Variable(secret=True)})
    desk.click(sheet.save_button)
    await desk.until(lambda: not desk.is_sheet_open)
    again = open_level_sheet(desk.workbench.services, desk.window, "Orders")
    assert again is not None
    again.variables.kept.model.remove([0])
    assert secrets.lookup("/Orders", "pin") == "hush-hush"
    desk.click(again.save_button)
    await desk.until(lambda: secrets.lookup("/Orders", "pin") is None)
