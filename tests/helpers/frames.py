"""Frames as a server sends them, and frames as it should not."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, BINARY, CONTINUATION, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    mask: bytes | None = None,
    length_bytes: int | None = None,
) -> bytes:
    """One frame; ``rsv`` is RSV1 to RSV3 as a number from 0 to 7, ``length_bytes`` 1, 3 or 9 forces a length field."""
    size = len(payload)
    needed = 1 if size < 126 else 3 if size < 65536 else 9
    field = length_bytes or needed
    first = size if field == 1 else 126 if field == 3 else 127
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode, first | (0x80 if mask else 0)])
    head += size.to_bytes(field - 1, "big") if field > 1 else b""
    if mask:
        payload = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    return head + (mask or b"") + payload


def close_frame(code: int, reason: str = "") -> bytes:
    return frame(CLOSE, code.to_bytes(2, "big") + reason.encode())


@dataclass(frozen=True)
class ReadFrame:
    """A client's frame, unmasked."""

    opcode: int
    payload: bytes
    fin: bool
    rsv: int


def read_client_frames(data: bytes) -> list[ReadFrame]:
    """Decode the whole frames in what a client wrote."""
    frames: list[ReadFrame] = []
    position = 0
    while position < len(data):
        head, second = data[position], data[position + 1]
        assert second & 0x80, "a client must mask"
        size, position = second & 0x7F, position + 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size, position = int.from_bytes(data[position : position + width], "big"), position + width
        mask, position = data[position : position + 4], position + 4
        payload = bytes(byte ^ mask[index % 4] for index, byte in enumerate(data[position : position + size]))
        position += size
        frames.append(ReadFrame(head & 0x0F, payload, bool(head & 0x80), head >> 4 & 7))
    return frames
