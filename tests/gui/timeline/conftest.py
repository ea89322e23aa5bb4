"""A panel over a real recording, and a way to make a session happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict

import pytest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from wireyard.domain.event import Closed, Control, Event, Message, Opened, Step
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.gui.widgets.state import ConnectionState
from wireyard.recording.recording import Recording

START_TS_NS = 1_767_323_045_000_000_000


class Times(TypedDict):
    """The two times that every event has."""

    ts_ns: int
    mono_ns: int


class Session:
    """A recording that a test fills; times go on by a millisecond with each event."""

    def __init__(self, folder: Path) -> None:
        info = SessionInfo(id="01TEST", url="ws://127.0.0.1/echo", created_ts_ns=START_TS_NS)
        self._listeners: list[Callable[..., None]] = []
        self.recording = Recording.create(folder, info, on_progress=self._tell)
        self._ms = 0

    def listen(self, listener: Callable[..., None]) -> None:
        self._listeners.append(listener)

    def put(self, *events: Event) -> None:
        for event in events:
            self.recording.put(event)

    def received(self, *texts: str) -> None:
        for text in texts:
            self._message(text.encode(), Direction.RECEIVED, Opcode.TEXT)

    def sent(self, *texts: str) -> None:
        for text in texts:
            self._message(text.encode(), Direction.SENT, Opcode.TEXT)

    def binary(self, payload: bytes) -> None:
        self._message(payload, Direction.RECEIVED, Opcode.BINARY)

    def many(self, count: int, text: str = '{"seq":%d}') -> None:
        self.received(*(text % number for number in range(count)))

    def failed(self, text: str) -> None:
        payload = text.encode()
        self.put(
            Message(
                **self.now(),
                direction=Direction.SENT,
                opcode=Opcode.TEXT,
                payload=payload,
                wire_bytes=0,
                state="failed",
            )
        )

    def ping(self, payload: bytes = b"ping") -> None:
        # As the keepalive sends them.
        kind = {"direction": Direction.SENT, "opcode": Opcode.PING, "auto": True}
        self.put(Control(**self.now(), **kind, payload=payload, wire_bytes=10))

    def pong(self, payload: bytes = b"ping") -> None:
        self.put(Control(**self.now(), direction=Direction.RECEIVED, opcode=Opcode.PONG, payload=payload, wire_bytes=6))

    def opened(self) -> None:
        for name in ("resolve", "tcp", "upgrade"):
            self.put(Step(**self.now(), name=name, ok=True, ms=1.0))
        self.put(
            Opened(
                **self.now(),
                url="ws://127.0.0.1/echo",
                request_target="/echo",
                request_headers=(),
                status=101,
                reason="Switching Protocols",
                headers=(),
                ms=3.0,
            )
        )

    def closed(self, code: int = 1000) -> None:
        self.put(Closed(**self.now(), by="server", code=code, clean=True, open_s=1.0))

    def flush(self) -> None:
        self.recording.flush(10)

    def now(self, after_ms: int = 1) -> Times:
        self._ms += after_ms
        return {"ts_ns": START_TS_NS + self._ms * 1_000_000, "mono_ns": self._ms * 1_000_000}

    def _message(self, payload: bytes, direction: Direction, opcode: Opcode) -> None:
        self.put(
            Message(**self.now(), direction=direction, opcode=opcode, payload=payload, wire_bytes=len(payload) + 2)
        )

    def _tell(self, progress: object) -> None:
        for listener in self._listeners:
            listener(progress)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session(tmp_path)
    yield session
    session.recording.close()


@pytest.fixture
def panel(qtbot: QtBot, look: Look, session: Session) -> Iterator[TimelinePanel]:
    """A panel 690 × 530, shown, following the session as a live one."""
    panel = TimelinePanel(look)
    qtbot.addWidget(panel)
    panel.resize(690, 530)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.attach(session.recording.reader)
    panel.set_live(ConnectionState.OPEN)
    session.listen(panel.on_progress)
    yield panel
    panel.shut_down()


@pytest.fixture
def listed(panel: TimelinePanel) -> QTableView:
    listed = panel.list_widget
    assert isinstance(listed, QTableView)
    return listed


@pytest.fixture
def wait_rows(qtbot: QtBot, panel: TimelinePanel, session: Session) -> Callable[[int], None]:
    """Wait until so many rows are shown."""

    def wait(count: int) -> None:
        session.flush()
        qtbot.waitUntil(lambda: panel.row_count == count, timeout=5000)

    return wait
