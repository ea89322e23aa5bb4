"""The readable view of a payload, chosen by what the payload seems to be, falling back to what it is."""

from __future__ import annotations

import msgspec

from wireyard.domain.frame import Opcode
from wireyard.formats.detect import HEAD_BYTES, Detection, detect
from wireyard.formats.highlight import Language
from wireyard.formats.json_lines import JsonLines
from wireyard.formats.json_text import validate
from wireyard.formats.lines import LineIndex, TextLines
from wireyard.formats.xml_text import space_xml

# Payloads up to this size are checked and laid out at once; larger ones as far as they are looked at.
AT_ONCE_BYTES = 64 * 1024
MAX_XML_BYTES = 1024 * 1024


class Pretty(msgspec.Struct, frozen=True):
    """A view: what the payload seems to be, its lines, the language to colour them in, and what to tell the reader.

    ``lines`` of a large payload are still to be extended, by a worker; ``lines.note`` may then turn up too.
    ``is_available`` is false for what only hex can show, such as an image; there are no lines then.
    """

    kind: str
    lines: TextLines
    language: Language
    note: str = ""
    is_available: bool = True


def pretty(payload: bytes, opcode: Opcode = Opcode.TEXT) -> Pretty:
    """Choose the view of a payload. Quick at any size."""
    guess = detect(payload[:HEAD_BYTES], len(payload), opcode)
    match guess.kind:
        case "json":
            return _json(payload)
        case "xml":
            return _xml(payload)
        case "html":
            return _as_it_came(payload, guess, "html")
        case "text" | "empty":
            return _as_it_came(payload, guess, "text")
        case _:
            return Pretty(guess.label, LineIndex(b""), "text", f"{guess.label}: see Hex.", is_available=False)


def raw(payload: bytes) -> TextLines:
    """The lines of a payload as they are."""
    return LineIndex(payload)


def _json(payload: bytes) -> Pretty:
    fault = validate(payload) if len(payload) <= AT_ONCE_BYTES else None
    lines = JsonLines(payload)
    if fault is None:
        lines.extend(AT_ONCE_BYTES)
        if not lines.note:
            return Pretty("JSON", lines, "json")
    why = str(fault) if fault is not None else lines.note
    plain = LineIndex(payload)
    plain.extend()
    return Pretty("Text", plain, "json", f"Not valid JSON, shown as it came. {why}")


def _xml(payload: bytes) -> Pretty:
    spaced = space_xml(payload) if len(payload) <= MAX_XML_BYTES else None
    lines = LineIndex(payload if spaced is None else spaced)
    lines.extend()
    if spaced is not None:
        return Pretty("XML", lines, "xml")
    too_big = len(payload) > MAX_XML_BYTES
    return Pretty(
        "XML",
        lines,
        "xml",
        "Too large to lay out, shown as it came." if too_big else "Tags don't pair up, shown as it came.",
    )


def _as_it_came(payload: bytes, guess: Detection, language: Language) -> Pretty:
    lines = LineIndex(payload)
    lines.extend()
    return Pretty(guess.label, lines, language)
