"""The pane of cookies by keyboard and mouse: values hidden, one written, edited, deleted, and all switched off."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.helpers.cookie_pane import connect_and_leave, cookie_lines, log_in, names, pane, settle, texts
from tests.helpers.raw_server import raw_server
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import come_back

from wireyard.gui.request.cookie_sheet import CookieSheet
from wireyard.gui.request.cookies_model import EXPIRES, VALUE
from wireyard.gui.widgets.state import ConnectionState


async def sheet(desk: Desk) -> CookieSheet:
    await desk.until(lambda: desk.sheet(CookieSheet))
    found = desk.sheet(CookieSheet)
    assert found is not None
    return found


@windowed
async def test_a_value_is_hidden_until_space_or_the_eye_shows_it(desk: Desk) -> None:
    await settle(desk)
    async with raw_server(log_in) as server:
        await desk.connect(server.url)
    desk.press("Ctrl+Shift+9")
    assert desk.focus is pane(desk).view
    assert "hush" not in desk.all_text()
    index = pane(desk).model.index(0, VALUE)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Value, hidden"
    desk.press("Space")
    assert texts(desk, 0)[1] == "hush"
    rect = pane(desk).view.visualRect(index)
    eye = QPoint(rect.right() - 12, rect.center().y())
    QTest.mouseClick(pane(desk).view.viewport(), Qt.MouseButton.LeftButton, pos=eye)
    assert texts(desk, 0)[1] == "••••••••"


@windowed
async def test_one_is_written_edited_deleted_and_brought_back_by_keyboard(desk: Desk) -> None:
    await settle(desk)
    async with raw_server(log_in) as server:
        desk.window.open_address(server.url, connect=False)
        desk.press("Ctrl+Shift+9")
        assert desk.focus is pane(desk).add_button
        desk.press("Space")
        shown = await sheet(desk)
        assert shown.domain.text() == "127.0.0.1"
        desk.type("own")
        desk.press("Tab")
        desk.type("a b")
        desk.press("Return")
        await come_back(desk)
        await desk.until(lambda: texts(desk, 0) == ["own", "••••••••", "127.0.0.1", "/"])
        desk.press("Ctrl+Shift+9", "Return")
        await sheet(desk)
        desk.press("Ctrl+A")
        desk.type("c")
        desk.press("Return")
        await come_back(desk)
        await connect_and_leave(desk)
        await desk.until(lambda: len(names(desk)) == 2)
        desk.press("Ctrl+Shift+9", "Delete")
        await desk.until(lambda: len(names(desk)) == 1)
        await desk.until_toast("Deleted “")
        desk.click(desk.button("Undo"))
        await desk.until(lambda: sorted(names(desk)) == ["own", "sid"])
        desk.click(pane(desk).clear_button)
        await desk.until(lambda: names(desk) == [])
        await desk.until_toast("Deleted 2 cookies")
    assert cookie_lines(server) == [[b"Cookie: own=c"]]


@windowed
async def test_what_is_no_cookie_is_told_while_it_is_typed(desk: Desk) -> None:
    await settle(desk)
    desk.window.open_address("ws://127.0.0.1:1/", connect=False)
    desk.press("Ctrl+Shift+9", "Space")
    shown = await sheet(desk)
    assert not shown.save_button.isEnabled()
    assert shown.fault.text() == ""
    for field, text, words in (
        (shown.name, "a;b", "name can't hold"),
        (shown.name, "a", ""),
        (shown.value, "x;y", "value can't hold"),
        (shown.value, "€", "percent-encode"),
        (shown.value, "ok", ""),
        (shown.path, "v2", "begins with"),
        (shown.path, "/v2", ""),
        (shown.domain, "not a host", "is a host"),
        (shown.domain, "[::1]", ""),
        (shown.expires, "yesterday", "2030-12-31"),
        (shown.expires, "2001-01-01 10:00", "future"),
        (shown.expires, "Wed, 21 Oct 2099 07:28:00 GMT", ""),
        (shown.expires, "2099-12-31 18:00", ""),
    ):
        field.setText(text)
        assert (words in shown.fault.text()) if words else shown.fault.text() == "", (text, shown.fault.text())
        assert shown.save_button.isEnabled() is not bool(words)
    desk.press("Return")
    await come_back(desk)
    await desk.until(lambda: texts(desk, 0) == ["a", "••••••••", "::1", "/v2"])
    assert pane(desk).model.index(0, EXPIRES).data() == "2099-12-31 18:00"


@windowed
async def test_switched_off_nothing_is_sent_or_kept_and_reset_takes_it_back(desk: Desk) -> None:
    await settle(desk)
    async with raw_server(log_in) as server:
        await desk.connect(server.url)
        desk.talk.drop()
        await desk.until_state(ConnectionState.CLOSED)
        desk.press("Ctrl+Shift+9")
        desk.click(pane(desk).switch)
        assert desk.tab.document.draft.edited.network.cookies is False
        assert pane(desk).model.sent_count == 0
        await connect_and_leave(desk)
        desk.click(pane(desk).reset_button)
        assert desk.tab.document.draft.edited.network.cookies is None
        await connect_and_leave(desk)
    assert cookie_lines(server) == [[], [], [b"Cookie: sid=hush"]]
