"""A row as a list shows it."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import recordings as make
from tests.helpers.recordings import SENT

from wireyard.domain.frame import Opcode
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row, lost_row


def only_row(folder: Path, *events: object) -> Row:
    with make.recording(folder, events) as made, make.reading(made) as reader:  # type: ignore[arg-type]
        (row,) = reader.rows(1, 9)
        return row


def test_a_message(tmp_path: Path) -> None:
    event = make.message("hi", ms=3, direction=SENT, rsv1=True, state="failed", note="It was closed", wire_bytes=77)
    row = only_row(tmp_path, event)
    assert row == Row(
        seq=1,
        ts_ns=event.ts_ns,
        mono_ns=event.mono_ns,
        kind=RowKind.MESSAGE,
        direction=SENT,
        opcode=Opcode.TEXT,
        size_bytes=2,
        wire_bytes=77,
        head=b"hi",
        failed=True,
        rsv1=True,
        note="It was closed",
    )


def test_a_faulty_message(tmp_path: Path) -> None:
    row = only_row(tmp_path, make.message(b"\xff", fault="invalid UTF-8 at byte 0", fragments=2))
    assert (row.fault, row.fragments, row.detail) == ("invalid UTF-8 at byte 0", 2, None)


def test_what_is_no_frame_carries_its_event(tmp_path: Path) -> None:
    for event, kind in (
        (make.step(ok=False), RowKind.STEP),
        (make.opened(), RowKind.OPEN),
        (make.closed(), RowKind.CLOSE),
        (make.failed(), RowKind.ERROR),
        (make.note(), RowKind.NOTE),
    ):
        row = only_row(tmp_path, event)
        assert (row.kind, row.detail, row.failed) == (kind, event, kind == RowKind.STEP)


def test_a_lost_row_knows_its_number_alone() -> None:
    assert lost_row(7) == Row(seq=7, ts_ns=0, mono_ns=0, kind=RowKind.LOST)
