"""Variables in what is dialled and sent: undefined ones, and an environment that changes while connected."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace

from wireyard.domain.event import Message
from wireyard.domain.frame import Direction
from wireyard.gui.composer.draft import Draft
from wireyard.gui.environments.editor_sheet import EnvironmentsSheet
from wireyard.gui.request.cell_edit import CellEdit
from wireyard.gui.request.level_sheet import LevelSheet
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.widgets.choices import CheckBox
from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.secrets.keyring_store import KeyringStore

ONE = "Orders/One.ws.yaml"
SECRET = "wireyard: 1\nurl: {}{{{{pin}}}}\nvariables:\n  pin:\n    secret: true\n"


def files(url: str) -> dict[str, str]:
    return {
        "Orders/collection.yaml": "wireyard: 1\n",
        ONE: f"wireyard: 1\nurl: {url}{{{{path}}}}\n",
        "environments/staging.yaml": "wireyard: 1\nname: Staging\nvariables:\n  path: a\n  user: stan\n",
        "environments/production.yaml": "wireyard: 1\nname: Production\nvariables:\n  path: b\n",
    }


def sent(desk: Desk) -> list[bytes]:
    return [each.payload for each in desk.events() if isinstance(each, Message) and each.direction is Direction.SENT]


def said(desk: Desk, topic: str) -> str:
    bar = desk.tab.notices.bar(topic)
    return bar.text if bar is not None else ""


def write(desk: Desk, text: str) -> None:
    desk.tab.panes.composer.set_draft(Draft("text", ""))
    desk.tab.panes.composer.editor.set_text(text)


@windowed
async def test_an_undefined_variable_stops_the_connecting_until_somebody_says_go(desk: Desk) -> None:
    async with serving(echo) as url:
        await open_workspace(desk, files(url))
        desk.window.open_request(ONE, "connect")
        assert desk.state is ConnectionState.IDLE
        assert said(desk, "blocked") == "“path” has no value, and no environment is chosen."
        desk.click(desk.button("Send as typed"))
        await desk.until_state(ConnectionState.OPEN)
        assert said(desk, "blocked") == ""


@windowed
async def test_define_opens_the_environment_at_the_variable(desk: Desk) -> None:
    async with serving(echo) as url:
        await open_workspace(desk, files(url))
        desk.workbench.services.library.choose_environment("staging")
        desk.window.open_request(ONE, "connect")
        await desk.until_state(ConnectionState.OPEN)
        write(desk, "{{nobody}}")
        desk.press("Ctrl+Return")
        assert said(desk, "blocked") == "“nobody” has no value in Staging."
        assert desk.tab.panes.composer.is_dirty
        desk.click(desk.button("Define"))
        await desk.until(lambda: desk.sheet(EnvironmentsSheet))


@windowed
async def test_a_message_is_sent_as_typed_when_somebody_says_so(desk: Desk) -> None:
    async with serving(echo) as url:
        await open_workspace(desk, files(url))
        desk.window.open_address(url)
        write(desk, "{{nobody}}")
        desk.press("Ctrl+Return")
        await desk.until(lambda: said(desk, "blocked"))
        desk.click(desk.button("Send as typed"))
        await desk.until(lambda: desk.talk.received_count == 1)
        assert sent(desk) == [b"{{nobody}}"]


@windowed
async def test_send_as_typed_goes_when_something_else_is_typed(desk: Desk) -> None:
    async with serving(echo) as url:
        await open_workspace(desk, files(url))
        desk.workbench.services.library.choose_environment("staging")
        desk.window.open_request(ONE, "connect")
        await desk.until_state(ConnectionState.OPEN)
        write(desk, "{{nobody}}")
        desk.press("Ctrl+Return")
        assert said(desk, "blocked")
        desk.press("Ctrl+Shift+1", "End")
        desk.type(" and more")
        assert said(desk, "blocked") == ""
        desk.press("Ctrl+Return")
        desk.click(desk.button("Send as typed"))
        await desk.until(lambda: sent(desk) == [b"{{nobody}} and more"])


@windowed
async def test_the_bar_goes_when_the_variable_has_a_value(desk: Desk) -> None:
    await open_workspace(desk, files("ws://127.0.0.1:1/"))
    desk.window.open_request(ONE, "connect")
    await desk.until(lambda: said(desk, "blocked"))
    desk.tab.room.show_session_variables()
    for text in ("path", "chat"):
        for char in text:
            desk.type(char)
        desk.press("Tab")
    assert said(desk, "blocked") == ""


@windowed
async def test_the_ways_out_are_next_after_the_connect_bar(desk: Desk) -> None:
    desk.window.open_address("ws://{{nobody}}")
    desk.press("F5")
    await desk.until(lambda: said(desk, "blocked"))
    desk.tab.bar.button.setFocus()
    found = []
    for _ in range(4):
        desk.press("Tab")
        found.append(desk.focus.accessibleName() or desk.focus.text())  # type: ignore[attr-defined]
    assert found == ["Define", "Send as typed", "Dismiss", "Request"]


@windowed
async def test_escaped_braces_are_sent_as_braces(desk: Desk) -> None:
    async with serving(echo) as url:
        desk.window.open_address(url)
        write(desk, r"\{{nobody}} {{ not one }}")
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.talk.received_count == 1)
        assert sent(desk) == [b"{{nobody}} {{ not one }}"]


@windowed
async def test_an_open_connection_keeps_its_environment_until_told_otherwise(desk: Desk) -> None:
    async with serving(echo) as url:
        await open_workspace(desk, files(url))
        library = desk.workbench.services.library
        library.choose_environment("staging")
        desk.window.open_request(ONE, "connect")
        await desk.until_state(ConnectionState.OPEN)
        library.choose_environment("production")
        assert said(desk, "environment") == "Uses values from Staging"
        write(desk, "{{user}}")
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.talk.received_count == 1)
        box = next(box for box in desk.tab.notices.findChildren(CheckBox) if box.isVisible())
        desk.click(box)
        assert said(desk, "environment") == ""
        desk.press("Ctrl+Return")
        assert said(desk, "blocked") == "“user” has no value in Production."
        assert sent(desk) == [b"stan"]


@windowed
async def test_reconnect_takes_the_new_environment(desk: Desk) -> None:
    paths: list[str] = []

    async def talk(connection: object) -> None:
        paths.append(connection.request.path)  # type: ignore[attr-defined]
        await connection.wait_closed()  # type: ignore[attr-defined]

    async with serving(talk) as url:
        await open_workspace(desk, files(url))
        library = desk.workbench.services.library
        library.choose_environment("staging")
        desk.window.open_request(ONE, "connect")
        await desk.until_state(ConnectionState.OPEN)
        library.choose_environment("production")
        desk.click(desk.button("Reconnect", desk.tab.notices))
        await desk.until(lambda: paths == ["/a", "/b"])
        await desk.until_state(ConnectionState.OPEN)
        assert said(desk, "environment") == ""


@windowed
async def test_a_value_of_the_tab_comes_before_all_others(desk: Desk) -> None:
    async with serving(echo) as url:
        await open_workspace(desk, files(url))
        desk.workbench.services.library.choose_environment("staging")
        desk.window.open_request(ONE, "connect")
        await desk.until_state(ConnectionState.OPEN)
        desk.tab.room.show_session_variables()
        for text in ("user", "alice"):
            for char in text:
                desk.type(char)
            desk.press("Tab")
        write(desk, "{{user}}")
        desk.press("Ctrl+Return")
        await desk.until(lambda: desk.talk.received_count == 1)
        assert sent(desk) == [b"alice"]


@windowed
async def test_a_secret_of_the_request_is_defined_in_its_pane_and_goes_with_its_folder(desk: Desk) -> None:
    async with serving(echo) as url:
        root = await open_workspace(desk, files(url) | {ONE: SECRET.format(url)})
        desk.workbench.services.library.secrets.use_session()
        desk.window.open_request(ONE, "connect")
        await desk.until(lambda: "The secret “pin” has no value on this machine" in said(desk, "blocked"))
        desk.click(desk.button("Define"))
        for char in "hush-hush":
            desk.type(char)
        desk.press("Return")
        desk.press("Escape")
        library = desk.workbench.services.library
        await desk.until(lambda: library.secrets.values() == ("hush-hush",))
        library.rename("Orders", "Sales")
        await desk.until(lambda: desk.tab.request_id == "Sales/One.ws.yaml")
        desk.press("F5")
        await desk.until_state(ConnectionState.OPEN)
        assert all("hush" not in path.read_text(encoding="utf-8") for path in root.rglob("*.yaml"))


@windowed
async def test_a_secret_of_a_folder_is_defined_in_its_sheet(desk: Desk) -> None:
    async with serving(echo) as url:
        folder = "wireyard: 1\nvariables:\n  path:\n    secret: true\n"
        await open_workspace(desk, files(url) | {"Orders/collection.yaml": folder})
        desk.workbench.services.library.secrets.use_session()
        desk.window.open_request(ONE, "connect")
        await desk.until(lambda: "The secret “path”" in said(desk, "blocked"))
        desk.click(desk.button("Define"))
        await desk.until(lambda: desk.sheet(LevelSheet))
        assert isinstance(QApplication.focusWidget(), CellEdit)


@windowed
async def test_connecting_with_a_locked_secret_asks_for_the_passphrase(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))
    secret = {"environments/staging.yaml": "wireyard: 1\nvariables:\n  path:\n    secret: true\n"}
    await open_workspace(desk, files("ws://127.0.0.1:1/") | secret)
    library = desk.workbench.services.library
    library.choose_environment("staging")
    library.secrets.use_encrypted("open sesame", lambda fault: None)
    await desk.until(lambda: library.secrets.place == "encrypted")
    faults: list[str] = []
    library.secrets.keep("staging", "path", "chat", faults.append)
    await desk.until(lambda: faults == [""])
    desk.window.open_request(ONE)
    await desk.restart()
    secrets = desk.workbench.services.library.secrets
    await desk.until(lambda: secrets.place == "locked")
    assert not desk.is_sheet_open
    desk.press("F5")
    await desk.until(lambda: desk.sheet(SecretPlaceSheet))
    assert said(desk, "blocked") == "The secret “path” is locked."
    desk.press("Escape")
