"""What rows say, by kind."""

from __future__ import annotations

import pytest

from wireyard.domain.event import Closed, Event, Failed, Note, Opened, Step
from wireyard.domain.failure import Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.timeline.accessible_row import row_sentence
from wireyard.gui.timeline.face import face_of
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row, lost_row


def message(payload: bytes, direction: Direction, opcode: Opcode = Opcode.TEXT, **more: object) -> Row:
    return Row(1, 0, 0, RowKind.MESSAGE, direction, opcode, len(payload), 0, payload[:2048], **more)  # type: ignore[arg-type]


def ping(direction: Direction = Direction.SENT, **more: object) -> Row:
    return Row(1, 0, 0, RowKind.CONTROL, direction, Opcode.PING, 4, 10, b"abcd", **more)  # type: ignore[arg-type]


def detail(kind: RowKind, event: Event) -> Row:
    return Row(1, 0, 0, kind, detail=event)


def test_direction_is_told_by_arrow_and_colour() -> None:
    sent, received = face_of(message(b"{}", Direction.SENT)), face_of(message(b"{}", Direction.RECEIVED))
    assert (sent.icon, sent.tone) == ("arrow-up", "sent")
    assert (received.icon, received.tone) == ("arrow-down", "recv")


def test_json_is_coloured_and_whole() -> None:
    face = face_of(message(b'{"a":1,"b":null}', Direction.RECEIVED))
    assert face.text == '{"a":1,"b":null}'
    assert {role for _, _, role in face.runs} >= {"syn.key", "syn.number", "syn.literal"}


def test_binary_shows_bytes_and_a_guess() -> None:
    face = face_of(message(b"\x89PNG\r\n\x1a\n" + bytes(40), Direction.RECEIVED, Opcode.BINARY))
    assert face.tag == "BIN"
    assert face.plain.startswith("BIN 89 50 4e 47")
    assert "PNG" in face.plain


def test_a_message_that_was_not_sent_says_why() -> None:
    face = face_of(message(b"hello", Direction.SENT, failed=True, note="The connection was closing."))
    assert face.title == "Not sent"
    assert face.tone == "err"
    assert face.note == "The connection was closing."


def test_a_ping_tells_its_round_trip_and_how_many_it_stands_for() -> None:
    assert face_of(ping(rtt_ms=23.2, auto=True)).plain == "PING Ping answered round trip 23 ms · payload 4 B"
    assert face_of(ping(rtt_ms=23.2)).plain == "PING Ping answered round trip 23 ms · payload “abcd”"
    assert face_of(ping(rtt_ms=23.2, folded=13)).note.endswith("×14")
    assert face_of(ping(pong_missing=True)).tone == "text.3"
    assert face_of(ping(pong_missing=True), is_overdue=True).tone == "warn"


def test_a_normal_close_is_grey_and_others_are_not() -> None:
    normal = Closed(ts_ns=0, mono_ns=0, by="us", code=1000, clean=True, open_s=3)
    away = Closed(ts_ns=0, mono_ns=0, by="server", code=1001, reason="deploy 2411", clean=True, open_s=483)
    lost = Closed(ts_ns=0, mono_ns=0, by="nobody", code=1006, open_s=1)
    assert face_of(detail(RowKind.CLOSE, normal)).tone == "text.2"
    face = face_of(detail(RowKind.CLOSE, away))
    assert (face.tone, face.title) == ("warn", "Closed by server: 1001 Going away")
    assert "deploy 2411" in face.note
    assert face_of(detail(RowKind.CLOSE, lost)).tone == "err"


def test_an_error_fills_its_row() -> None:
    failure = Failure(code="refused", step="tcp", facts={"host": "h", "port": "1"})
    face = face_of(detail(RowKind.ERROR, Failed(ts_ns=0, mono_ns=0, failure=failure)))
    assert face.is_alarm
    assert face.title == "Nothing is listening on h:1"


