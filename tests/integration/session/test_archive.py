"""Sessions out as logs and in again: row for row the same."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.helpers.recordings import closed, control, failed, message, note, opened, ping, pong, record, run, step

from wireyard.domain.event import Event
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.exchange.errors import ExchangeError
from wireyard.exchange.redact import Redaction
from wireyard.recording.errors import RecordingError
from wireyard.recording.history import set_marks
from wireyard.recording.open import open_recording
from wireyard.recording.recording import Recording
from wireyard.session.archive import (
    ExportCancelled,
    all_events,
    export_session,
    import_log,
    is_recording,
    open_session,
)

EVENTS: list[Event] = [
    step(1, name="resolve"),
    step(2),
    opened(3),
    message("hello", 4, Direction.SENT),
    run([b"a", b"", b"\xff"], 5, Opcode.BINARY),
    message(b"\x00\xfe", 6, opcode=Opcode.BINARY, fragments=3),
    ping(payload=b"1", ms=7),
    pong(payload=b"1", ms=8),
    note("Paused", 9),
    control(Opcode.CLOSE, Direction.RECEIVED, b"\x03\xe8bye", 10),
    closed(11),
    failed(12),
]


INFO_WITH_NAMES = SessionInfo(
    id="01k", url="ws://h/", created_ts_ns=1_000_000_000, request="Orders/a.ws.yaml", label="Alice"
)


def exported(path: Path, form: str = "jsonl", **more: object) -> bytes:
    sink = io.BytesIO()
    reader = open_recording(path)
    try:
        marks = reader.marks()
        export_session(reader.info, all_events(reader), sink, form, marks=marks, **more)  # type: ignore[arg-type]
    finally:
        reader.close()
    return sink.getvalue()


def rows(path: Path) -> list[object]:
    reader = open_recording(path)
    try:
        return [*reader.rows(1, reader.last_seq()), reader.info, *reader.hidden(), reader.marks()]
    finally:
        reader.close()


def test_a_log_becomes_the_same_recording_again(tmp_path: Path) -> None:
    original = record(tmp_path / "a", EVENTS)
    log = tmp_path / "log.jsonl"
    log.write_bytes(exported(original, redaction=Redaction(hide=False)))
    assert not is_recording(log)
    imported, warnings = import_log(log, tmp_path / "b")
    assert warnings == []
    assert rows(imported) == rows(original)
    assert exported(imported, redaction=Redaction(hide=False)) == log.read_bytes()


def test_marks_go_along(tmp_path: Path) -> None:
    original = record(tmp_path / "a", EVENTS)
    set_marks(original, {1: "", 4: "here it begins: ws://u:p@h/?token=hunter2", 6: "third of a run \n é"})
    log = tmp_path / "log.jsonl"
    log.write_bytes(exported(original, redaction=Redaction(hide=False)))
    imported, _ = import_log(log, tmp_path / "b")
    assert rows(imported) == rows(original)
    assert exported(imported, redaction=Redaction(hide=False)) == log.read_bytes()


def test_what_a_mark_says_is_hidden_as_anything_else(tmp_path: Path) -> None:
    original = record(tmp_path / "a", EVENTS)
    set_marks(original, {4: "ws://u:p@h/?token=hunter2 and s3cret"})
    for form in ("jsonl", "text"):
        said = exported(original, form, redaction=Redaction(secrets=["s3cret"]))
        assert b"hunter2" not in said
        assert b"s3cret" not in said
        assert b"ws://" in said


def test_a_transcript_shows_marks_before_their_rows(tmp_path: Path) -> None:
    original = record(tmp_path / "a", EVENTS)
    set_marks(original, {4: "login\n=== Mark ===", 6: ""})
    said = exported(original, "text").decode()
    assert said.count("\n=== Mark: login␊=== Mark === ===\n") == 1
    assert said.count("\n=== Mark ===\n") == 1
    assert said.index("=== Mark: login") < said.index("hello")


def test_missing_numbers_stay_missing(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    lines = exported(record(tmp_path / "a", EVENTS)).splitlines(keepends=True)
    log.write_bytes(b"".join([lines[0], *lines[5:7], *lines[9:]]))
    imported, _ = import_log(log, tmp_path / "b")
    reader = open_recording(imported)
    try:
        assert [seq for seq, _ in all_events(reader)] == [5, 6, 9, 10, 11, 12, 13, 14]
    finally:
        reader.close()


def test_a_text_export_is_for_people(tmp_path: Path) -> None:
    assert exported(record(tmp_path, EVENTS), "text").startswith(b"Wireyard session")


def test_an_export_can_be_cancelled(tmp_path: Path) -> None:
    path = record(tmp_path, EVENTS)
    with pytest.raises(ExportCancelled):
        exported(path, is_cancelled=lambda: True)


def test_an_export_tells_how_far_it_is(tmp_path: Path) -> None:
    path = record(tmp_path, [run([b"x"] * 2500)])
    told: list[int] = []
    exported(path, on_progress=told.append)
    assert told == [1, 1001, 2001]


def test_a_broken_log_leaves_nothing_behind(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    lines = exported(record(tmp_path / "a", EVENTS)).splitlines(keepends=True)
    log.write_bytes(b"".join([*lines[:4], b"{broken}\n", *lines[4:]]))
    with pytest.raises(ExchangeError, match="Line 5"):
        import_log(log, tmp_path / "b")
    assert list((tmp_path / "b").glob("*")) == []


def test_an_import_can_be_cancelled_and_tells_how_far_it_is(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(exported(record(tmp_path / "a", [run([b"x"] * 2500)])))
    told: list[tuple[int, int]] = []
    import_log(log, tmp_path / "b", on_progress=lambda done, size: told.append((done, size)))
    assert len(told) == 3
    assert all(0 < done <= size == log.stat().st_size for done, size in told)
    with pytest.raises(ExportCancelled):
        import_log(log, tmp_path / "c", is_cancelled=lambda: True)


def test_a_file_opens_as_what_it_is(tmp_path: Path) -> None:
    recording = record(tmp_path / "a", EVENTS)
    assert open_session(recording, tmp_path / "b") == (recording, [])
    log = tmp_path / "log.jsonl"
    log.write_bytes(exported(recording))
    assert open_session(log, tmp_path / "b")[0].parent == tmp_path / "b"


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b"hello\n", b"{}\n"])
def test_a_file_that_is_no_session_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(ExchangeError):
        open_session(path, tmp_path / "b")


def test_a_damaged_recording_is_told(tmp_path: Path) -> None:
    path = record(tmp_path / "a", EVENTS)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(RecordingError):
        open_session(path, tmp_path / "b")


def test_secret_values_are_hidden_and_a_log_that_shows_them_names_them(tmp_path: Path) -> None:
    recording = Recording.create(tmp_path / "a", INFO_WITH_NAMES)
    recording.note_secrets(["hunter2"])
    recording.put(message("hello hunter2", 1, Direction.SENT))
    recording.put(run([b"plain", b"hunter2!"], 2))
    recording.close()
    reader = open_recording(recording.path)
    hiding, showing = Redaction(secrets=reader.secrets()), Redaction(hide=False, secrets=reader.secrets())
    reader.close()
    for form in ("jsonl", "text"):
        hidden = exported(recording.path, form, redaction=hiding)
        assert b"hunter2" not in hidden
        assert hidden.count(b"(hidden)") == 2
    assert b"13 B" in exported(recording.path, "text", redaction=hiding)  # as it was sent

    log = tmp_path / "shown.jsonl"
    log.write_bytes(exported(recording.path, redaction=showing))
    again, _ = import_log(log, tmp_path / "b")
    reader = open_recording(again)
    assert reader.secrets() == ("hunter2",)
    assert (reader.info.request, reader.info.label) == ("Orders/a.ws.yaml", "Alice")
    reader.close()
    assert rows(again)[:-1] == rows(recording.path)[:-1]
