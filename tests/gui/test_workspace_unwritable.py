"""A workspace that can't be written, being read-only or on a full disk: it is said, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.helpers.rights import needs_permissions, protected
from tests.helpers.small_disk import fill, needs_mounting, small_disk
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace, write

from wireyard.gui.environments.editor_sheet import EnvironmentsSheet
from wireyard.gui.environments.grid_model import SHARED
from wireyard.gui.request.notices import Notices
from wireyard.gui.widgets.variable_line import VariableLineEdit
from wireyard.gui.window.questions import SaveQuestion

ONE, TWO = "Orders/One.ws.yaml", "Orders/Two.ws.yaml"
FILES = {
    "Orders/collection.yaml": "wireyard: 1\n",
    ONE: "url: ws://127.0.0.1:1/one\n",
    TWO: "url: ws://127.0.0.1:1/two\n",
    "environments/Staging.yaml": "variables:\n  host: a\n",
}


def folders_of(root: Path) -> list[Path]:
    return [root, root / "Orders", root / "environments"]


def contents(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def edit_address(desk: Desk, text: str) -> None:
    desk.press("Ctrl+L", "End")
    desk.type(text)


def said(desk: Desk) -> str:
    return " ".join(desk.texts())


def editor_with(sheet: EnvironmentsSheet, text: str) -> VariableLineEdit | None:
    return next((each for each in sheet.view.findChildren(VariableLineEdit) if each.text == text), None)


@needs_permissions
@windowed
async def test_a_draft_stays_where_its_file_can_not_be_written_and_is_saved_later(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    before = contents(root)
    tab = desk.window.open_request(ONE)
    edit_address(desk, "/edited")
    with protected(*folders_of(root)):
        desk.press("Ctrl+S")
        reason = f"Not saved. {ONE} can't be saved: permission denied. Its folder has to be writable for you."
        await desk.until(lambda: reason in said(desk), "why it is not saved")
        assert (tab.is_dirty, contents(root)) == (True, before)
        await desk.restart()
        await desk.until(lambda: desk.tab.request_id == ONE and desk.tab.is_dirty, "the draft")
        assert desk.tab.bar.address.endswith("/one/edited")
    desk.press("Ctrl+S")
    await desk.until(lambda: "/one/edited" in (root / ONE).read_text(), "the saved file")
    assert not desk.tab.is_dirty
    (notices,) = desk.tab.findChildren(Notices)
    assert not notices.isVisible()


@needs_permissions
@windowed
async def test_a_tab_that_can_not_be_saved_is_not_closed(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    before = contents(root)
    tab = desk.window.open_request(ONE)
    edit_address(desk, "/edited")
    with protected(*folders_of(root)):
        desk.press("Ctrl+W")
        await desk.until(lambda: desk.sheet(SaveQuestion))
        desk.press("Return")  # Save, which is where the keyboard is
        await desk.until(lambda: "Not saved." in said(desk), "why it is not saved")
    assert (tab in list(desk.window.tabs), tab.is_dirty, contents(root)) == (True, True, before)
    await desk.until(lambda: not desk.is_sheet_open)
    desk.press("Ctrl+W")
    await desk.until(lambda: desk.sheet(SaveQuestion))
    desk.press("Escape")
    await desk.until(lambda: not desk.is_sheet_open)
    assert tab in list(desk.window.tabs)
    desk.press("Ctrl+W")
    await desk.until(lambda: desk.sheet(SaveQuestion))
    desk.press("Shift+Tab", "Return")  # Don't save
    await desk.until(lambda: tab not in list(desk.window.tabs), "the tab gone")
    assert contents(root) == before


@needs_permissions
@windowed
async def test_a_saved_message_that_can_not_be_deleted_or_kept_is_still_what_it_was(desk: Desk) -> None:
    files = FILES | {ONE: FILES[ONE] + "messages:\n  - name: Hello\n    format: text\n    body: hi\n"}
    root = await open_workspace(desk, files)
    before = contents(root)
    desk.window.open_request(ONE)
    desk.press("Alt+Shift+C")
    tree = desk.focus
    desk.press("Right", "Right")
    with protected(*folders_of(root)):
        desk.press("Del")
        await desk.until(lambda: f"{ONE} can't be saved: permission denied." in "".join([said(desk), *desk.toasts]))
        tree.setFocus()
        desk.press("Ctrl+D")
        await desk.until(lambda: len([text for text in desk.toasts if ONE in text]) == 2)
    assert contents(root) == before


@needs_permissions
@windowed
async def test_what_the_tree_can_not_do_is_said_with_the_file_and_undone_in_full(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    before = contents(root)
    desk.window.open_request(TWO)
    desk.press("Alt+Shift+C")
    tree = desk.focus
    for keys, words in (
        (("Del",), f"{TWO} can't be deleted: permission denied."),
        (("Ctrl+D",), f"{TWO} can't be copied: permission denied."),
        (("Alt+Shift+Up",), "Orders/collection.yaml can't be saved: permission denied."),
        (("Alt+Shift+N",), "Orders/New request.ws.yaml can't be saved: permission denied."),
        (("Alt+Shift+K",), "New collection/collection.yaml can't be saved: permission denied."),
    ):
        tree.setFocus()
        with protected(*folders_of(root)):
            desk.press(*keys)
        await desk.until_toast(words)
    with protected(*folders_of(root)):
        tree.setFocus()
        desk.press("F2")
        desk.press("Ctrl+A")
        desk.type("Renamed")
        desk.press("Return")
        await desk.until_toast(f"{TWO} can't be moved: permission denied.")
    assert contents(root) == before
    assert not [path for path in desk.profile.trash.glob("*") if path.is_dir()]


@needs_permissions
@windowed
async def test_a_value_that_can_not_be_written_stays_in_its_cell(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    before = contents(root)
    desk.press("Ctrl+Shift+V")
    await desk.until(lambda: desk.sheet(EnvironmentsSheet))
    sheet = desk.sheet(EnvironmentsSheet)
    assert sheet is not None
    with protected(*folders_of(root)):
        sheet.view.edit_cell(0, SHARED)
        desk.type("typed with care")
        desk.press("Return")
        assert "environments/Staging.yaml can't be saved: permission denied." in sheet.problem.text()
        await desk.until(lambda: editor_with(sheet, "typed with care"), "the editor again")
        desk.click(desk.button("Close", sheet))
        assert sheet.isVisible()
        assert contents(root) == before
        await desk.until(lambda: editor_with(sheet, "typed with care"), "the editor again")
    editor = editor_with(sheet, "typed with care")
    assert editor is not None
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await desk.until(lambda: "typed with care" in contents(root)["environments/Staging.yaml"], "the saved value")
    assert not sheet.problem.text()
    desk.click(desk.button("Close", sheet))
    await desk.until(lambda: not desk.is_sheet_open)


@needs_permissions
@windowed
async def test_a_value_that_was_given_up_keeps_nobody_in_the_editor(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.press("Ctrl+Shift+V")
    await desk.until(lambda: desk.sheet(EnvironmentsSheet))
    sheet = desk.sheet(EnvironmentsSheet)
    assert sheet is not None
    with protected(*folders_of(root)):
        sheet.view.edit_cell(0, SHARED)
        desk.type("not worth it")
        desk.press("Return")
        await desk.until(lambda: editor_with(sheet, "not worth it"), "the editor again")
        desk.press("Escape")
        await desk.until(lambda: not sheet.view.is_editing)
        desk.click(desk.button("Close", sheet))
        await desk.until(lambda: not desk.is_sheet_open)


@needs_permissions
@windowed
async def test_an_environment_that_can_not_be_made_leaves_the_name_of_the_other_alone(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.press("Ctrl+Shift+V")
    await desk.until(lambda: desk.sheet(EnvironmentsSheet))
    sheet = desk.sheet(EnvironmentsSheet)
    assert sheet is not None
    with protected(*folders_of(root)):
        desk.click(sheet.list.add)
    assert "New environment.yaml can't be saved" in sheet.problem.text()
    assert not sheet.head.isAncestorOf(desk.focus)
    sheet.accept()


@needs_mounting
@windowed
async def test_a_disk_that_fills_while_saving_costs_nothing(desk: Desk, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "128k"):
        root = tmp_path / "disk" / "team"
        write(root, FILES)
        desk.window.open_workspace(root)
        await desk.until(lambda: desk.workbench.services.library.tree is not None)
        tab = desk.window.open_request(ONE)
        edit_address(desk, "/" + "x" * 200)
        tab.document.draft.change(notes="n" * 30_000)
        before = contents(root)
        filler = fill(tmp_path / "disk")
        desk.press("Ctrl+S")
        await desk.until(lambda: "no space left on device. Make room on the disk" in said(desk), "that it is full")
        assert tab.is_dirty
        assert contents(root) == before
        filler.unlink()
        desk.press("Ctrl+S")
        await desk.until(lambda: not tab.is_dirty, "the saved request")
        assert "n" * 30_000 in contents(root)[ONE]
        await desk.leave()
