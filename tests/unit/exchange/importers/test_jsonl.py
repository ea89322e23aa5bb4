"""Logs read back: equal to what was written, kind to strangers, hard on hostile files."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.events import EVENTS, INFOS

from wireyard.domain.event import Closed, Control, Event, Message, Note
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.exchange.errors import ExchangeError
from wireyard.exchange.exporters.jsonl import jsonl_chunks
from wireyard.exchange.importers.jsonl import JsonlLog
from wireyard.exchange.redact import Redaction

HEAD = b'{"v":1,"kind":"session","id":"01J","url":"wss://h.example/ws","ts":"2026-01-02T03:04:05.000000Z"}\n'


def read(data: bytes, **limits: int) -> tuple[JsonlLog, list[Event]]:
    log = JsonlLog(io.BytesIO(data), **limits)
    return log, [event for _, event in log.events()]


def fault_line(data: bytes) -> int | None:
    try:
        read(data)
    except ExchangeError as fault:
        return fault.line
    return None


@given(INFOS, st.lists(EVENTS, max_size=8))
def test_what_is_written_with_secrets_is_read_back_equal(info: SessionInfo, events: list[Event]) -> None:
    numbered = list(enumerate(events, 1))
    data = b"".join(jsonl_chunks(info, numbered, Redaction(hide=False)))
    log = JsonlLog(io.BytesIO(data))
    assert log.info == info
    assert list(log.events()) == numbered
    assert log.warnings == []


@given(INFOS, st.lists(EVENTS, min_size=1, max_size=4), st.data())
def test_a_torn_last_line_loses_only_itself(info: SessionInfo, events: list[Event], data: st.DataObject) -> None:
    whole = b"".join(jsonl_chunks(info, enumerate(events, 1), Redaction(hide=False)))
    start = whole.rstrip(b"\n").rfind(b"\n") + 1
    cut = data.draw(st.integers(start + 1, len(whole) - 2))
    log, got = read(whole[:cut])
    assert got == events[:-1]
    assert len(log.warnings) == 1
    assert "incomplete" in log.warnings[0]


def test_the_simple_form_of_the_specification_is_read() -> None:
    log, events = read(
        HEAD
        + b'{"kind":"open","ts":"2026-01-02T03:04:05.120000Z","status":101,"headers":[["X","y"]],"extensions":"e"}\n'
        + b'{"kind":"message","seq":1,"dir":"send","opcode":1,"text":"hi","len":2,"ts":"2026-01-02T03:04:05.13Z"}\n'
        + b'{"kind":"message","seq":2,"dir":"receive","opcode":2,"b64":"AAEC","len":3,"ts":"2026-01-02T03:04:05.14Z"}\n'
        + b'{"kind":"close","dir":"receive","code":1000,"reason":"bye","clean":true,"ts":"2026-01-02T03:04:06Z"}\n'
    )
    assert log.info.url == "wss://h.example/ws"
    _, sent, received, closed = events
    assert isinstance(sent, Message)
    assert (sent.payload, sent.direction, sent.wire_bytes) == (b"hi", Direction.SENT, 8)
    assert isinstance(received, Message)
    assert (received.payload, received.mono_ns - sent.mono_ns) == (b"\0\1\2", 10_000_000)
    assert isinstance(closed, Closed)
    assert (closed.by, closed.code, closed.ts_ns) == ("server", 1000, 1_767_323_046_000_000_000)


def test_playwright_lines_are_read_in_milliseconds_seconds_or_order() -> None:
    log, events = read(
        b'{"type":"send","time":1767323045100.5,"opcode":1,"data":"hi"}\n'
        b'{"type":"receive","time":1767323045.2,"opcode":2,"data":"AAEC"}\n'
        b'{"type":"receive","time":-1,"data":"later"}\n'
        b'{"type":"receive","time":-1,"opcode":2,"data":"not base64!"}\n'
        b'{"type":"receive","time":-1,"opcode":9,"data":"AA=="}\n'
        b'{"type":"error","time":-1,"opcode":-1,"data":"reset"}\n'
    )
    assert log.info.created_ts_ns == 1_767_323_045_100_500_000
    assert [event.ts_ns for event in events[:3]] == [1_767_323_045_100_500_000, *[1_767_323_045_200_000_000] * 2]
    assert [event.payload for event in events if isinstance(event, Message)] == [
        b"hi",
        b"\0\1\2",
        b"later",
        b"not base64!",
    ]
    assert isinstance(events[4], Control)
    assert events[4].opcode == Opcode.PING
    assert isinstance(events[5], Note)
    assert log.warnings == ["Line 4: the data is not Base64 and was kept as text."]


def test_json_text_sequences_blank_lines_and_a_byte_order_mark_are_accepted() -> None:
    _, events = read(b"\xef\xbb\xbf\x1e" + HEAD + b'\r\n\x1e{"kind":"note","text":"a"}\r\n\n{"kind":"note","text":"b"}')
    assert [event.text for event in events if isinstance(event, Note)] == ["a", "b"]


def test_unknown_kinds_are_kept_as_notes() -> None:
    _, events = read(HEAD + b'{"kind":"mark","seq":4,"ts":"2026-01-02T03:04:05Z","text":"here","deep":[[1]]}\n')
    assert isinstance(events[0], Note)
    assert '"mark"' in events[0].text
    assert "here" in events[0].text


def test_unknown_fields_are_passed_over() -> None:
    _, events = read(HEAD + b'{"kind":"note","text":"a","new":{"x":[1]}}\n')
    assert len(events) == 1


def test_numbers_that_do_not_rise_are_replaced() -> None:
    lines = b"".join(b'{"kind":"note","text":"a","seq":%d}\n' % seq for seq in (5, 5, 2, 9))
    assert [seq for seq, _ in JsonlLog(io.BytesIO(HEAD + lines)).events()] == [5, 6, 7, 9]


def test_a_second_head_is_a_note() -> None:
    _, events = read(HEAD + HEAD)
    assert isinstance(events[0], Note)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 0, "no record"),
        (b"\x89PNG\r\n\x1a\n\0\0", 1, "no valid JSON"),
        (HEAD + b"{]\n" + HEAD, 2, "no valid JSON"),
        (HEAD + b"[1,2]\n", 2, "no record of a session log"),
        (b'{"a":1}\n', 1, "not as it should be"),
        (HEAD + b'{"kind":"message","opcode":1}\n', 2, "dir"),
        (HEAD + b'{"kind":"message","dir":"send","opcode":3,"text":""}\n', 2, "opcode"),
        (HEAD + b'{"kind":"message","dir":"send","opcode":2,"b64":"%%"}\n', 2, "base64"),
        (HEAD + b'{"kind":"message","dir":"send","opcode":2,"wire":99999999999999999999}\n', 2, "wire"),
        (HEAD + b'{"kind":"message","dir":"send","opcode":2,"wire":-1}\n', 2, "wire"),
        (HEAD + b'{"kind":"note","text":"a","ts":"yesterday"}\n', 2, "yesterday"),
        (HEAD + b'{"kind":"note","text":"a","ts":"9999-01-01T00:00:00Z"}\n', 2, "out of range"),
        (HEAD + b'{"kind":"note","text":"a","ts":"2026-13-01T00:00:00Z"}\n', 2, "month"),
        (HEAD + b'{"kind":"note","text":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n", 2, "deeply"),
        (HEAD + b'{"kind":"note","text":"a","x":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n", 2, "deeply"),
        (HEAD + b'{"kind":"note","text":"' + b"a" * 2000 + b'"}\n', 2, "longer than"),
        (HEAD.replace(b'"v":1', b'"v":2'), 1, "Update"),
    ],
)
def test_a_bad_line_is_named_with_a_remedy(data: bytes, line: int, words: str) -> None:
    limit = 1024 if b"a" * 2000 in data else 512 * 1024 * 1024
    with pytest.raises(ExchangeError) as caught:
        read(data, max_line_bytes=limit)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert caught.value.remedy


@given(st.binary(max_size=300))
def test_junk_gives_a_clear_error_or_events(junk: bytes) -> None:
    assert fault_line(HEAD + junk) != 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["kind", "type", "seq", "ts", "dir", "opcode", "text", "b64", "data", "time", "headers"]
                ),
                inner,
            )
        ),
    )
)
def test_strange_json_gives_a_clear_error_or_events(value: object) -> None:
    assert fault_line(HEAD + json.dumps(value).encode() + b"\n") in (None, 2)
