"""The first message in half a minute, by keyboard alone: the real window under Xvfb against npm ws (workflow W1)."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.desktop import Desktop, missing_tools, running, until

from wireyard.domain.event import Closed, Message, Opened
from wireyard.domain.frame import Direction
from wireyard.recording.open import open_recording
from wireyard.recording.schema import SUFFIX

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    bool(missing_tools()) or shutil.which("node") is None or not (ROOT / "tests/node_modules/ws").is_dir(),
    reason=f"needs {', '.join(missing_tools()) or 'node and npm ci --prefix tests'}",
)


class EchoByOtherHands:
    """npm ws, and what it saw."""

    def __init__(self) -> None:
        script = ROOT / "tests" / "helpers" / "ws_echo.mjs"
        self._process = subprocess.Popen(["node", str(script)], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def seen(self) -> dict[str, object]:
        """The next thing that it says."""
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


@pytest.fixture
def echo() -> Iterator[EchoByOtherHands]:
    echo = EchoByOtherHands()
    yield echo
    echo.close()


@pytest.fixture
def program(desktop: Desktop, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with running(desktop, tmp_path) as process:
        yield process


def the_recording(tmp_path: Path) -> Path:
    return next((tmp_path / "profile" / "sessions").glob(f"*{SUFFIX}"))


def test_a_person_connects_sends_reads_exports_and_leaves_by_keyboard(
    desktop: Desktop, echo: EchoByOtherHands, program: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    began = time.monotonic()
    window = desktop.window("Wireyard")

    # The address has the keyboard at a first start.
    desktop.press("ctrl+a")
    desktop.type(f"ws://127.0.0.1:{echo.port}/echo")
    desktop.press("Return")
    assert echo.seen() == {"opened": "/echo"}
    until(lambda: desktop.title(window).startswith("127.0.0.1/echo"), "the tab's name in the title")
    assert desktop.title(window).endswith("Wireyard")

    # After Enter the keyboard is in the message.
    desktop.type('{"a":1}')
    desktop.press("ctrl+Return")
    assert echo.seen() == {"message": '{"a":1}', "isBinary": False}
    assert time.monotonic() - began < 30

    # To the list, the newest row, and into the inspector; what it shows is copied.
    desktop.press("F6", "F6", "End", "Return", "ctrl+a", "ctrl+c")
    until(lambda: desktop.clipboard() == '{ "a": 1 }', "the received JSON, pretty, on the clipboard")

    # The primary button, then the log to a file, then the door.
    desktop.press("F5")
    assert echo.seen() == {"closed": 1000, "reason": ""}
    desktop.press("ctrl+shift+e")
    until(lambda: _pressed_until_exported(desktop, tmp_path), "the exported log")
    desktop.press("ctrl+q")
    assert program.wait(5) == 0

    _assert_recorded(the_recording(tmp_path))
    _assert_exported(next(tmp_path.glob("*.jsonl")))


def _pressed_until_exported(desktop: Desktop, tmp_path: Path) -> bool:
    # The sheet's default button, once it is there; a press too many finds no sheet any more.
    if not list(tmp_path.glob("*.jsonl")):
        desktop.press("Return")
        time.sleep(0.3)
    return bool(list(tmp_path.glob("*.jsonl")))


def _assert_recorded(path: Path) -> None:
    reader = open_recording(path)
    events = [event for _, event in reader.events(1, reader.last_seq())]
    reader.close()
    (opened,) = [event for event in events if isinstance(event, Opened)]
    assert opened.status == 101
    assert opened.ms > 0
    messages = [event for event in events if isinstance(event, Message)]
    assert [(message.direction, message.payload) for message in messages] == [
        (Direction.SENT, b'{"a":1}'),
        (Direction.RECEIVED, b'{"a":1}'),
    ]
    (closed,) = [event for event in events if isinstance(event, Closed)]
    assert (closed.by, closed.code, closed.clean) == ("us", 1000, True)


def _assert_exported(path: Path) -> None:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kinds = [record["kind"] for record in records]
    assert kinds[0] == "session"
    assert {"open", "close"} <= set(kinds)
    assert [record["text"] for record in records if record["kind"] == "message"] == ['{"a":1}', '{"a":1}']
