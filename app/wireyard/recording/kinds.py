"""The packed `kind` of a row: one small integer tells what it is, which way it went and what is special about it.

It is part of the file format (docs/session-format.md): bits are only ever added.
"""

from __future__ import annotations

import enum
from typing import Final

from wireyard.domain.frame import Direction, Opcode, server_frame_overhead


class RowKind(enum.IntEnum):
    """What a row is, in the low four bits. `LOST` is never stored: it stands where nothing could be kept."""

    MESSAGE = 1
    CONTROL = 2
    STEP = 3
    OPEN = 4
    CLOSE = 5
    ERROR = 6
    NOTE = 7
    LOST = 8


KIND_MASK: Final = 0x000F
OPCODE_SHIFT: Final = 4
SENT: Final = 0x0100
HIDDEN: Final = 0x0200  # no row of its own in a timeline
FAILED: Final = 0x0400  # a message that was not sent, or a step that did not succeed
FAULT: Final = 0x0800  # a received message that broke the protocol
RSV1: Final = 0x1000  # it came or went compressed (RFC 7692)
AUTO: Final = 0x2000  # a control frame that the program sent without being asked
DETAIL: Final = 0x4000  # the table `detail` has more about it

ROW_KINDS: Final = tuple(RowKind(i) if 1 <= i <= 8 else RowKind.LOST for i in range(16))
DIRECTIONS: Final = (Direction.RECEIVED, Direction.SENT)
_KNOWN_OPCODES: Final = {int(opcode): opcode for opcode in Opcode}
# Reserved opcodes (RFC 6455 section 5.2) are never stored; a file that has one was damaged or is not ours.
OPCODES: Final = tuple(_KNOWN_OPCODES.get(i, Opcode.CONTINUATION) for i in range(16))

MASK_BYTES: Final = 4


def usual_wire_bytes(size_bytes: int, sent: bool) -> int:
    """Bytes of one unfragmented, uncompressed frame: a row that took exactly these stores no wire size."""
    return size_bytes + server_frame_overhead(size_bytes) + (MASK_BYTES if sent else 0)
