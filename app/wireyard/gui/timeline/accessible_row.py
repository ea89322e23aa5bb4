"""A row as one sentence, for people who hear the list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.timeline.amounts import count_text, time_text
from wireyard.gui.timeline.face import face_of
from wireyard.gui.timeline.preview_runs import part_runs
from wireyard.gui.timeline.row_parts import NO_PARTS, Parts
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row

translate = QCoreApplication.translate
PREVIEW_CHARS = 160


def row_sentence(
    row: Row, delta_ns: int | None, *, is_overdue: bool = False, parts: Parts = NO_PARTS, mark: str | None = None
) -> str:
    """For example “Received, text, 437 bytes, 12:04:29.824, 204 milliseconds after previous, {"id":…”.

    ``mark`` is the note of a marked row. ``parts`` are what the list shows of the message: they come first, and the
    whole follows.
    """
    face = face_of(row, is_overdue=is_overdue, mark=mark)
    said: list[str] = []
    if row.kind == RowKind.MESSAGE:
        said += (_way(row), _form(row), _bytes(row.size_bytes))
        preview = face.text
    else:
        preview = " ".join(part for part in (face.title, face.note) if part)
        said.append(preview[:PREVIEW_CHARS])
        preview = ""
    if mark is not None and not face.is_mark:
        said.append(translate("Timeline", "marked: {0}").format(mark) if mark else translate("Timeline", "marked"))
    if row.kind != RowKind.LOST:
        said.append(time_text("clock", row.ts_ns, 0))
    if delta_ns is not None:
        said.append(translate("Timeline", "{0} after previous").format(_span(delta_ns)))
    if parts:
        said.append(part_runs(parts)[0][:PREVIEW_CHARS])
    if preview:
        said.append(preview[:PREVIEW_CHARS])
    return ", ".join(part for part in said if part)


def _way(row: Row) -> str:
    if row.failed:
        return translate("Timeline", "Not sent")
    return translate("Timeline", "Sent") if row.direction == Direction.SENT else translate("Timeline", "Received")


def _form(row: Row) -> str:
    form = translate("Timeline", "binary") if row.opcode == Opcode.BINARY else translate("Timeline", "text")
    return translate("Timeline", "{0} that breaks the protocol").format(form) if row.fault else form


def _bytes(size_bytes: int) -> str:
    if size_bytes == 1:
        return translate("Timeline", "1 byte")
    return translate("Timeline", "{0} bytes").format(count_text(size_bytes))


def _span(span_ns: int) -> str:
    if span_ns < 1_000_000_000:
        ms = round(span_ns / 1e6)
        if ms == 1:
            return translate("Timeline", "1 millisecond")
        return translate("Timeline", "{0} milliseconds").format(ms)
    return translate("Timeline", "{0} seconds").format(f"{span_ns / 1e9:.1f}")
