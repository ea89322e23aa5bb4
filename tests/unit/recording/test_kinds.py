"""The packed kind of a row."""

from __future__ import annotations

import pytest

from wireyard.domain.frame import Opcode
from wireyard.recording.kinds import OPCODES, ROW_KINDS, RowKind, usual_wire_bytes


@pytest.mark.parametrize(
    ("size", "sent", "wire"),
    [(0, False, 2), (125, False, 127), (126, False, 130), (65535, False, 65539), (65536, False, 65546), (5, True, 11)],
)
def test_wire_size_of_a_plain_frame(size: int, sent: bool, wire: int) -> None:
    assert usual_wire_bytes(size, sent) == wire


def test_every_number_has_a_kind_and_an_opcode() -> None:
    assert [ROW_KINDS[kind] for kind in RowKind] == list(RowKind)
    assert ROW_KINDS[15] is RowKind.LOST
    assert [OPCODES[opcode] for opcode in Opcode] == list(Opcode)
    assert len(OPCODES) == len(ROW_KINDS) == 16