@pytest.mark.parametrize("ok", [True, False])
def test_every_step_has_words(ok: bool) -> None:
    titles = {
        face_of(detail(RowKind.STEP, Step(ts_ns=0, mono_ns=0, name=name, ok=ok, ms=3.0))).title
        for name in ("resolve", "tcp", "proxy", "tls", "upgrade")
    }
    assert len(titles) == 5


@pytest.mark.parametrize(("detail_", "title"), [("401 Unauthorized", "Upgrade refused"), ("cancelled", "Not upgraded")])
def test_only_who_answered_has_refused(detail_: str, title: str) -> None:
    step = Step(ts_ns=0, mono_ns=0, name="upgrade", ok=False, ms=3.0, detail=detail_)
    assert face_of(detail(RowKind.STEP, step)).title == title


def test_a_handshake_tells_what_was_agreed() -> None:
    opened = Opened(
        ts_ns=0, mono_ns=0, url="ws://h/", request_target="/", request_headers=(), status=101, reason="", headers=(),
        subprotocol="chat", ms=84,
    )  # fmt: skip
    assert face_of(detail(RowKind.OPEN, opened)).plain == "Connected 101 · chat · 84 ms"


def test_notes_and_lost_rows_say_something() -> None:
    assert face_of(detail(RowKind.NOTE, Note(ts_ns=0, mono_ns=0, text="Paused."))).plain == "Paused."
    assert "Not kept" in face_of(lost_row(9)).plain


def test_another_connection_of_the_session_begins_with_a_divider() -> None:
    note = Note(ts_ns=0, mono_ns=0, text="Connecting again to ws://h/: attempt 1 of 5", topic="divider")
    face = face_of(detail(RowKind.NOTE, note))
    assert (face.is_divider, face.plain) == (True, note.text)
    assert not face_of(detail(RowKind.NOTE, Note(ts_ns=0, mono_ns=0, text="Paused."))).is_divider


def test_the_sentence_tells_way_form_size_and_distance() -> None:
    said = row_sentence(message(b'{"id":1}', Direction.RECEIVED), 204_000_000)
    assert said.startswith("Received, text, 8 bytes, ")
    assert "204 milliseconds after previous" in said
    assert said.endswith('{"id":1}')


def test_the_sentence_is_short_for_long_payloads() -> None:
    assert len(row_sentence(message(b"x" * 100_000, Direction.SENT, Opcode.BINARY), None)) < 260


def test_no_chosen_subprotocol_is_amber() -> None:
    note = Note(ts_ns=1, mono_ns=1, text="No subprotocol chosen: the server took none of v1.", topic="no_subprotocol")
    face = face_of(detail(RowKind.NOTE, note))
    assert (face.tone, face.title, face.note) == ("warn", "No subprotocol chosen", "the server took none of v1.")


def test_a_part_stands_in_place_of_the_whole_after_a_mark_and_is_coloured() -> None:
    row = message(b'{"a":{"b":"text"}}', Direction.RECEIVED)
    face = face_of(row, parts=((b'"text"', 6),))
    assert face.text == '… "text"'
    assert face.runs == ((0, 1, "text.3"), (2, 6, "syn.string"))
    assert face.size == face_of(row).size
    assert face_of(row, parts=((b"1", 1), (b"x" * 1024, 5000)), max_chars=20).text == "… 1 … " + "x" * 14 + "…"


def test_a_part_is_said_before_the_whole() -> None:
    row = message(b'{"a":1}', Direction.RECEIVED)
    assert row_sentence(row, None, parts=((b"1", 1),)) == row_sentence(row, None).replace(', {"a"', ', … 1, {"a"')


def test_a_step_that_led_to_another_round_says_so() -> None:
    def title(said: str) -> str:
        step = Step(ts_ns=0, mono_ns=0, name="upgrade", ok=True, ms=1, detail=said)
        return face_of(detail(RowKind.STEP, step)).title

    titles = [title(said) for said in ("101 Switching Protocols", "302 Found", "401 Unauthorized")]
    assert titles == ["Upgraded", "Redirected", "Asked to sign in"]
