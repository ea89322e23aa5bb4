"""The rule a frame broke, named from its header; with whole frames see test_inbound.py."""

from __future__ import annotations

import pytest

from wireyard.engine.violation import broken_rule


def rule(head: int, payload: bytes = b"", *, masked: bool = False, is_open: bool = False, deflate: bool = False) -> str:
    return broken_rule(
        head, is_masked=masked, payload=payload, size=len(payload), has_open_message=is_open, deflate=deflate
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (rule(0x83), "unknown opcode 0x3"),
        (rule(0x8F), "unknown opcode 0xF"),
        (rule(0x81, masked=True), "masked frame from server"),
        (rule(0xC1), "reserved bit set without an extension that uses it"),
        (rule(0xA1, deflate=True), "reserved bit set without an extension that uses it"),
        (rule(0xC0, deflate=True, is_open=True), "compression bit set in a continuation frame"),
        (rule(0xC9, deflate=True), "compression bit set in a control frame"),
        (rule(0xC2, deflate=True), "data that can't be inflated"),
        (rule(0x80), "continuation frame without a message to continue"),
        (rule(0x82, is_open=True), "new message before the fragmented one ended"),
        (rule(0x09), "fragmented control frame"),
        (rule(0x89, b"x" * 126), "control frame of 126 bytes: 125 is the most"),
        (rule(0x88, b"\x03"), "close frame of one byte"),
        (rule(0x88, b"\x03\xee"), "close code 1006 must not be sent"),
        (rule(0x88, b"\x03\xe8", is_open=True), "close frame before the fragmented message ended"),
        (rule(0x8A), "control frame that breaks the rules"),
    ],
)
def test_the_rule_in_words(words: str, expected: str) -> None:
    assert words == expected
