"""Guesses from first bytes: right on what people send, quiet on noise."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.frame import Opcode
from wireyard.formats.detect import detect


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"a":1}', "json"),
        (" [1, 2]", "json"),
        ("{}", "json"),
        ("[INFO] started", "text"),
        ("{{template}}", "text"),
        ("<?xml version='1.0'?><a/>", "xml"),
        ("<iq type='get'/>", "xml"),
        ("<!doctype html><html>", "html"),
        ("<!-- note --><body>", "html"),
        ("a < b", "text"),
        ("42", "text"),
    ],
)
def test_texts(text: str, kind: str) -> None:
    data = text.encode()
    assert detect(data, len(data)).kind == kind


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"\x1f\x8b\x08\0", "gzip data"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04....", "zip archive"),
        (b"GIF89a\x10\0\x20\0", "GIF image 16 × 32"),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x40\0\x80\x03", "JPEG image 128 × 64"),
        (b"\xff\xd8\xff\xe0", "JPEG image"),
        (b"RIFF\0\0\0\0WAVEfmt ", "WAV audio"),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\0\0\x3f\0\0", "WebP image 128 × 64"),
        (b"hello there", "UTF-8 text"),
        (b'{"a":1}', "JSON"),
        (msgspec.msgpack.encode({"a": 1, "b": [1, 2], "c": None, "d": b"x"}), "MessagePack map, 4 keys"),
        (msgspec.msgpack.encode({"only": 1}), "MessagePack map, 1 key"),
        (msgspec.msgpack.encode([1.5] * 20), "MessagePack array, 20 items"),
        (b"\xa2\x61a\x01\x61b\x82\xf5\xf6", "CBOR map, 2 keys"),
        (b"\xd9\xd9\xf7\x81\x1a\x00\x01\x02\x03", "CBOR array, 1 item"),
        (b"\xff\xfe\xfd", "Binary data"),
        (b"", "Empty"),
    ],
)
def test_binaries(data: bytes, label: str) -> None:
    assert detect(data, len(data), Opcode.BINARY).label == label


def test_a_long_packed_map_is_known_from_its_head() -> None:
    data = msgspec.msgpack.encode({f"key {i}": "value" * 20 for i in range(1000)})
    assert detect(data[:2048], len(data), Opcode.BINARY).label == "MessagePack map, 1,000 keys"


@given(st.dictionaries(st.text(), st.integers(0, 9) | st.lists(st.text()) | st.floats() | st.binary(), min_size=1))
def test_every_packed_map_with_text_keys_is_known(value: dict[str, object]) -> None:
    data = msgspec.msgpack.encode(value)
    assert detect(data[:2048], len(data), Opcode.BINARY).kind in ("msgpack", "text")


@given(st.binary(max_size=3000), st.integers(0, 100), st.sampled_from([Opcode.TEXT, Opcode.BINARY]))
def test_no_bytes_break_it(head: bytes, more: int, opcode: Opcode) -> None:
    assert detect(head, len(head) + more, opcode).label
