"""Hex out and hex in."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats import hexdump
from wireyard.formats.hexdump import HexError, hex_rows, parse_hex


def test_rows_have_offset_hex_and_text() -> None:
    rows = hex_rows(bytes(range(0x41, 0x41 + 18)), offset=16)
    assert (rows[0].offset, rows[0].text) == ("00000010", "ABCDEFGHIJKLMNOP")
    assert rows[0].hex == "41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50"
    assert (rows[1].offset, rows[1].hex, rows[1].text) == ("00000020", "51 52", "QR")


def test_bytes_that_are_no_ascii_are_dots() -> None:
    assert hex_rows(b"a\0\x7f\xff ")[0].text == "a... "


def test_offsets_of_a_huge_payload_line_up() -> None:
    assert hex_rows(b"a", offset=0, size_bytes=2**36)[0].offset == "000000000"


def test_ways_to_copy() -> None:
    assert hexdump.as_hex(b"\xde\xad") == "de ad"
    assert hexdump.as_base64(b"\xde\xad") == "3q0="
    assert hexdump.as_c_array(b"\xde\xad") == "static const unsigned char payload[2] = {\n    0xde, 0xad\n};\n"


@pytest.mark.parametrize(
    "text",
    [
        "deadbeef",
        "de ad be ef",
        "DE:AD:BE:EF",
        "0xde, 0xad, 0xbe, 0xef",
        "0xdeadbeef",
        "\\xde\\xad\\xbe\\xef",
        "{ 0xde,\n  0xad,\n  0xbe,\n  0xef }",
        "dead-beef\n",
        "dead\r\n\tbeef",
    ],
)
def test_hex_is_read_as_people_type_it(text: str) -> None:
    assert parse_hex(text) == b"\xde\xad\xbe\xef"


def test_a_prefixed_single_digit_is_a_byte() -> None:
    assert parse_hex("0x0, 0xa") == b"\x00\x0a"
    assert parse_hex(" ") == b""


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("de ag", 4, '"g" is no hex digit'),
        ("de a", 4, "odd number"),
        ("dea df", 3, "odd number"),
        ("0x", 2, 'missing after "0x"'),
        ("de\nxy", 3, '"x" is no hex digit'),
        ("é", 0, "no hex digit"),
    ],
)
def test_a_fault_points_at_its_character(text: str, position: int, words: str) -> None:
    with pytest.raises(HexError) as caught:
        parse_hex(text)
    assert caught.value.position == position
    assert words in str(caught.value)


@given(st.binary(), st.sampled_from([" ", "", ", ", "\n", ":"]), st.sampled_from(["", "0x", "\\x"]))
def test_what_is_written_is_read_back(data: bytes, separator: str, prefix: str) -> None:
    assert parse_hex(separator.join(f"{prefix}{byte:02x}" for byte in data)) == data
    assert base64.b64decode(hexdump.as_base64(data)) == data


@given(st.text())
def test_any_text_is_bytes_or_a_fault_within_it(text: str) -> None:
    try:
        parse_hex(text)
    except HexError as fault:
        position = fault.position
    else:
        position = 0
    assert 0 <= position <= len(text)


def test_a_megabyte_is_read_quickly() -> None:
    assert len(parse_hex("de ad be ef " * 250_000)) == 1_000_000


def test_bytes_that_are_masked_have_dots_for_digits() -> None:
    shown = hexdump.dotted(b"0123".hex(" ") + " …  text", [(1, 2), (3, 9)], 4)
    assert shown == "30 •• 32 •• …  text"
