"""Texts shown in a view of a known size, and payloads in a recording on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from wireyard.domain.event import Event, Message
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.document import Document
from wireyard.gui.inspector.panel import InspectorPanel
from wireyard.gui.theme.look import Look
from wireyard.recording.recording import Recording

MakeView = Callable[[bytes], CodeView]


@pytest.fixture
def make_view(qtbot: QtBot, look: Look) -> Iterator[MakeView]:
    """A text view, 480 × 360, with the focus, that shows some bytes."""
    views: list[CodeView] = []

    def make(data: bytes) -> CodeView:
        view = CodeView(look)
        qtbot.addWidget(view)
        view.resize(480, 360)
        view.set_document(Document.of(data))
        view.show()
        view.setFocus()
        qtbot.waitUntil(lambda: view.is_indexed)
        views.append(view)
        return view

    yield make
    for view in views:
        view.shut_down()


@pytest.fixture
def clipboard_text(qtbot: QtBot) -> Callable[[], str]:
    """What the next copy puts on the clipboard."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("nothing copied yet")

    def take() -> str:
        qtbot.waitUntil(lambda: clipboard.text() != "nothing copied yet")
        text = clipboard.text()
        clipboard.setText("nothing copied yet")
        return text

    return take


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    info = SessionInfo(id="20261122T120428-test", url="ws://127.0.0.1/", created_ts_ns=1)
    made = Recording.create(tmp_path, info)
    yield made
    made.close()


@pytest.fixture
def panel(qtbot: QtBot, look: Look) -> Iterator[InspectorPanel]:
    made = InspectorPanel(look)
    qtbot.addWidget(made)
    made.resize(480, 480)
    made.show()
    yield made
    made.shut_down()


def received(payload: bytes, opcode: Opcode = Opcode.TEXT, **more: object) -> Message:
    values: dict[str, object] = {
        "ts_ns": 1_763_812_000_000_000_000,
        "mono_ns": 1,
        "direction": Direction.RECEIVED,
        "opcode": opcode,
        "payload": payload,
        "wire_bytes": len(payload) + 2,
    }
    return Message(**(values | more))  # type: ignore[arg-type]


def put(recording: Recording, *events: Event) -> None:
    for event in events:
        recording.put(event)
    recording.flush(10)
