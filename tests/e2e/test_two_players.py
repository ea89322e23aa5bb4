"""Two players in one room, by keyboard alone: the real program under Xvfb, its files and what the server heard (W9)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.desktop import Desktop, missing_tools, running, until
from websockets.asyncio.server import ServerConnection, broadcast, serve

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(bool(missing_tools()), reason=f"needs {', '.join(missing_tools())}")
MESSAGES = (("say", "Talk"), ("shout", "Talk"), ("leave", "Door"), ("whisper", "Talk"), ("join", "Door"))
IN_ORDER = ("say", "whisper", "shout", "join", "leave")
_SILENT = logging.getLogger("tests.e2e.room")
_SILENT.disabled = True


class Room:
    """A server on a thread of its own: what one says all hear."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.codes: list[int | None] = []
        self.port = 0
        self._there: set[ServerConnection] = set()
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self._thread.start()
        until(lambda: self.port, "the server")

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        async with serve(self._talk, "127.0.0.1", 0, logger=_SILENT, ping_interval=None, close_timeout=0.5) as server:
            self.port = next(iter(server.sockets)).getsockname()[1]
            await self._over.wait()

    async def _talk(self, connection: ServerConnection) -> None:
        self._there.add(connection)
        async for message in connection:
            self.heard.append(str(message))
            broadcast(self._there, message)
        self._there.discard(connection)
        self.codes.append(connection.close_code)


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.close()


@pytest.fixture
def workspace(tmp_path: Path, room: Room) -> Path:
    root = tmp_path / "workspace"
    request = f"wireyard: 1\nurl: ws://127.0.0.1:{room.port}/\n"
    files = {"wireyard.yaml": "wireyard: 1\nname: Test\n", "Chat/collection.yaml": "wireyard: 1\n"}
    for name, text in (files | {"Chat/Room.ws.yaml": request, "Chat/Lobby.ws.yaml": request}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def program(desktop: Desktop, workspace: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with running(desktop, tmp_path, "--workspace", str(workspace)) as process:
        yield process


def test_alice_and_bob_by_keyboard(
    desktop: Desktop, room: Room, program: subprocess.Popen[bytes], workspace: Path
) -> None:
    window = desktop.window("Wireyard")
    file = workspace / "Chat" / "Room.ws.yaml"

    def in_front(title: str) -> None:
        until(lambda: desktop.title(window).startswith(f"{title} "), f"{title} in front")

    until(lambda: _opened(desktop, window), "the request in a tab")
    for name, group in MESSAGES:
        _keep(desktop, name, group)
        until(lambda name=name: f"about {name}" in file.read_text("utf-8"), f"{name} in the file")
    # The keyboard comes to the message that was saved last: join over leave, whisper over shout.
    desktop.press("alt+0", "alt+shift+Up", "Up", "alt+shift+Up")
    until(lambda: _names(file) == IN_ORDER, "the messages in order")
    assert file.read_text("utf-8").count("{{user}}") == len(MESSAGES)

    desktop.press("ctrl+shift+d", "ctrl+1")
    _call(desktop, "Alice", "alice")
    in_front("Alice")
    desktop.press("ctrl+2")
    _call(desktop, "Bob", "bob")
    in_front("Bob")
    desktop.press("alt+4")
    until(lambda: room.heard == ['{"join":"bob"}'], "Bob in the room")
    desktop.press("ctrl+1", "alt+4")
    until(lambda: room.heard[1:] == ['{"join":"alice"}'], "Alice in the room")

    # A draft, another request, and back: it is there, and is asked about.
    desktop.press("ctrl+shift+1", "ctrl+a")
    desktop.type("half a thought")
    _open(desktop, "lobby")
    in_front("Lobby")
    desktop.press("ctrl+2", "alt+1")
    until(lambda: room.heard[2:] == ['{"say":"bob"}'], "Bob's word")
    desktop.press("ctrl+1", "ctrl+shift+1", "ctrl+a", "ctrl+c")
    until(lambda: desktop.clipboard() == "half a thought", "the draft")
    desktop.press("ctrl+w")
    until(lambda: _pressed_until_closed(desktop, room), "Alice's goodbye")
    assert room.codes == [1000]

    in_front("Bob")
    desktop.press("alt+1")
    until(lambda: len(room.heard) == 4, "Bob's second word")
    desktop.press("ctrl+q")
    assert program.wait(10) == 0
    assert room.codes == [1000, 1001]


def _open(desktop: Desktop, words: str) -> None:
    desktop.press("ctrl+k")
    desktop.type(words)
    desktop.press("Return")


def _opened(desktop: Desktop, window: str) -> bool:
    """Enter runs what was found; it may be too early for that, while the workspace is read."""
    desktop.press("Escape")
    _open(desktop, "room")
    with contextlib.suppress(TimeoutError):
        until(lambda: desktop.title(window).startswith("Room "), "the request in front", 4)
        return True
    return False


def _keep(desktop: Desktop, name: str, group: str) -> None:
    desktop.press("ctrl+shift+1", "ctrl+a")
    desktop.type(f'{{"{name}":"{{{{user}}}}"}}')
    desktop.press("alt+shift+s")
    desktop.type(name)
    for text in (group, f"about {name}"):
        desktop.press("Tab")
        desktop.type(text)
    desktop.press("Return")


def _call(desktop: Desktop, label: str, user: str) -> None:
    desktop.press("shift+F2")
    desktop.type(label)
    desktop.press("Return", "alt+shift+v")
    desktop.type("user")
    desktop.press("Tab")
    desktop.type(user)
    desktop.press("Return")


def _names(file: Path) -> tuple[str, ...]:
    lines = (line.strip().removeprefix("- ") for line in file.read_text("utf-8").splitlines())
    return tuple(line.removeprefix("name: ") for line in lines if line.startswith("name: "))


def _pressed_until_closed(desktop: Desktop, room: Room) -> bool:
    # The question's default button, once it is there.
    if not room.codes:
        desktop.press("Return")
    return bool(room.codes)
