"""What stands in the composer, as a value: how it was written, the text, and as what it is to be sent."""

from __future__ import annotations

import re
from typing import Literal

import msgspec
from msgspec.structs import replace

from wireyard.domain.frame import Opcode
from wireyard.formats.base64_text import Base64Error, parse_base64, wrapped_base64
from wireyard.formats.hexdump import HexError, parse_hex
from wireyard.workspace.model import SavedMessage
from wireyard.workspace.variables.template import escape

Format = Literal["text", "json", "hex", "base64"]
FORMATS: tuple[Format, ...] = ("text", "json", "hex", "base64")

# Formats in which bytes are spelled, and what a text that spells none raises: its message, and its position.
BYTE_FORMATS: tuple[Format, ...] = ("hex", "base64")
ByteFault = HexError | Base64Error
BYTE_FAULTS = (HexError, Base64Error)

# What a text editor can't hold without changing it: it has one kind of line break, and no NUL.
_NOT_EDITABLE = re.compile("[\x00\r\u2028\u2029\ufdd0\ufdd1\ud800-\udfff]")


class Draft(msgspec.Struct, frozen=True):
    """A message as it is written. ``send_as`` is TEXT or BINARY, whatever the format.

    ``file`` stands instead of ``text``: a path inside the workspace, or, where a person chose it here, a whole path.
    """

    format: Format = "json"
    text: str = ""
    send_as: Opcode = Opcode.TEXT
    file: str = ""
    is_chosen: bool = False


def message_of(draft: Draft, like: SavedMessage | None = None) -> SavedMessage:
    """A draft as a message with the name, group and note of ``like``, or without any."""
    return replace(
        like or SavedMessage(name=""),
        format=draft.format,
        send_as="binary" if draft.send_as is Opcode.BINARY else "text",
        body=draft.text,
        file=draft.file,
    )


def payload_of(draft: Draft) -> bytes:
    """The bytes that a draft stands for. Raises a `ByteFault`."""
    if draft.format in BYTE_FORMATS:
        return parse_bytes(draft.format, draft.text)
    return draft.text.encode("utf-8", "surrogatepass")


def parse_bytes(format_: Format, text: str) -> bytes:
    """The bytes that a text spells in one of `BYTE_FORMATS`. Raises a `ByteFault`."""
    return parse_hex(text) if format_ == "hex" else parse_base64(text)


def spelled_bytes(format_: Format, payload: bytes) -> str:
    """Bytes as they are written in one of `BYTE_FORMATS`."""
    return hex_text(payload) if format_ == "hex" else wrapped_base64(payload)


def draft_of(payload: bytes, opcode: Opcode) -> Draft:
    """A draft that stands for exactly these bytes: as text where the editor can hold it, else as hex.

    Braces that would be a variable's are spelled so that they stand for themselves.
    """
    send_as = Opcode.BINARY if opcode == Opcode.BINARY else Opcode.TEXT
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        return Draft("hex", hex_text(payload), send_as)
    spelled = None if _NOT_EDITABLE.search(text) else escape(text)
    if spelled is None:
        return Draft("hex", hex_text(payload), send_as)
    text = spelled
    return Draft("json" if text.lstrip()[:1] in ("{", "[") else "text", text, send_as)


def hex_text(payload: bytes) -> str:
    """Bytes as hex, sixteen to a line."""
    return "\n".join(payload[at : at + 16].hex(" ").upper() for at in range(0, len(payload), 16))
