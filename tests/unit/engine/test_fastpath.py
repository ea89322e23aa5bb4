"""The walk over simple frames stops at everything that is not one."""

from __future__ import annotations

import pytest
from tests.helpers.frames import BINARY, CONTINUATION, PING, TEXT, frame

from wireyard.engine.fastpath import FIN_BINARY, FIN_TEXT, NO_LIMIT, FrameHeader, read_header, walk


def payloads(data: bytes, spans: list[int]) -> list[bytes]:
    return [data[span >> 32 :][: span & 0xFFFFFFFF] for span in spans]


def test_runs_end_where_the_opcode_changes() -> None:
    data = frame(TEXT, b"one") + frame(TEXT, b"") + frame(BINARY, b"x" * 300) + frame(TEXT, b"y" * 70_000)
    found = walk(data, 0, NO_LIMIT)
    assert [(head, payloads(data, spans)) for head, spans in found.runs] == [
        (FIN_TEXT, [b"one", b""]),
        (FIN_BINARY, [b"x" * 300]),
        (FIN_TEXT, [b"y" * 70_000]),
    ]
    assert found.end == len(data)


@pytest.mark.parametrize(
    "stop",
    [
        frame(PING),
        frame(CONTINUATION, b"x"),
        frame(CONTINUATION, b"x", fin=False),
        frame(TEXT, b"x", fin=False),
        frame(TEXT, b"x", rsv=4),
        frame(TEXT, b"x", mask=b"abcd"),
        frame(TEXT, b"x", length_bytes=3),
        frame(BINARY, b"x", length_bytes=9),
        frame(BINARY, b"x" * 101),
        frame(TEXT, b"x" * 10)[:-1],
        frame(TEXT, b"x" * 126)[:3],
        frame(TEXT, b"x" * 65_536)[:9],
        b"\x81",
        b"\x00",
    ],
)
def test_it_stops_before_anything_else(stop: bytes) -> None:
    begin = frame(TEXT, b"skipped")
    data = begin + frame(TEXT, b"taken") + stop
    found = walk(data, len(begin), 100)
    assert [payloads(data, spans) for _, spans in found.runs] == [[b"taken"]]
    assert found.end == len(data) - len(stop)
    assert found.fault is None
    assert walk(stop, 0, 100).runs == []


def test_it_stops_at_a_text_that_is_not_utf_8() -> None:
    good = frame(TEXT, "gut: ä".encode())
    found = walk(good + frame(TEXT, b"ab\xff"), 0, NO_LIMIT)
    assert found.end == len(good)
    assert found.fault is not None
    assert found.fault.start == 2
    assert walk(frame(BINARY, b"\xff"), 0, NO_LIMIT).fault is None


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_header_is_decoded_at_any_place(size: int) -> None:
    data = b"junk" + frame(BINARY, bytes(size), fin=False)
    header = read_header(data, 4)
    assert header is not None
    assert header == FrameHeader(0x02, False, len(data) - 4 - size, size)
    for missing in range(1, header.header_size):
        assert read_header(data[: 4 + header.header_size - missing], 4) is None


def test_a_masked_header_is_known_at_its_second_byte() -> None:
    header = read_header(b"\x81\xff", 0)
    assert header is not None
    assert header.is_masked
