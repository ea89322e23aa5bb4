"""From the bytes of the socket to events: whole frames are cut out here, the simple ones taken, the rest handed on.

The library is fed one complete frame at a time, so its reader is empty between frames and its checks decide about
every frame that the fast path does not take. A frame that breaks the rules by its header is handed on at once, with
whatever of it has arrived. Sans-I/O: bytes in, events to the tap, replies in ``protocol.writes``.
"""

from __future__ import annotations

from collections.abc import Callable

from websockets.frames import CloseCode

from wireyard.domain.failure import Failure
from wireyard.domain.frame import Opcode
from wireyard.engine.fastpath import FIN_BINARY, FIN_TEXT, NO_LIMIT, FrameHeader, read_header, walk
from wireyard.engine.tap import RSV1, Tap
from wireyard.engine.utf8 import check_utf8, first_invalid_byte
from wireyard.engine.violation import broken_rule
from wireyard.engine.wire import WireProtocol

_HEX_BYTES = 8


class Inbound:
    """The reading side of one open connection. ``on_failure`` hears why an open connection was failed."""

    def __init__(self, protocol: WireProtocol, tap: Tap, on_failure: Callable[[Failure], None]) -> None:
        self.failure: Failure | None = None
        self._protocol = protocol
        self._tap = tap
        self._on_failure = on_failure
        self._limit = NO_LIMIT if protocol.max_message_size is None else protocol.max_message_size
        self._tail = b""
        # A frame of which the header is complete and the payload is not.
        self._header: FrameHeader | None = None
        self._header_bytes = b""
        self._pieces: list[bytes] = []
        self._missing = 0
        # The frame that the library reads now, for the words if it finds fault.
        self._current: tuple[FrameHeader, bytes] | None = None
        self._is_over = False
        protocol.on_broken = self._on_broken

    @property
    def is_over(self) -> bool:
        """Whether more bytes mean nothing: a close frame came or a rule was broken."""
        return self._is_over

    def receive(self, data: bytes) -> None:
        """Take what one read of the socket brought."""
        if self._is_over:
            return
        position = 0
        if self._header is not None:
            position = self._fill(data)
        elif self._tail:
            data = self._tail + data
            self._tail = b""
        end = len(data)
        while position < end and not self._is_over:
            if self._can_walk:
                position = self._walk(data, position)
                if position == end or self._is_over:
                    return
            position = self._take_frame(data, position)

    def receive_eof(self) -> None:
        """Report what was cut off, and tell the library that the stream has ended."""
        header, pieces = self._header, self._pieces
        self._header, self._pieces, self._tail, self._missing = None, [], b"", 0
        if not self._is_over:
            self._is_over = True
            if header is not None:
                self._report_cut(header, b"".join(pieces))
            self._tap.incomplete()
        self._protocol.receive_eof()

    @property
    def _can_walk(self) -> bool:
        return not self._tap.has_open_message

    def _walk(self, data: bytes, position: int) -> int:
        walked = walk(data, position, self._limit)
        if walked.runs:
            self._tap.runs(data, walked, position)
        if walked.fault is not None:
            header = read_header(data, walked.end)
            assert header is not None
            payload = data[walked.end + header.header_size :][: header.payload_size]
            self._refuse_text(header, payload, walked.fault)
        return walked.end

    def _take_frame(self, data: bytes, position: int) -> int:
        """Take the frame at ``position``, whole or in part; give the position after what was taken."""
        header = read_header(data, position)
        if header is None:
            self._tail = data[position:]
            return len(data)
        start = position + header.header_size
        end = start + header.payload_size
        if self._breaks_by_header(header):
            self._feed(header, data[position:start], data[start:])
            return len(data)
        if end > len(data):
            self._header = header
            self._header_bytes = data[position:start]
            self._pieces = [data[start:]]
            self._missing = end - len(data)
            return len(data)
        self._feed(header, data[position:start], data[start:end])
        return end

    def _fill(self, data: bytes) -> int:
        """Add to the frame that is being collected; give the position after what belongs to it."""
        header = self._header
        assert header is not None
        taken = min(self._missing, len(data))
        self._pieces.append(data if taken == len(data) else data[:taken])
        self._missing -= taken
        if self._missing:
            return taken
        payload = b"".join(self._pieces)
        self._header, self._pieces = None, []
        if header.head not in (FIN_TEXT, FIN_BINARY) or not self._can_walk:
            self._feed(header, self._header_bytes, payload)
            return taken
        if header.head == FIN_TEXT:
            try:
                check_utf8(payload)
            except UnicodeDecodeError as fault:
                self._refuse_text(header, payload, fault)
                return taken
        self._tap.whole(header.head, payload, header.header_size + header.payload_size)
        return taken

    def _breaks_by_header(self, header: FrameHeader) -> bool:
        """Whether the library fails the connection on reading this header, before any payload."""
        allowed = self._limit - self._tap.message_bytes
        return (
            header.is_masked or 3 <= header.head & 0x0F <= 7 or header.head & 0x0F > 10 or header.payload_size > allowed
        )

    def _feed(self, header: FrameHeader, header_bytes: bytes, payload: bytes) -> None:
        """Let the library read one frame, or as much of it as there is when its header already breaks the rules."""
        self._current = (header, payload)
        self._tap.begin_frame(header.head, len(header_bytes) + len(payload))
        self._protocol.receive_data(header_bytes + payload)
        self._current = None
        if self._protocol.close_rcvd is not None:
            self._is_over = True

    def _refuse_text(self, header: FrameHeader, payload: bytes, fault: UnicodeDecodeError) -> None:
        self._current = (header, payload)
        self._tap.begin_frame(header.head, header.header_size + len(payload))
        self._protocol.fail(CloseCode.INVALID_DATA, f"{fault.reason} at position {fault.start}")
        self._current = None

    def _report_cut(self, header: FrameHeader, payload: bytes) -> None:
        """A message whose end never came is worth seeing as far as it came."""
        if header.head & 0x0F <= Opcode.BINARY:
            wire_bytes = header.header_size + len(payload)
            self._tap.begin_frame(header.head, wire_bytes)
            self._tap.broken("incomplete", payload, wire_bytes, "The connection ended before the message did.")

    def _on_broken(self, code: int, reason: str) -> None:
        """Report the frame and the failure; called before the close frame that tells the other side goes out."""
        self._is_over = True
        failure = self._describe(code, reason)
        self._tap.incomplete()
        self.failure = failure
        self._on_failure(failure)

    def _describe(self, code: int, reason: str) -> Failure:
        if self._current is None:
            return Failure(code="internal", step="open", technical=reason)
        header, payload = self._current
        wire_bytes = header.header_size + len(payload)
        facts = {"side": "server"}
        if code == CloseCode.INVALID_DATA:
            return self._describe_text(header, payload, wire_bytes, facts, reason)
        if code == CloseCode.MESSAGE_TOO_BIG:
            facts |= {"limit": str(self._limit), "refused_by": "us"}
            size = self._tap.message_bytes + header.payload_size
            if size > self._limit:
                facts["size"] = str(size)
            note = "as it came, not inflated" if header.head & RSV1 else ""
            self._tap.broken("too_big", payload, wire_bytes, note)
            return Failure(code="too_big", step="open", technical=reason, facts=facts)
        facts["rule"] = broken_rule(
            header.head,
            is_masked=header.is_masked,
            payload=payload,
            size=header.payload_size,
            has_open_message=self._tap.has_open_message,
            deflate=bool(self._protocol.extensions),
        )
        self._tap.broken("protocol_error", payload, wire_bytes, facts["rule"])
        return Failure(code="protocol_error", step="open", technical=reason, facts=facts)

    def _describe_text(
        self, header: FrameHeader, payload: bytes, wire_bytes: int, facts: dict[str, str], reason: str
    ) -> Failure:
        if header.head & 0x0F == Opcode.CLOSE:
            payload, skipped = payload[2:], 2
            facts["where"] = "close reason"
        elif self._tap.has_open_message:
            payload, skipped = self._tap.broken_text(), 0
        else:
            skipped = 0
            self._tap.broken("invalid_text", payload, wire_bytes)
        offset = first_invalid_byte(payload)
        facts |= {
            "offset": str(offset + skipped),
            "hex": payload[offset : offset + _HEX_BYTES].hex(" "),
            "size": str(len(payload)),
        }
        return Failure(code="invalid_text", step="open", technical=reason, facts=facts)
