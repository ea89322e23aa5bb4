"""What Copy puts on the clipboard, gathered from the recording on a thread, bounded so that it can't fill memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from wireyard.domain.frame import Direction, Opcode
from wireyard.formats import hexdump
from wireyard.gui.timeline.amounts import time_text
from wireyard.gui.timeline.face import face_of
from wireyard.gui.timeline.reader_thread import IsCancelled
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row
from wireyard.session.masked_reader import MaskedReader, MaskedRow, Part

CopyForm = Literal["payload", "row_text"]
NO_MARKS: Mapping[int, str] = MappingProxyType({})
MAX_BYTES = 64 * 1024 * 1024
_ROWS_A_READ = 500
_ARROWS = {Direction.SENT: "↑", Direction.RECEIVED: "↓"}


@dataclass(frozen=True, slots=True)
class Copied:
    """The text, how many rows are in it, and whether it had to end before the last; ``is_masked``: not all is shown."""

    text: str
    rows: int
    is_cut: bool
    is_masked: bool = False


def gather(
    reader: MaskedReader,
    parts: Sequence[Sequence[int]],
    form: CopyForm,
    is_cancelled: IsCancelled,
    marks: Mapping[int, str] = NO_MARKS,
) -> Copied | None:
    """The text of these records, one after the other, each on its own lines; ``marks`` are the notes of marked ones.
    None when cancelled.
    """
    lines: list[str] = []
    left = MAX_BYTES
    for row in _rows(reader, parts):
        if is_cancelled():
            return None
        has_payload = row.kind in (RowKind.MESSAGE, RowKind.CONTROL)
        if form == "payload" and has_payload and row.size_bytes > left:
            return Copied("\n".join(lines), len(lines), is_cut=True, is_masked=reader.has_left_out)
        line = _payload_text(reader, row) if form == "payload" and has_payload else row_text(row, marks.get(row.seq))
        left -= len(line)
        lines.append(line)
        if left <= 0:
            return Copied("\n".join(lines), len(lines), is_cut=True, is_masked=reader.has_left_out)
    return Copied("\n".join(lines), len(lines), is_cut=False, is_masked=reader.has_left_out)


def row_text(row: Row, mark: str | None = None) -> str:
    """A row as one line of plain text: time, arrow, words, size, and the note of a marked one."""
    face = face_of(row, mark=mark)
    arrow = _ARROWS[row.direction] if row.kind in (RowKind.MESSAGE, RowKind.CONTROL) else "·"
    flag = ""
    if mark is not None and not face.is_mark:
        flag = f"[Mark: {mark}]" if mark else "[Mark]"
    cells = (time_text("iso", row.ts_ns, 0), arrow, face.plain, f"({face.size})" if face.size else "", flag)
    return "  ".join(cell for cell in cells if cell)


def _rows(reader: MaskedReader, parts: Sequence[Sequence[int]]) -> Iterator[Row]:
    for part in parts:
        for start in range(0, len(part), _ROWS_A_READ):
            piece = part[start : start + _ROWS_A_READ]
            is_dense = isinstance(part, range)
            yield from reader.rows(piece[0], piece[-1]) if is_dense else reader.rows_at(piece)


def _payload_text(reader: MaskedReader, row: Row) -> str:
    if row.size_bytes == len(row.head):
        part = Part(row.head, row.places if isinstance(row, MaskedRow) else ())
    else:
        part = reader.payload_with_places(row.seq)
    if row.opcode == Opcode.TEXT:
        return part.data.decode("utf-8", "replace")
    return hexdump.dotted(part.data.hex(" "), part.places, len(part.data))
