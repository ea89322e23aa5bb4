"""Hex in rows of 16 bytes, the ways hex is copied, and hex typed by hand read back."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

import msgspec

ROW_BYTES = 16

_PRINTABLE = bytes(code if 0x20 <= code < 0x7F else 0x2E for code in range(256))
_C_ROW_BYTES = 12


class HexRow(msgspec.Struct, frozen=True):
    """One row: ``offset`` as eight or more digits, ``hex`` in two groups of eight, ``text`` with dots for the rest."""

    offset: str
    hex: str
    text: str


class HexError(Exception):
    """Typed hex that is none: what is wrong, and at which character (``position``, from 0)."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return self.message


def hex_rows(part: bytes, offset: int = 0, size_bytes: int = 0) -> list[HexRow]:
    """Rows of one part of a payload that begins at ``offset`` (a multiple of 16).

    ``size_bytes`` of the whole payload decides how many digits the offsets have, so that rows of all parts line up.
    """
    digits = max(8, len(f"{max(size_bytes - 1, 0):x}"))
    return [_row(part[at : at + ROW_BYTES], offset + at, digits) for at in range(0, len(part), ROW_BYTES)]


def hex_text(part: bytes, offset: int = 0, size_bytes: int = 0) -> str:
    """Rows as text, for copying and for transcripts."""
    rows = hex_rows(part, offset, size_bytes)
    return "\n".join(f"{row.offset}  {row.hex:<48}  {row.text}" for row in rows)


def as_hex(data: bytes) -> str:
    """Plain hex: "de ad be ef"."""
    return data.hex(" ")


def as_base64(data: bytes) -> str:
    """Base64 without line breaks (RFC 4648)."""
    return base64.b64encode(data).decode()


def as_c_array(data: bytes, name: str = "payload") -> str:
    """A C array that a compiler takes as it is."""
    rows = (data[at : at + _C_ROW_BYTES] for at in range(0, len(data), _C_ROW_BYTES))
    body = ",\n".join("    " + ", ".join(f"0x{byte:02x}" for byte in row) for row in rows)
    # C has no empty arrays.
    body = body or "    0x00"
    return f"static const unsigned char {name}[{len(data) or 1}] = {{\n{body}\n}};\n"


def parse_hex(text: str) -> bytes:
    """Read hex as people type and paste it: "deadbeef", "de ad be ef", "0xde, 0xad", "DE:AD", over several lines.

    Raises `HexError` that points at the character that is wrong.
    """
    digits = _SEPARATORS.sub("", text)
    if len(digits) % 2 == 0 and _EVEN.fullmatch(text) is not None:
        return bytes.fromhex(digits)
    return _parse_slowly(text)


# Pairs of digits, each perhaps with 0x or \x before it, with anything that separates around them.
_SEPARATORS = re.compile(r"(?:0[xX]|\\x)(?=[0-9a-fA-F])|[\s,:;{}\[\]-]+")
_EVEN = re.compile(r"(?:[\s,:;{}\[\]-]*+(?:0[xX]|\\x)?(?:[0-9a-fA-F]{2})++)*[\s,:;{}\[\]-]*+")
_GROUP = re.compile(r"[\s,:;{}\[\]-]*+(?:(0[xX]|\\x)?([0-9a-fA-F]*+))")


def _parse_slowly(text: str) -> bytes:
    out: list[str] = []
    at = 0
    while at < len(text):
        match = _GROUP.match(text, at)
        if match is None or match.end() == at:
            raise HexError(f'"{text[at]}" is no hex digit', at)
        prefix, digits = match.group(1), match.group(2)
        if match.end() < len(text) and _SEPARATORS.match(text, match.end()) is None:
            raise HexError(f'"{text[match.end()]}" is no hex digit', match.end())
        if prefix and not digits:
            raise HexError(f'digits are missing after "{prefix}"', match.end())
        if len(digits) % 2:
            if prefix and len(digits) == 1:
                digits = "0" + digits
            else:
                raise HexError(f'a digit is missing: "{digits[-9:]}" has an odd number of them', match.end())
        out.append(digits)
        at = match.end()
    return bytes.fromhex("".join(out))


def _row(row: bytes, offset: int, digits: int) -> HexRow:
    shown = row.hex(" ")
    if len(row) > 8:
        shown = f"{shown[:23]}  {shown[24:]}"
    return HexRow(f"{offset:0{digits}x}", shown, row.translate(_PRINTABLE).decode("ascii"))


def dotted(text: str, places: Iterable[tuple[int, int]], count: int) -> str:
    """Bytes spelled as pairs of digits with a blank between, with dots for those of the first ``count`` in places."""
    chars = list(text)
    for start, end in places:
        for number in range(start, min(end, count)):
            chars[3 * number : 3 * number + 2] = "••"
    return "".join(chars)
