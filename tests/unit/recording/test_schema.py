"""The file speaks for itself with any SQLite tool."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from tests.helpers import recordings as make
from tests.helpers.recordings import SENT

from wireyard.domain.event import Event


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    events: list[Event] = [
        make.step(),
        make.opened(1),
        make.message("hello", ms=2, direction=SENT, wire_bytes=11),
        make.run([b"one", b"two"], 3),
        make.message(b"\x00", ms=4, fault="bad", fragments=2, rsv1=True),
        make.ping(payload=b"p", ms=5),
        make.pong(payload=b"p", ms=25),
        make.note("Paused", ms=30),
        make.closed(40),
        make.failed(50),
    ]
    connection = sqlite3.connect(make.record(tmp_path_factory.mktemp("s"), events))
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_messages(tool: sqlite3.Connection) -> None:
    sent, one, _, binary = tool.execute("select * from messages").fetchall()
    assert (sent["time"], sent["direction"], sent["opcode"]) == ("2026-01-02T02:50:45.125456789Z", "sent", "text")
    assert (sent["text"], sent["size_bytes"], sent["wire_bytes"], sent["state"]) == ("hello", 5, 11, "sent")
    assert (one["direction"], one["text"], one["payload"], one["wire_bytes"]) == ("received", "one", b"one", 5)
    assert (binary["opcode"], binary["text"], binary["fault"]) == ("binary", None, "bad")
    assert (binary["fragments"], binary["rsv1"]) == (2, 1)


def test_control_frames(tool: sqlite3.Connection) -> None:
    ping, pong = tool.execute("select * from control_frames").fetchall()
    assert (ping["direction"], ping["opcode"], ping["payload"], ping["rtt_ms"]) == ("sent", "ping", b"p", 20.0)
    assert (pong["direction"], pong["opcode"]) == ("received", "pong")


@pytest.mark.parametrize(
    ("view", "column", "value"),
    [
        ("steps", "name", "tcp"),
        ("handshakes", "status", 101),
        ("handshakes", "headers", '[["Upgrade","websocket"]]'),
        ("closes", "code", 1000),
        ("closes", "reason", "bye"),
        ("notes", "text", "Paused"),
        ("errors", "failure ->> '$.code'", "refused"),
    ],
)
def test_other_views(tool: sqlite3.Connection, view: str, column: str, value: object) -> None:
    assert [tuple(row) for row in tool.execute(f"select {column} from {view}")] == [(value,)]


def test_the_session(tool: sqlite3.Connection) -> None:
    facts = {row["key"]: row["value"] for row in tool.execute("select key, value from session")}
    assert (facts["id"], facts["name"], facts["created_ts_ns"]) == (make.INFO.id, make.INFO.name, make.START_NS)
    assert facts["failure"] == "refused"
    assert '"received_count":3' in facts["totals"]
