"""A request in a tab and its file: saved, changed outside, gone, kept over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from tests.gui.window.test_main_window import cut, nameless, overlaps
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back, open_workspace

from wireyard.gui.composer.draft import Draft
from wireyard.gui.request.conflict_sheet import ConflictSheet
from wireyard.gui.request.message_sheet import MessageSheet
from wireyard.gui.request.save_sheet import SaveSheet
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.window.questions import SaveQuestion
from wireyard.workspace.model import Field, SavedMessage

ONE = "Orders/One.ws.yaml"
FILES = {
    "Orders/collection.yaml": "wireyard: 1\n",
    ONE: "wireyard: 1\n# by hand\nurl: ws://127.0.0.1:1/chat\nnotes: old\n",
}


def file_of(root: Path) -> str:
    return (root / ONE).read_text(encoding="utf-8")


async def saved(desk: Desk, root: Path, part: str) -> None:
    await desk.until(lambda: part in file_of(root), f"{part!r} in the file")


@windowed
async def test_a_new_request_is_saved_under_a_name_with_the_keyboard(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.press("Ctrl+T")
    desk.type("ws://127.0.0.1:1/stream?room=1")
    desk.press("Ctrl+S")
    await desk.until(lambda: desk.sheet(SaveSheet))
    sheet = desk.sheet(SaveSheet)
    assert sheet is not None
    assert sheet.name.text() == "stream"
    desk.type("Live")
    desk.press("Return")
    await desk.until(lambda: desk.tab.request_id == "Orders/Live.ws.yaml")
    assert desk.tab.title == "Live"
    assert not desk.tab.is_dirty
    text = (root / "Orders/Live.ws.yaml").read_text(encoding="utf-8")
    assert "url: ws://127.0.0.1:1/stream\n" in text
    assert "room" in text


@windowed
async def test_saving_changes_one_line_and_takes_the_dot_away(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    assert not tab.tab_facts().is_dirty
    desk.press("Ctrl+L")
    desk.press("End")
    desk.type("2")
    assert tab.tab_facts().is_dirty
    desk.press("Ctrl+S")
    await saved(desk, root, "chat2")
    assert file_of(root) == FILES[ONE].replace("chat", "chat2")
    assert not tab.tab_facts().is_dirty


@windowed
async def test_address_and_params_are_one(desk: Desk) -> None:
    await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    tab.bar.change_address("ws://127.0.0.1:1/chat?a=1&live")
    assert [(row.name, row.value) for row in tab.document.draft.params] == [("a", "1"), ("", "live")]
    desk.press("Ctrl+Shift+2")
    tab.document.draft.set_params([*tab.document.draft.params, Field(name="b", value="2")])
    assert tab.bar.address == "ws://127.0.0.1:1/chat?a=1&live&b=2"
    assert tab.panes.tabs.accessibleTabName(1) == "Params, 3"


@windowed
async def test_a_change_outside_is_shown_at_once(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    (root / ONE).write_text(FILES[ONE].replace("chat", "news"), encoding="utf-8")
    await desk.until(lambda: tab.bar.address.endswith("/news"))
    assert not tab.is_dirty
    assert tab.notices.topics == ()


@windowed
async def test_what_only_they_changed_joins_my_edits(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    tab.bar.change_address("ws://mine/")
    (root / ONE).write_text(FILES[ONE].replace("old", "new"), encoding="utf-8")
    await desk.until(lambda: tab.document.draft.edited.notes == "new")
    assert tab.bar.address == "ws://mine/"
    assert tab.notices.topics == ()
    desk.press("Ctrl+S")
    await saved(desk, root, "ws://mine/")
    assert "notes: new" in file_of(root)


async def both_change(desk: Desk) -> Path:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    tab.bar.change_address("ws://mine/")
    (root / ONE).write_text(FILES[ONE].replace("ws://127.0.0.1:1/chat", "ws://theirs/"), encoding="utf-8")
    await desk.until(lambda: "file" in tab.notices.topics)
    assert tab.bar.address == "ws://mine/"
    desk.press("Ctrl+S")
    await desk.until(lambda: desk.sheet(ConflictSheet))
    assert "ws://theirs/" in desk.all_text()
    assert "ws://theirs/" in file_of(root)
    return root


@windowed
async def test_where_both_changed_the_same_mine_can_be_kept(desk: Desk) -> None:
    root = await both_change(desk)
    desk.press("Return")
    await saved(desk, root, "ws://mine/")
    assert "# by hand" in file_of(root)
    assert desk.tab.notices.topics == ()
    assert not desk.tab.is_dirty


@windowed
async def test_where_both_changed_the_same_theirs_can_be_taken(desk: Desk) -> None:
    root = await both_change(desk)
    desk.click(desk.button("Take theirs", desk.sheet(ConflictSheet)))
    await desk.until(lambda: desk.tab.bar.address == "ws://theirs/")
    assert not desk.tab.is_dirty
    assert "ws://theirs/" in file_of(root)


@windowed
async def test_where_both_changed_the_same_mine_can_be_a_copy(desk: Desk) -> None:
    root = await both_change(desk)
    desk.click(desk.button("Save mine as a copy", desk.sheet(ConflictSheet)))
    await desk.until(lambda: desk.tab.bar.address == "ws://theirs/")
    copies = [path for path in (root / "Orders").glob("*.ws.yaml") if path.name != "One.ws.yaml"]
    assert ["ws://mine/" in path.read_text(encoding="utf-8") for path in copies] == [True]


@windowed
async def test_a_file_that_is_gone_is_made_again(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    (root / ONE).unlink()
    await desk.until(lambda: "file" in tab.notices.topics)
    assert tab.is_dirty
    desk.press("Ctrl+S")
    await desk.until((root / ONE).exists)
    assert "ws://127.0.0.1:1/chat" in file_of(root)
    assert tab.notices.topics == ()
    assert not tab.is_dirty


@windowed
async def test_a_file_that_went_away_between_two_starts_is_made_again(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE).bar.change_address("ws://mine/")
    await desk.leave()
    (root / ONE).unlink()
    desk.start()
    await desk.until(lambda: "file" in desk.tab.notices.topics)
    bar = desk.tab.notices.bar("file")
    assert bar is not None
    assert "is gone" in bar.text
    desk.press("Ctrl+S")
    await desk.until((root / ONE).exists)
    assert "ws://mine/" in file_of(root)
    assert desk.tab.notices.topics == ()


@windowed
async def test_where_the_collection_is_gone_too_a_new_place_is_asked_for(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE)
    library = desk.workbench.services.library
    library.delete(["Orders"], "Deleted")
    await desk.until(lambda: library.tree is not None and not library.tree.items)
    desk.press("Ctrl+S")
    await desk.until(lambda: desk.sheet(SaveSheet))
    desk.press("Return")
    await desk.until((root / "My requests/One.ws.yaml").exists)
    assert not desk.tab.is_dirty


@windowed
async def test_a_draft_of_a_file_that_broke_between_two_starts_is_saved_elsewhere(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE).bar.change_address("ws://mine/")
    await desk.leave()
    (root / ONE).write_text("wireyard: [\n", encoding="utf-8")
    desk.start()
    await desk.until(lambda: "file" in desk.tab.notices.topics)
    desk.press("Ctrl+S")
    await desk.until(lambda: desk.sheet(SaveSheet))
    desk.type("Two")
    desk.press("Return")
    await desk.until((root / "Orders/Two.ws.yaml").exists)
    assert file_of(root) == "wireyard: [\n"


@windowed
async def test_a_broken_file_is_told_of_and_not_written_over(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    tab.bar.change_address("ws://mine/")
    (root / ONE).write_text("wireyard: [\n", encoding="utf-8")
    await desk.until(lambda: "file" in tab.notices.topics)
    bar = tab.notices.bar("file")
    assert bar is not None
    assert "line" in bar.text
    desk.press("Ctrl+S")
    assert file_of(root) == "wireyard: [\n"
    assert tab.bar.address == "ws://mine/"


@windowed
async def test_closing_a_tab_with_unsaved_edits_asks(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE).bar.change_address("ws://mine/")
    desk.press("Ctrl+W")
    await desk.until(lambda: desk.sheet(SaveQuestion))
    desk.press("Escape")
    await desk.until(lambda: not desk.is_sheet_open)
    assert desk.tab.is_dirty
    desk.press("Ctrl+W")
    await desk.until(lambda: desk.sheet(SaveQuestion))
    desk.press("Return")
    await saved(desk, root, "ws://mine/")
    await desk.until(lambda: not [tab for tab in desk.window.tabs if tab.request_id])


@windowed
async def test_edits_that_are_not_saved_can_be_let_go(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE).bar.change_address("ws://mine/")
    desk.press("Ctrl+W")
    await desk.until(lambda: desk.sheet(SaveQuestion))
    desk.click(desk.button("Don't save", desk.sheet(SaveQuestion)))
    await desk.until(lambda: not [tab for tab in desk.window.tabs if tab.request_id])
    assert file_of(root) == FILES[ONE]


@windowed
async def test_unsaved_edits_label_values_and_pane_come_back_after_a_restart(desk: Desk) -> None:
    await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    tab.bar.change_address("ws://mine/?a=1")
    tab.document.draft.set_params([Field(name="a", value="1", note="why"), Field(name="off", off=True)])
    tab.set_label("Alice")
    tab.room.set_session_values({"user": "alice"})
    desk.press("Ctrl+Shift+2")
    await desk.restart()
    await desk.until(lambda: desk.tab.document.has_file)
    assert (desk.tab.title, desk.tab.request_id) == ("Alice", ONE)
    assert desk.tab.bar.address == "ws://mine/?a=1"
    assert desk.tab.document.draft.params[0].note == "why"
    assert desk.tab.is_dirty
    assert desk.tab.room.session_values == {"user": "alice"}
    assert desk.tab.panes.current == "params"


@windowed
async def test_what_others_changed_between_two_starts_is_not_written_over(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE).bar.change_address("ws://mine/")
    await desk.leave()
    (root / ONE).write_text(FILES[ONE].replace("ws://127.0.0.1:1/chat", "ws://theirs/"), encoding="utf-8")
    for _ in range(2):  # and the question outlives another start
        desk.start()
        await desk.until(lambda: "file" in desk.tab.notices.topics)
        assert desk.tab.bar.address == "ws://mine/"
        assert desk.tab.document.theirs is not None
        await desk.leave()


@windowed
async def test_messages_are_kept_loaded_ordered_and_deleted_with_undo(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    for name in ("join", "leave"):
        tab.panes.composer.set_draft(Draft("json", f'{{"type":"{name}"}}'))
        desk.click(tab.shelf.column.add_button)
        await desk.until(lambda: desk.sheet(MessageSheet))
        sheet = desk.sheet(MessageSheet)
        assert sheet is not None
        assert sheet.name.text() == name
        desk.press("Return")
        await saved(desk, root, f"name: {name}")
    assert not tab.is_dirty
    assert [one.name for one in tab.shelf.messages] == ["join", "leave"]
    tab.shelf.column.move_asked.emit(1, 0, "")
    assert [one.name for one in tab.shelf.messages] == ["leave", "join"]
    tab.open_message(1)
    assert tab.panes.composer.draft().text == '{"type":"join"}'
    tab.panes.composer.editor.set_text('{"type":"join","as":1}')
    desk.press("Ctrl+Shift+S")
    await saved(desk, root, '"as":1')
    tab.shelf.column.delete_asked.emit(0)
    assert [one.name for one in tab.shelf.messages] == ["join"]
    desk.click(desk.button("Undo"))
    assert [one.name for one in tab.shelf.messages] == ["leave", "join"]


@windowed
async def test_alt_and_a_number_send_a_saved_message(desk: Desk) -> None:
    async with serving(echo) as url:
        text = f"wireyard: 1\nurl: {url}\nmessages:\n- name: a\n  body: '1'\n- name: b\n  body: '[2]'\n"
        await open_workspace(desk, FILES | {ONE: text})
        desk.window.open_request(ONE)
        desk.press("Alt+2")
        await desk.until_state(ConnectionState.OPEN)
        await desk.until(lambda: desk.talk.received_count == 1)
        sent = [event for event in desk.events() if getattr(event, "payload", b"") == b"[2]"]
        assert len(sent) == 2


@windowed
async def test_a_file_that_comes_back_is_read_again_and_a_closed_tab_takes_nothing_from_the_other(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    desk.press("Ctrl+Shift+D")
    assert desk.tab is not tab
    desk.press("Ctrl+W")
    await desk.until(lambda: desk.tab is tab)
    (root / ONE).unlink()
    await desk.until(lambda: tab.notices.topics == ("file",))
    (root / ONE).write_text(FILES[ONE].replace("chat", "back"), encoding="utf-8")
    await desk.until(lambda: tab.bar.address.endswith("/back"))
    assert tab.notices.topics == ()
    assert not tab.is_dirty


@windowed
async def test_a_request_that_is_renamed_stays_in_its_tab(desk: Desk) -> None:
    await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    tab.bar.change_address("ws://mine/")
    library = desk.workbench.services.library
    new = library.rename(ONE, "Two")
    assert (tab.request_id, tab.title, tab.bar.address) == (new, "Two", "ws://mine/")
    desk.press("Ctrl+S")
    root = library.root
    assert root is not None
    await desk.until(lambda: "ws://mine/" in (root / new).read_text(encoding="utf-8"))


@windowed
async def test_a_deleted_request_is_there_again_after_undo(desk: Desk) -> None:
    await open_workspace(desk, FILES)
    tab = desk.window.open_request(ONE)
    desk.workbench.services.library.delete([ONE], "Deleted")
    assert tab.notices.topics == ("file",)
    desk.click(desk.button("Undo"))
    await desk.until(lambda: tab.notices.topics == ())
    assert not tab.is_dirty


@windowed
async def test_saving_takes_what_is_being_typed_into_a_cell(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE)
    desk.press("Ctrl+Shift+3")
    for char in "X-Half":
        desk.type(char)
    await come_back(desk)
    desk.press("Ctrl+S")
    await saved(desk, root, "X-Half")
    assert not desk.tab.is_dirty


@pytest.mark.parametrize(("width", "height", "zoom"), [(960, 600, 100), (1440, 900, 200), (1440, 900, 100)])
@windowed
async def test_panes_are_named_and_nothing_overlaps_or_is_cut(desk: Desk, width: int, height: int, zoom: int) -> None:
    faults: dict[str, list[str]] = {}
    await open_workspace(desk, FILES | {"Orders/collection.yaml": "wireyard: 1\nheaders:\n- name: A\n  value: b\n"})
    desk.workbench.services.settings.change("appearance.zoom_percent", zoom)
    desk.window.resize(width, height)
    tab = desk.window.open_request(ONE)
    tab.shelf.column.show_messages(ONE, (SavedMessage(name="hello", group="Some"),), 0)
    for key in ("message", "params", "headers", "settings", "variables", "notes"):
        tab.panes.show_pane(key)
        for _ in range(3):  # a layout that changes asks the one around it
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        found = [fault for part in (tab.bar, tab.panes) for fault in nameless(part) + overlaps(part) + cut(part)]
        if found:
            faults[key] = found
    assert faults == {}
