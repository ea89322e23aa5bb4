"""Secret values in the real window: masked wherever a session is looked at, until a person has them shown."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.recordings import message, opened, recording
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.domain.event import Message
from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.composer.draft import Draft
from wireyard.gui.tabs.request_tab import RequestTab
from wireyard.gui.widgets.reveal_button import RevealButton
from wireyard.gui.widgets.state import ConnectionState

TOKEN = "tok-93b1-77"
ONE = "Orders/One.ws.yaml"
FILES = {
    "Orders/collection.yaml": "wireyard: 1\nheaders:\n- {name: Authorization, value: 'Bearer {{token}}'}\n",
    "environments/Staging.yaml": "wireyard: 1\nvariables:\n  token: {secret: true}\n",
}


async def connect(desk: Desk, url: str) -> RequestTab:
    """Open a saved request with a secret in header, address and message, and connect."""
    request = f"wireyard: 1\nurl: {url}\nparams:\n- {{name: t, value: '{{{{token}}}}'}}\n"
    await open_workspace(desk, FILES | {ONE: request})
    library = desk.workbench.services.library
    library.secrets.use_session()
    done: list[str] = []
    library.secrets.keep("Staging", "token", TOKEN, done.append)
    await desk.until(lambda: done)
    library.choose_environment("Staging")
    tab = desk.window.open_request(ONE)
    tab.connect_saved()
    return tab


async def send(desk: Desk, text: str = '{"login": "{{token}}"}') -> None:
    """Send a text with the secret, and wait until its echo is in a row."""
    desk.tab.panes.composer.set_draft(Draft(text=text))
    desk.tab.run("send")
    await desk.until(lambda: sum(TOKEN in words or "***" in words for words in rows(desk)) == 2, "message and echo")


def rows(desk: Desk) -> list[str]:
    """What the timeline's rows say, to the eye and to the ear."""
    model = table(desk).model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return [" ".join(str(model.index(row, 0).data(role)) for role in roles) for row in range(model.rowCount())]


def table(desk: Desk) -> QTableView:
    listed = desk.shown.viewer.timeline.list_widget
    assert isinstance(listed, QTableView)
    return listed


async def select(desk: Desk, seq: int) -> None:
    viewer = desk.shown.viewer
    assert viewer.timeline.select(seq)
    await desk.until(lambda: viewer.inspector.seq == seq, f"row {seq} in the inspector")


def seq_of(desk: Desk, part: str) -> int:
    """The number of the last row that says this."""
    number = max(number for number, words in enumerate(rows(desk)) if part in words)
    seq = table(desk).model().index(number, 0).data(Qt.ItemDataRole.UserRole)
    assert isinstance(seq, int)
    return seq


def payload_text(desk: Desk) -> str:
    """What the inspector shows of a payload."""
    inspector = desk.shown.viewer.inspector
    document = (inspector.pretty_view if inspector.tabs.currentIndex() == 0 else inspector.raw_view).document
    assert document is not None
    return (document.source.read(0, document.source.size()) or b"").decode()


def copied() -> str:
    return QApplication.clipboard().text()


async def copy(desk: Desk, *keys: str) -> str:
    QApplication.clipboard().setText("nothing yet")
    desk.press(*keys)
    await desk.until(lambda: copied() != "nothing yet")
    return copied()


@windowed
async def test_header_address_message_and_echo_are_masked_until_revealed_by_key(desk: Desk) -> None:
    async with serving(echo) as url:
        await connect(desk, url)
        await desk.until_state(ConnectionState.OPEN)
        await send(desk)
        assert TOKEN not in "".join(rows(desk))
        await select(desk, seq_of(desk, "***"))
        inspector = desk.tab.viewer.inspector
        assert payload_text(desk) == '{ "login": "***********" }'
        assert inspector.head.eye.isVisible()
        assert inspector.head.eye.accessibleName() == "Show secrets"
        await select(desk, seq_of(desk, "Connected"))
        assert inspector.details_view.details is not None
        assert "Authorization: ••••••••" in inspector.details_view.details.as_text()
        assert TOKEN not in inspector.details_view.details.as_text()
        desk.press("Ctrl+Shift+H")
        await desk.until(
            lambda: inspector.details_view.details and f"Bearer {TOKEN}" in str(inspector.details_view.details)
        )
        assert f"/?t={TOKEN}" in inspector.details_view.details.as_text()
        assert sum(TOKEN in words for words in rows(desk)) == 2
        assert inspector.head.eye.accessibleName() == "Hide secrets"
        await desk.until_toast("Secrets are shown")
        desk.click(inspector.head.eye)
        await desk.until(lambda: TOKEN not in str(inspector.details_view.details))
        assert TOKEN not in "".join(rows(desk))
        assert {event.payload for event in desk.events() if isinstance(event, Message)} == {
            json.dumps({"login": TOKEN}).encode()
        }


@windowed
async def test_find_and_copy_have_what_is_shown(desk: Desk) -> None:
    async with serving(echo) as url:
        await connect(desk, url)
        await desk.until_state(ConnectionState.OPEN)
        await send(desk)
        await select(desk, seq_of(desk, "***"))
        table(desk).setFocus()
        assert TOKEN not in await copy(desk, "Ctrl+C")
        await desk.until_toast("Copied without the secrets")
        assert TOKEN not in await copy(desk, "Ctrl+Shift+C")
        inspector = desk.tab.viewer.inspector
        inspector.focus_content()
        assert "***" in await copy(desk, "Ctrl+C")
        inspector.open_find()
        await desk.until(lambda: inspector.find_bar.isAncestorOf(desk.focus))
        desk.type(TOKEN)
        await desk.until(lambda: inspector.find_bar.count_text == "No match")
        desk.press("Ctrl+Shift+H")
        await desk.until(lambda: inspector.find_bar.count_text == "1 of 1")
        inspector.focus_content()
        assert TOKEN in await copy(desk, "Ctrl+C")
        table(desk).setFocus()
        assert TOKEN in await copy(desk, "Ctrl+C")


