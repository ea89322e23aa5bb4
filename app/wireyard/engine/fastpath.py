"""Reading runs of simple frames without building an object for each.

The library's parser is a generator that makes several objects a frame and tops out near 200,000 messages a second.
Floods are made of whole, unfragmented, uncompressed data frames; `walk` steps over a run of those and notes where each
payload lies. Everything else it leaves: the caller hands that to the library, frame by frame, so every rule the library
enforces stays enforced. What is checked here is exactly what the library checks for such frames (RFC 6455 sections 5.2
and 5.6): no reserved bit, no mask, the size limit, and UTF-8 in text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

FIN_TEXT = 0x81
FIN_BINARY = 0x82
NO_LIMIT = 1 << 64


@dataclass(slots=True)
class Walk:
    """What a walk found: ``runs`` of (first byte of the header, spans), and ``end``, the first byte not taken.

    A span is ``start << 32 | size``. ``fault`` is set when the frame at ``end`` is a text that is not UTF-8.
    """

    runs: list[tuple[int, list[int]]] = field(default_factory=list[tuple[int, list[int]]])
    end: int = 0
    fault: UnicodeDecodeError | None = None


class FrameHeader(NamedTuple):
    """The first bytes of a frame that a server sends, decoded."""

    head: int
    is_masked: bool
    header_size: int
    payload_size: int


def walk(data: bytes, position: int, max_size: int) -> Walk:  # noqa: C901, PLR0915 - one loop: a call a frame halves it
    """Step over complete, unfragmented, uncompressed, unmasked data frames from ``position`` on."""
    found = Walk()
    spans: list[int] = []
    append = spans.append
    current = -1
    size_of_data = len(data)
    last = size_of_data - 1
    while position < last:
        head = data[position]
        if head != current:
            if head != FIN_TEXT and head != FIN_BINARY:
                break
            if spans:
                found.runs.append((current, spans))
                spans = []
                append = spans.append
            current = head
        size = data[position + 1]
        if size < 126:
            start = position + 2
        elif size == 126:
            start = position + 4
            if start > size_of_data:
                break
            size = data[position + 2] << 8 | data[position + 3]
            # A longer length field than needed is legal for the library, but its wire size can't be told from the
            # payload's, as `MessageRun` does.
            if size < 126:
                break
        elif size == 127:
            start = position + 10
            if start > size_of_data:
                break
            size = int.from_bytes(data[position + 2 : start], "big")
            if size < 65536:
                break
        else:
            break
        end = start + size
        if end > size_of_data or size > max_size:
            break
        if head == FIN_TEXT and not (payload := data[start:end]).isascii():
            try:
                payload.decode()
            except UnicodeDecodeError as fault:
                found.fault = fault
                break
        append(start << 32 | size)
        position = end
    if spans:
        found.runs.append((current, spans))
    found.end = position
    return found


def read_header(data: bytes, position: int) -> FrameHeader | None:
    """Decode the frame header at ``position``; None while it is incomplete.

    A masked frame breaks the rules at its second byte (RFC 6455 section 5.1), so its header need not be complete.
    """
    available = len(data) - position
    if available < 2:
        return None
    head, second = data[position], data[position + 1]
    size = second & 0x7F
    header_size = 2 if size < 126 else 4 if size == 126 else 10
    if second & 0x80:
        return FrameHeader(head, True, min(header_size + 4, available), 0)
    if available < header_size:
        return None
    if size >= 126:
        size = int.from_bytes(data[position + 2 : position + header_size], "big")
    return FrameHeader(head, False, header_size, size)
