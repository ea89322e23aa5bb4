"""The saved messages of a tab: which one stands ready, and what is never put aside for it."""

from __future__ import annotations

from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

ONE = "Orders/One.ws.yaml"
MESSAGES = """messages:
  - name: Hello
    body: '[1]'
  - name: Bye
    format: base64
    send_as: binary
    body: Ynll
"""
FILES = {
    "Orders/collection.yaml": "wireyard: 1\n",
    ONE: f"wireyard: 1\nurl: ws://127.0.0.1:1/\n{MESSAGES}",
    "Orders/None.ws.yaml": "wireyard: 1\nurl: ws://127.0.0.1:1/\n",
}


@windowed
async def test_the_first_message_stands_ready_and_counts_as_nothing_to_lose(desk: Desk) -> None:
    await open_workspace(desk, FILES)
    desk.window.open_request(ONE, "keep")
    assert (desk.tab.panes.composer.draft().text, desk.tab.shelf.loaded) == ("[1]", 0)
    assert not desk.tab.has_work
    desk.window.open_request("Orders/None.ws.yaml", "keep")
    assert (desk.tab.panes.composer.draft().text, desk.tab.shelf.loaded) == ("", -1)


@windowed
async def test_what_was_being_written_comes_back_in_its_format(desk: Desk) -> None:
    await open_workspace(desk, FILES)
    desk.window.open_request(ONE, "keep")
    desk.tab.open_message(1)
    desk.press("Ctrl+Shift+1")
    desk.press("Ctrl+A")
    desk.type("AAEC")
    before = desk.tab.panes.composer.draft()
    assert before.format == "base64"
    await desk.restart()
    await desk.until(lambda: desk.tab.document.has_file)
    assert desk.tab.panes.composer.draft() == before


@windowed
async def test_an_emptied_composer_stays_empty_whatever_the_file_says_then(desk: Desk) -> None:
    root = await open_workspace(desk, FILES)
    desk.window.open_request(ONE, "keep")
    desk.press("Ctrl+Shift+1")
    desk.press("Ctrl+A", "Del")
    (root / ONE).write_text(FILES[ONE].replace("[1]", "[2]"))
    await desk.until(lambda: desk.tab.shelf.messages[0].body == "[2]")
    assert desk.tab.panes.composer.draft().text == ""
