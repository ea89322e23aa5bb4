"""The lines of a log: their fields, their bounds, their secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from tests.helpers.events import EVENTS, run_of

from wireyard.domain.event import Closed, Event, Failed, Message, Note, Opened
from wireyard.domain.failure import Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.exchange.exporters.jsonl import CHUNK_BYTES, JsonlWriter, jsonl_chunks
from wireyard.exchange.redact import Redaction

INFO = SessionInfo(id="01J", url="wss://u:s3@h/?token=s3", created_ts_ns=1_767_323_045_000_000_000, name="Echo")
T: dict[str, Any] = {"ts_ns": 1_767_323_045_120_000_007, "mono_ns": 99}


def written(*events: Event, hide: bool = True) -> list[dict[str, Any]]:
    data = b"".join(jsonl_chunks(INFO, enumerate(events, 1), Redaction(hide)))
    assert data.endswith(b"\n")
    return [json.loads(line) for line in data.splitlines()]


def message(payload: bytes, opcode: Opcode = Opcode.TEXT, **more: Any) -> Message:
    return Message(
        **T, direction=Direction.RECEIVED, opcode=opcode, payload=payload, wire_bytes=len(payload) + 2, **more
    )


def test_the_first_line_is_the_head_and_tells_what_it_hides() -> None:
    assert written()[0] == {
        "kind": "session",
        "v": 1,
        "seq": 0,
        "ts": "2026-01-02T03:04:05.000000000Z",
        "mono_ns": 0,
        "redacted": ["user name and password in the address", "token in the address"],
        "id": "01J",
        "url": "wss://(hidden)@h/?token=(hidden)",
        "name": "Echo",
        "subprotocols": [],
        "app_version": "",
    }


def test_a_message_has_every_field_and_its_text_unparsed() -> None:
    assert written(message(b'{"n":1.0}'))[1] == {
        "kind": "message",
        "seq": 1,
        "ts": "2026-01-02T03:04:05.120000007Z",
        "mono_ns": 99,
        "dir": "receive",
        "opcode": 1,
        "len": 9,
        "wire": 11,
        "fragments": 1,
        "rsv1": False,
        "state": "sent",
        "text": '{"n":1.0}',
    }


def test_a_payload_is_text_only_when_it_is_utf8() -> None:
    text, binary, broken = written(message(b"\0\xc3\xa9"), message(b"ok", Opcode.BINARY), message(b"\xff", fault="x"))[
        1:
    ]
    assert text["text"] == "\0é"
    assert (binary["opcode"], binary["text"]) == (2, "ok")
    assert (broken["b64"], broken["fault"]) == ("/w==", "x")
    assert "text" not in broken


def test_secrets_are_hidden_and_named_on_their_line() -> None:
    opened = Opened(
        **T,
        url="ws://h/",
        request_target="/",
        request_headers=(("Authorization", "s3"), ("Host", "h")),
        status=101,
        reason="",
        headers=(("Set-Cookie", "s3"),),
    )
    failed = Failed(**T, failure=Failure(code="lost", step="open", technical="Cookie: s3"))
    hidden = written(opened, failed)
    assert hidden[1]["redacted"] == ["Authorization", "Set-Cookie"]
    assert hidden[1]["request_headers"] == [["Authorization", "(hidden)"], ["Host", "h"]]
    assert "s3" not in json.dumps(hidden)
    shown = written(opened, failed, hide=False)
    assert "redacted" not in shown[1]
    assert shown[1]["request_headers"][0] == ["Authorization", "s3"]


def test_a_run_is_written_as_its_messages() -> None:
    lines = written(run_of([b"a", b"", b"ccc"]), Note(**T, text="n"))
    assert [line.get("text") for line in lines[1:]] == ["a", "", "ccc", "n"]
    assert [line["seq"] for line in lines[1:4]] == [1, 2, 3]


def test_strings_that_are_no_text_are_shown_rather_than_lost() -> None:
    line = written(Closed(**T, by="server", code=1000, reason="bye \udcff"))[1]
    assert line["reason"] == "bye \\udcff"


@given(EVENTS)
def test_every_event_is_one_line_of_json(event: Event) -> None:
    line = JsonlWriter().lines(7, event)
    assert line.count(b"\n") == 1
    assert json.loads(line)["seq"] == 7


def test_it_streams() -> None:
    taken = 0

    def events() -> Iterator[tuple[int, Event]]:
        nonlocal taken
        for seq in range(1, 100_000):
            taken = seq
            yield seq, message(b"x" * 1000)

    chunks = jsonl_chunks(INFO, events())
    next(chunks)
    assert taken == 0
    first = next(chunks)
    assert taken < 400
    assert len(first) < CHUNK_BYTES + 4000
