"""Tabs, drafts and filters come back after a restart; titles and tips never show a secret."""

from __future__ import annotations

import os
import stat

import pytest
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed

from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.composer.draft import Draft
from wireyard.gui.tabs.welcome_tab import WelcomeTab
from wireyard.gui.widgets.state import ConnectionState
from wireyard.recording.search import RowFilter
from wireyard.settings.tabs import SavedTab, SavedTabs, load_tabs, save_tabs


@windowed
async def test_tabs_drafts_and_filters_come_back_and_nothing_is_dialled(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(f"{url}one")
        desk.tab.panes.composer.set_draft(Draft("json", '{"draft": 1}'))
        desk.tab.viewer.timeline.set_filter(RowFilter(text="needle", match_case=True, direction=Direction.RECEIVED))
        desk.press("Ctrl+T")
        desk.type("wss://second.example")
        desk.tab.panes.composer.set_draft(Draft("hex", "de ad", Opcode.BINARY))
        desk.press("Ctrl+1")
        await desk.restart()
        assert [tab.title for tab in desk.window.tabs] == ["127.0.0.1/one", "second.example"]
        assert (desk.tab.bar.address, desk.state) == (f"{url}one", ConnectionState.IDLE)
        assert desk.tab.panes.composer.draft() == Draft("json", '{"draft": 1}')
        assert not desk.tab.panes.composer.is_dirty
        kept = desk.tab.viewer.timeline.row_filter
        assert kept == RowFilter(text="needle", match_case=True, direction=Direction.RECEIVED)
        desk.press("Ctrl+2")
        assert desk.tab.panes.composer.draft() == Draft("hex", "de ad", Opcode.BINARY)
        assert desk.talk.recording is None


@windowed
async def test_a_kill_loses_no_more_than_the_last_seconds_of_typing(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.type("ws://kept.example")
    await desk.until(lambda: [tab.url for tab in load_tabs(desk.profile.tabs_file).tabs] == ["ws://kept.example"])
    if os.name == "posix":
        assert stat.S_IMODE(desk.profile.tabs_file.stat().st_mode) == 0o600


@windowed
async def test_a_draft_of_megabytes_comes_back_whole(desk: Desk) -> None:
    text = "".join(f"line {number} of it\n" for number in range(150_000))
    desk.press("Ctrl+T")
    desk.tab.panes.composer.set_draft(Draft("text", text))
    await desk.restart()
    assert desk.tab.panes.composer.draft().text == text
    await desk.restart()
    assert desk.tab.panes.composer.draft().text == text


@windowed
async def test_only_the_welcome_page_is_not_kept(desk: Desk) -> None:
    await desk.restart()
    assert isinstance(desk.window.tabs.current, WelcomeTab)


@windowed
async def test_tabs_stay_away_where_the_setting_says_so(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.workbench.services.settings.change("general.reopen_tabs", False)
    await desk.restart()
    assert isinstance(desk.window.tabs.current, WelcomeTab)


@windowed
async def test_a_tab_file_of_junk_is_set_aside(desk: Desk) -> None:
    await desk.leave()
    desk.profile.tabs_file.write_bytes(b"\xff\x00junk")
    desk.start()
    assert isinstance(desk.window.tabs.current, WelcomeTab)
    assert [path.read_bytes() for path in desk.folder.rglob("tabs.unreadable*")] == [b"\xff\x00junk"]


@windowed
async def test_half_a_character_in_a_draft_does_not_stop_the_keeping(desk: Desk) -> None:
    desk.press("Ctrl+T")
    desk.tab.panes.composer.set_draft(Draft("text", "a\ud800b"))
    await desk.restart()
    assert desk.tab.panes.composer.draft().text.startswith("a")


@windowed
async def test_a_skipped_check_comes_back_with_its_tab_and_for_its_server_only(desk: Desk) -> None:
    await desk.leave()
    save_tabs(desk.profile.tabs_file, SavedTabs(tabs=(SavedTab(url="wss://self.signed:1/", skip_verify=True),)))
    desk.start()
    saved = desk.tab.saved()
    assert saved is not None
    assert saved.skip_verify
    desk.tab.bar.change_address("wss://other.example/")
    saved = desk.tab.saved()
    assert saved is not None
    assert not saved.skip_verify


@pytest.mark.parametrize(
    "address",
    [
        "wss://user:hush@h.example/chat?token=hush&a=1",
        "user:hush@h.example:99999/?key=hush",
        "ws://h.example/?password=hush&x=1",
    ],
)
@windowed
async def test_titles_and_tips_show_no_secret(desk: Desk, address: str) -> None:
    await desk.restart(address)
    facts = desk.tab.tab_facts()
    await desk.until(lambda: "h.example" in desk.window.windowTitle())
    assert "hush" not in f"{desk.window.windowTitle()} {facts.title} {facts.tip} {desk.tab.title}"
    assert desk.window.windowTitle().endswith("Wireyard")
    assert desk.window.windowTitle().startswith(facts.title)


@windowed
async def test_a_title_is_one_short_line_whatever_the_address(desk: Desk) -> None:
    await desk.restart("ws://h.example/" + "x" * 8000)
    assert "\n" not in desk.window.windowTitle()
    await desk.restart("not an address\nat all " + "y" * 8000)
    assert len(desk.tab.title) <= 40
    assert "\n" not in desk.window.windowTitle()


@windowed
async def test_the_place_of_the_window_is_kept(desk: Desk) -> None:
    # Qt fits what it restores to the screen, and the offscreen one is smaller than our smallest window.
    desk.window.resize(1100, 700)
    place = bytes(desk.window.saveGeometry().data())
    await desk.restart()
    assert load_tabs(desk.profile.tabs_file).geometry == place
