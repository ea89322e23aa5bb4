"""A workspace whose folder was moved: its secrets are there again when a person says so, and not before."""

from __future__ import annotations

import pytest
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed
from tests.helpers.workspaces import open_workspace
from websockets.asyncio.server import ServerConnection

from wireyard.gui.widgets.state import ConnectionState
from wireyard.workspace.secrets.keyring_store import KeyringStore
from wireyard.workspace.secrets.store import MemoryStore

ONE = "Orders/One.ws.yaml"
STAGING = "variables:\n  token:\n    secret: true\n"


@windowed
async def test_secrets_come_along_when_somebody_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: store))
    seen: list[str] = []

    async def talk(connection: ServerConnection) -> None:
        assert connection.request is not None
        seen.append(connection.request.path)
        await echo(connection)

    async with serving(talk) as url:
        files = {ONE: f'url: "{url}{{{{token}}}}"\n', "environments/Staging.yaml": STAGING}
        root = await open_workspace(desk, files)
        library = desk.workbench.services.library
        said: list[str] = []
        library.secrets.keep("Staging", "token", "hush-4711", said.append)
        await desk.until(lambda: said == [""], "the kept secret")

        moved = root.with_name("renamed")
        root.rename(moved)
        desk.window.open_workspace(moved)
        await desk.until(lambda: library.root == moved)
        library.choose_environment("Staging")
        desk.window.open_request(ONE)
        await desk.until_toast(f"This workspace was in {root}. Its secrets are still kept for that folder.")
        desk.press("F5")
        await desk.until(lambda: "has no value" in " ".join(desk.texts()))
        assert seen == []
        desk.click(desk.button("Use them here"))
        await desk.until(lambda: library.secrets.lookup("Staging", "token") == "hush-4711")
        desk.window.open_request(ONE, "connect")  # a second F5 this soon would count as a double click
        await desk.until_state(ConnectionState.OPEN)
        assert seen == ["/hush-4711"]


@windowed
async def test_another_folder_is_told_of_no_secrets(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: store))
    root = await open_workspace(desk, {ONE: "url: ws://h/{{token}}\n", "environments/Staging.yaml": STAGING})
    library = desk.workbench.services.library
    said: list[str] = []
    library.secrets.keep("Staging", "token", "hush-4711", said.append)
    await desk.until(lambda: said == [""], "the kept secret")
    clone = root.with_name("clone")
    for path in [path for path in root.rglob("*") if path.is_file()]:
        target = clone / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    desk.window.open_workspace(clone)
    await desk.until(lambda: library.root == clone)
    library.choose_environment("Staging")
    desk.window.open_request(ONE)
    await desk.until(lambda: library.secrets.place == "keyring", "the answer of the keyring")
    assert library.secrets.lookup("Staging", "token") is None
    assert not any("secrets" in toast for toast in desk.toasts)
