"""Turns frames into events, in wire order, and gives them to the sink.

Data messages are put together here and never enter the library's queue: with nobody in its ``recv()`` that queue stops
the socket for good. Payloads stay bytes; nothing is decoded except to check that a text is UTF-8.
"""

from __future__ import annotations

from websockets.frames import Frame

from wireyard.domain.clock import Moment, now
from wireyard.domain.event import Control, Message, MessageRun, Note, NoteTopic
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.ports import EventSink
from wireyard.engine.fastpath import Walk
from wireyard.engine.utf8 import check_utf8

RSV1 = 0x40
# A run as short as this costs less as single messages than as a slice and a list.
_SHORT_RUN = 2


class Tap:
    """One connection's view of the wire."""

    def __init__(self, sink: EventSink) -> None:
        self.sink = sink
        self.last_message_mono_ns = 0
        self.last_pong_mono_ns = 0
        # The clocks are read once for everything that one read of the socket brought, replies included.
        self._moment: Moment | None = None
        # What is known of the frame that the library is reading now.
        self._head = 0
        self._wire_bytes = 0
        self._is_reported = False
        # The message that is being put together.
        self._opcode = Opcode.BINARY
        self._parts = bytearray()
        self._fragments = 0
        self._message_wire_bytes = 0
        self._rsv1 = False

    @property
    def moment(self) -> Moment:
        """The time that belongs to what happens now."""
        return self._moment or now()

    @property
    def has_open_message(self) -> bool:
        """Whether a fragmented message has begun and not ended."""
        return self._fragments > 0

    @property
    def message_bytes(self) -> int:
        """Payload bytes of the fragmented message so far."""
        return len(self._parts)

    def begin_read(self) -> Moment:
        """Freeze the time for one read of the socket."""
        self._moment = now()
        return self._moment

    def end_read(self) -> None:
        """Let the time run again."""
        self._moment = None

    def runs(self, data: bytes, walked: Walk, begin: int) -> None:
        """Report the messages that a walk from ``begin`` found in ``data``."""
        moment = self.moment
        for head, spans in walked.runs:
            opcode = Opcode(head & 0x0F)
            if len(spans) <= _SHORT_RUN:
                for span in spans:
                    start, size = span >> 32, span & 0xFFFFFFFF
                    self._message(opcode, data[start : start + size], size + (start - begin))
                    begin = start + size
                continue
            begin = (spans[-1] >> 32) + (spans[-1] & 0xFFFFFFFF)
            chunk = data
            if len(walked.runs) > 1 or begin - (spans[0] >> 32) < len(data) >> 1:
                # Each run keeps only its own bytes: many short runs must not each hold, and store, the whole read.
                first = spans[0] >> 32
                chunk = data[first:begin]
                shift = first << 32
                spans = [span - shift for span in spans]
            self.sink.put(
                MessageRun(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, opcode=opcode, chunk=chunk, spans=spans)
            )
        if walked.runs:
            self.last_message_mono_ns = moment.mono_ns

    def whole(self, head: int, payload: bytes, wire_bytes: int) -> None:
        """Report one unfragmented, uncompressed message that spanned several reads."""
        self._message(Opcode(head & 0x0F), payload, wire_bytes)
        self.last_message_mono_ns = self.moment.mono_ns

    def begin_frame(self, head: int, wire_bytes: int) -> None:
        """Note the first byte and the size of the frame that the library reads next."""
        self._head = head
        self._wire_bytes = wire_bytes
        self._is_reported = False

    def control_received(self, frame: Frame) -> None:
        """Report a control frame; called before the library answers it, so that a ping comes before its pong."""
        moment = self.moment
        if frame.opcode == Opcode.PONG:
            self.last_pong_mono_ns = moment.mono_ns
        self._is_reported = True
        self._control(moment, Direction.RECEIVED, Opcode(frame.opcode), bytes(frame.data), self._wire_bytes, auto=False)

    def data_received(self, frame: Frame) -> None:
        """Add a data frame that the library has accepted; raise `UnicodeDecodeError` at the end of a bad text."""
        self.last_message_mono_ns = self.moment.mono_ns
        payload = bytes(frame.data)
        if not self._fragments:
            self._opcode = Opcode(frame.opcode)
            self._rsv1 = bool(self._head & RSV1)
        self._fragments += 1
        self._message_wire_bytes += self._wire_bytes
        if not frame.fin or self._fragments > 1:
            self._parts += payload
            if not frame.fin:
                return
            payload = bytes(self._parts)
        if self._opcode is Opcode.TEXT:
            try:
                check_utf8(payload)
            except UnicodeDecodeError:
                self._parts[:] = payload
                raise
        self._finish(payload)

    def frame_sent(self, frame: Frame, wire: bytes, *, auto: bool) -> None:
        """Report a frame that was handed to the transport; data frames are never fragmented by us."""
        moment = self.moment
        opcode = Opcode(frame.opcode)
        if opcode >= Opcode.CLOSE:
            self._control(moment, Direction.SENT, opcode, bytes(frame.data), len(wire), auto=auto)
            return
        self.sink.put(
            Message(
                ts_ns=moment.ts_ns,
                mono_ns=moment.mono_ns,
                direction=Direction.SENT,
                opcode=opcode,
                payload=bytes(frame.data),
                wire_bytes=len(wire),
                rsv1=bool(wire[0] & RSV1),
            )
        )

    def not_sent(self, opcode: Opcode, payload: bytes, note: str) -> None:
        """Report a message that was to be sent and was not."""
        self.sink.put(Message.not_sent(self.moment, opcode, payload, note))

    def broken(self, fault: str, payload: bytes, wire_bytes: int, note: str = "") -> None:
        """Report the frame that broke the rules, with the bytes there are, joined to the message it belongs to.

        A control frame that was reported before the library found fault with it is not reported twice.
        """
        if self._is_reported:
            return
        opcode_bits = self._head & 0x0F
        if self._fragments and opcode_bits == Opcode.CONTINUATION:
            payload = bytes(self._parts) + payload
        elif opcode_bits in (Opcode.CLOSE, Opcode.PING, Opcode.PONG):
            self._control(self.moment, Direction.RECEIVED, Opcode(opcode_bits), payload, wire_bytes, auto=False)
            return
        else:
            self.incomplete()
            self._opcode = Opcode.TEXT if opcode_bits == Opcode.TEXT else Opcode.BINARY
            self._rsv1 = bool(self._head & RSV1)
        self._fragments += 1
        self._message_wire_bytes += wire_bytes
        self._finish(payload, fault, note)

    def incomplete(self) -> None:
        """Report the fragmented message whose end will not come, if there is one."""
        if self._fragments:
            self._finish(bytes(self._parts), "incomplete", "The connection ended before the message did.")

    def broken_text(self) -> bytes:
        """Report the assembled text that is not UTF-8; give its payload."""
        payload = bytes(self._parts)
        self._finish(payload, "invalid_text")
        return payload

    def note(self, text: str, topic: NoteTopic = "") -> None:
        """Tell the reader of the log what the program did."""
        moment = self.moment
        self.sink.put(Note(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, text=text, topic=topic))

    def _finish(self, payload: bytes, fault: str = "", note: str = "") -> None:
        fragments, wire_bytes, rsv1 = self._fragments, self._message_wire_bytes, self._rsv1
        self._drop_message()
        self._message(self._opcode, payload, wire_bytes, fragments, rsv1, fault, note)

    def _drop_message(self) -> None:
        self._parts = bytearray()
        self._fragments = 0
        self._message_wire_bytes = 0
        self._rsv1 = False

    def _message(
        self,
        opcode: Opcode,
        payload: bytes,
        wire_bytes: int,
        fragments: int = 1,
        rsv1: bool = False,
        fault: str = "",
        note: str = "",
    ) -> None:
        moment = self.moment
        self.sink.put(
            Message(
                ts_ns=moment.ts_ns,
                mono_ns=moment.mono_ns,
                direction=Direction.RECEIVED,
                opcode=opcode,
                payload=payload,
                wire_bytes=wire_bytes,
                fragments=fragments,
                rsv1=rsv1,
                fault=fault,
                note=note,
            )
        )

    def _control(
        self, moment: Moment, direction: Direction, opcode: Opcode, payload: bytes, wire_bytes: int, *, auto: bool
    ) -> None:
        self.sink.put(
            Control(
                ts_ns=moment.ts_ns,
                mono_ns=moment.mono_ns,
                direction=direction,
                opcode=opcode,
                payload=payload,
                wire_bytes=wire_bytes,
                auto=auto,
            )
        )