@windowed
async def test_a_masked_message_is_not_put_into_the_composer_but_resent_as_it_is(desk: Desk) -> None:
    async with serving(echo) as url:
        tab = await connect(desk, url)
        await desk.until_state(ConnectionState.OPEN)
        await send(desk)
        await select(desk, seq_of(desk, "***"))
        table(desk).setFocus()
        desk.press("E")
        await desk.until_toast("Show secrets first")
        assert tab.panes.composer.draft().text == '{"login": "{{token}}"}'
        desk.press("R")
        await desk.until(lambda: sum("***" in words for words in rows(desk)) == 4)
        sent = [each for each in desk.events() if isinstance(each, Message) and each.direction is Direction.SENT]
        assert [event.payload for event in sent] == [json.dumps({"login": TOKEN}).encode()] * 2
        desk.press("Ctrl+Shift+H", "E")
        await desk.until(lambda: TOKEN in tab.panes.composer.draft().text)


@windowed
async def test_a_value_that_changes_while_the_connection_is_open_is_masked_too(desk: Desk) -> None:
    async with serving(echo) as url:
        await connect(desk, url)
        await desk.until_state(ConnectionState.OPEN)
        await send(desk)
        done: list[str] = []
        desk.workbench.services.library.secrets.keep("Staging", "token", "another-4711", done.append)
        await desk.until(lambda: done)
        desk.tab.panes.composer.set_draft(Draft(text='{"again": "{{token}}"}'))
        desk.tab.run("send")
        await desk.until(lambda: sum("again" in words for words in rows(desk)) == 2)
        assert "another-4711" not in "".join(rows(desk))


@windowed
async def test_rows_from_before_are_masked_when_a_value_comes_to_be_secret(desk: Desk) -> None:
    async with serving(echo) as url:
        await desk.connect(url)
        desk.talk.send(Opcode.TEXT, b"plain tok-93b1-77")
        await desk.until(lambda: sum(TOKEN in words for words in rows(desk)) == 2)
        await select(desk, seq_of(desk, TOKEN))
        assert payload_text(desk) == f"plain {TOKEN}"
        assert not desk.tab.viewer.inspector.head.eye.isVisible()
        desk.talk.send(Opcode.TEXT, b"tok-93b1-77", secrets=[TOKEN])
        await desk.until(lambda: len(rows(desk)) == 5 and TOKEN not in "".join(rows(desk)))
        await desk.until(desk.tab.viewer.inspector.head.eye.isVisible)
        assert payload_text(desk) == "plain ***********"


@windowed
async def test_a_failure_shows_and_copies_no_secrets_until_they_are_revealed(desk: Desk) -> None:
    async def refuse(peer: Peer) -> None:
        target = (await peer.read_request()).split(b" ")[1]
        head = f"HTTP/1.1 401 Unauthorized\r\nSet-Cookie: sid=abc\r\nContent-Length: {len(target)}\r\n\r\n"
        await peer.send(head.encode() + target)

    async with raw_server(refuse) as server:
        tab = await connect(desk, server.url)
        await desk.until_state(ConnectionState.ERROR)
        view = tab.failure_view
        await desk.until(view.isVisible)
        assert "••••••••" in desk.all_text()
        assert TOKEN not in desk.all_text().replace(tab.bar.address, "")
        assert "sid=abc" not in desk.all_text()
        QApplication.clipboard().clear()
        desk.click(desk.button("Copy answer", view))
        assert "401 Unauthorized" in copied()
        assert "sid=abc" not in copied()
        assert TOKEN not in copied()
        await desk.until_toast("Copied without the secrets")
        (eye,) = view.findChildren(RevealButton)
        desk.click(eye)
        await desk.until(lambda: "sid=abc" in desk.all_text())
        assert TOKEN in desk.all_text()
        desk.click(desk.button("Copy answer", view))
        assert TOKEN in copied()


@windowed
async def test_an_opened_log_masks_what_was_secret_in_it(desk: Desk, tmp_path: Path) -> None:
    with recording(tmp_path, [opened(), message(f"a {TOKEN}", 1), message("b", 2)]) as made:
        made.note_secrets([TOKEN])
        made.put(message(b"\x00" + TOKEN.encode(), 3))
        made.flush(5)
    await desk.open_log(made.path)
    await desk.until(lambda: len(rows(desk)) == 4)
    assert TOKEN not in "".join(rows(desk))
    await select(desk, 2)
    assert payload_text(desk) == "a ***********"
    assert sum("74 6f 6b" in words for words in rows(desk)) == 0
    assert "•• •• ••" in rows(desk)[3]
    await select(desk, 3)
    assert not desk.shown.viewer.inspector.head.eye.isVisible()
    desk.press("Ctrl+Shift+H")
    await desk.until(lambda: TOKEN in "".join(rows(desk)))
    await desk.restart()
    await desk.open_log(made.path)
    await desk.until(lambda: len(rows(desk)) == 4)
    assert TOKEN not in "".join(rows(desk))
