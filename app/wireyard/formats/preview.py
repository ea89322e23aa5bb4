"""One line that shows a message in a list: made from its first bytes, in microseconds, without parsing.

A row is painted while messages flood in, so this costs a regular expression over at most 240 characters and nothing
that depends on the size of the payload.
"""

from __future__ import annotations

import msgspec

from wireyard.domain.frame import Opcode
from wireyard.formats.detect import detect, detect_text
from wireyard.formats.json_tokens import json_runs
from wireyard.formats.runs import Runs, overlay
from wireyard.formats.visible import decode, show_marked

MAX_CHARS = 240
MAX_HEX_BYTES = 16
# 240 characters of UTF-8 are at most 960 bytes.
_HEAD_BYTES = MAX_CHARS * 4


class Preview(msgspec.Struct, frozen=True):
    """A line of at most 240 characters with its colour runs; what no run covers has the role "text"."""

    text: str
    runs: Runs


def preview(head: bytes, size_bytes: int, opcode: Opcode = Opcode.TEXT, *, is_json: bool = False) -> Preview:
    """Show the first bytes (up to 2 KB) of a payload of ``size_bytes``. ``opcode`` is that of the message.

    ``is_json`` says what would be guessed otherwise: one value of JSON alone can look like any text.
    """
    if size_bytes == 0 or not head:
        return _EMPTY
    if opcode != Opcode.TEXT:
        return binary_preview(head, size_bytes, opcode)
    return _text_preview(head, size_bytes, is_json=is_json)


def binary_preview(head: bytes, size_bytes: int, opcode: Opcode = Opcode.BINARY) -> Preview:
    """Show the first 16 bytes as hex, and what they seem to be."""
    shown = head[:MAX_HEX_BYTES].hex(" ")
    if size_bytes > MAX_HEX_BYTES:
        shown += " …"
    label = detect(head, size_bytes, opcode).label
    start = len(shown) + 2
    return Preview(f"{shown}  {label}", ((start, len(label), "punct"),))


_EMPTY = Preview("empty", ((0, 5, "invisible"),))


def _text_preview(head: bytes, size_bytes: int, *, is_json: bool) -> Preview:
    data = head[:_HEAD_BYTES]
    cut = size_bytes > len(data)
    text = decode(data)
    if cut and not text.isascii():
        text = _without_torn_end(text)
    if len(text) > MAX_CHARS:
        text, cut = text[:MAX_CHARS], True
    is_json = is_json or detect_text(data).kind == "json"
    # Indented JSON is common, and its line breaks need not be looked up one by one: they stand between tokens.
    if is_json and not text.isprintable():
        text = text.replace("\n", "␊").replace("\t", "␉").replace("\r", "␍")
    text, marks = show_marked(text, MAX_CHARS)
    if len(text) > MAX_CHARS or cut:
        text = text[: MAX_CHARS - 1] + "…"
        marks = [(start, min(size, len(text) - 1 - start)) for start, size in marks if start < len(text) - 1]
    runs = json_runs(text) if is_json else ()
    return Preview(text, overlay(runs, marks) if marks else runs)


def _without_torn_end(text: str) -> str:
    """Drop the bytes of a character that the end of the head cut in two; they were not wrong in the payload."""
    end = len(text)
    while end and len(text) - end < 3 and "\udc80" <= text[end - 1] <= "\udcff":
        end -= 1
    return text[:end]
