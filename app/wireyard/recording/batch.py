"""Numbering: turns a batch of events into rows ready for the database, outside of any transaction.

A batch keeps its numbers whatever becomes of it, so that it can be written elsewhere when the disk fails.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from wireyard.domain.event import Closed, Control, Event, Failed, Message, MessageRun, Note, Opened, Step
from wireyard.domain.frame import Direction
from wireyard.domain.session import Totals
from wireyard.recording.codec import (
    PingDetail,
    Structured,
    control_kind,
    encode_message_detail,
    encode_structured,
    special_kind,
    structured_kind,
    to_json,
)
from wireyard.recording.folding import Folding
from wireyard.recording.kinds import (
    DETAIL,
    FAILED,
    HIDDEN,
    MASK_BYTES,
    OPCODE_SHIFT,
    RSV1,
    SENT,
    RowKind,
    usual_wire_bytes,
)

# seq, ts_ns, mono_ns, kind, wire, payload: in the order of the columns
Line = tuple[int, int, int, int, int | None, bytes | None]

# How a session, or its last connection, ended.
Ending = Closed | Failed


class Run(msgspec.Struct, frozen=True):
    """Messages that one statement writes. ``spans`` is a JSON list of ``start << 32 | size``."""

    first_seq: int
    count: int
    ts_ns: int
    mono_ns: int
    kind: int
    chunk: bytes
    spans: str


class Batch(msgspec.Struct):
    """Numbered rows, in order, and what they change in earlier ones."""

    first_seq: int
    last_seq: int
    items: list[Run | list[Line]]
    details: list[tuple[int, str]]
    hidden: list[int]
    hide_earlier: list[int]
    changed: list[int]
    size_bytes: int
    totals: Totals
    last_ts_ns: int
    ending: Ending | None
    ending_changed: bool

    @property
    def count(self) -> int:
        """How many rows."""
        return self.last_seq - self.first_seq + 1


class Numbering:
    """Gives every event its number, in order, and keeps the sums of the session."""

    def __init__(self, first_seq: int = 1) -> None:
        self.next_seq = first_seq
        self.sent_count = 0
        self.sent_bytes = 0
        self.received_count = 0
        self.received_bytes = 0
        self.last_ts_ns = 0
        self._folding = Folding()
        self._lines: list[Line] = []
        self._items: list[Run | list[Line]] = []
        self._details: list[tuple[int, str]] = []
        self._hidden: list[int] = []
        self._hide_earlier: list[int] = []
        self.ending: Ending | None = None
        self._ending_changed = False
        self._first_seq = first_seq

    @property
    def totals(self) -> Totals:
        """Data messages so far."""
        return Totals(
            sent_count=self.sent_count,
            sent_bytes=self.sent_bytes,
            received_count=self.received_count,
            received_bytes=self.received_bytes,
        )

    def skip_to(self, seq: int) -> None:
        """Leave numbers out: what had them was lost."""
        self.next_seq = max(self.next_seq, seq)

    def number(self, events: Iterable[Event], size_bytes: int) -> Batch:
        """Number events. ``size_bytes`` is what they take in memory, for those who bound it."""
        self._begin()
        for event in events:
            if isinstance(event, MessageRun):
                self._run(event)
            elif isinstance(event, Message):
                self._message(event)
            elif isinstance(event, Control):
                self._control(event)
            else:
                self._structured(event)
        self._end_lines()
        return self._batch(size_bytes)

    def _begin(self) -> None:
        self._first_seq = self.next_seq
        self._lines = []
        self._items = []
        self._details = []
        self._hidden = []
        self._hide_earlier = []
        self._ending_changed = False
        self._folding.touched.clear()

    def _end_lines(self) -> None:
        if self._lines:
            self._items.append(self._lines)
            self._lines = []

    def _batch(self, size_bytes: int) -> Batch:
        changed: list[int] = []
        for seq, run in self._folding.touched.items():
            if run.pings > 1 or run.rtt_ns is not None:
                detail = PingDetail(run.pings, run.unanswered == 0, run.rtt_ns)
                self._details.append((seq, to_json(detail)))
            if seq < self._first_seq:
                changed.append(seq)
        return Batch(
            first_seq=self._first_seq,
            last_seq=self.next_seq - 1,
            items=self._items,
            details=self._details,
            hidden=sorted(self._hidden),
            hide_earlier=self._hide_earlier,
            changed=changed,
            size_bytes=size_bytes,
            totals=self.totals,
            last_ts_ns=self.last_ts_ns,
            ending=self.ending,
            ending_changed=self._ending_changed,
        )

    def _run(self, event: MessageRun) -> None:
        count = len(event.spans)
        if not count:
            return
        self._end_lines()
        first = self.next_seq
        spans = msgspec.json.encode(event.spans).decode()
        kind = RowKind.MESSAGE | event.opcode << OPCODE_SHIFT
        self._items.append(Run(first, count, event.ts_ns, event.mono_ns, kind, event.chunk, spans))
        self.next_seq = first + count
        self.received_count += count
        # The sizes are the low halves; every high half is the start, so sums can be taken apart only one by one.
        self.received_bytes += sum([span & 0xFFFFFFFF for span in event.spans])
        self.last_ts_ns = event.ts_ns
        self._folding.last_visible = self.next_seq - 1

    def _message(self, event: Message) -> None:
        # Compressed floods come here message by message: no call more than is needed.
        seq = self.next_seq
        payload = event.payload
        size = len(payload)
        usual_wire = size + (2 if size < 126 else 4 if size < 65536 else 10)
        kind = RowKind.MESSAGE | event.opcode << OPCODE_SHIFT
        if event.rsv1:
            kind |= RSV1
        if event.fragments != 1 or event.fault or event.note or event.state != "sent":
            kind |= special_kind(event)
            if kind & DETAIL:
                self._details.append((seq, encode_message_detail(event)))
        if event.direction is Direction.RECEIVED:
            self.received_count += 1
            self.received_bytes += size
        else:
            kind |= SENT
            usual_wire += MASK_BYTES
            if not kind & FAILED:
                self.sent_count += 1
                self.sent_bytes += size
        wire = event.wire_bytes
        ts_ns = event.ts_ns
        self._lines.append((seq, ts_ns, event.mono_ns, kind, None if wire == usual_wire else wire, payload))
        self._folding.last_visible = seq
        self.last_ts_ns = ts_ns
        self.next_seq = seq + 1

    def _control(self, event: Control) -> None:
        seq = self.next_seq
        kind = control_kind(event)
        if self._folding.control(seq, event):
            kind |= HIDDEN
            self._hidden.append(seq)
        size = len(event.payload)
        wire = None if event.wire_bytes == usual_wire_bytes(size, bool(kind & SENT)) else event.wire_bytes
        self._lines.append((seq, event.ts_ns, event.mono_ns, kind, wire, event.payload))
        self.next_seq = seq + 1
        self.last_ts_ns = event.ts_ns

    def _structured(self, event: Structured) -> None:
        seq = self.next_seq
        if isinstance(event, Step):
            self._folding.step(seq, event)
        elif isinstance(event, Opened):
            self._hide(self._folding.opened(seq))
            self._end(None)
        elif isinstance(event, Note):
            self._folding.last_visible = seq
        else:
            self._folding.ended(seq)
            self._end(event)
        self._details.append((seq, encode_structured(event)))
        self._lines.append((seq, event.ts_ns, event.mono_ns, structured_kind(event), None, None))
        self.next_seq = seq + 1
        self.last_ts_ns = event.ts_ns

    def _end(self, ending: Ending | None) -> None:
        self.ending = ending
        self._ending_changed = True

    def _hide(self, steps: list[int]) -> None:
        if not steps:
            return
        mine = {seq for seq in steps if seq >= self._first_seq}
        self._hide_earlier += [seq for seq in steps if seq < self._first_seq]
        self._hidden += sorted(mine)
        self._end_lines()
        for item in self._items:
            if isinstance(item, list):
                item[:] = [(*line[:3], line[3] | HIDDEN, *line[4:]) if line[0] in mine else line for line in item]
