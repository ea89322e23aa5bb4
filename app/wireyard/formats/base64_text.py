"""Base64 typed or pasted by hand (RFC 4648): both alphabets, with white space anywhere, and where it goes wrong."""

from __future__ import annotations

import base64
import re

_LINE_CHARS = 76
_SPACE = re.compile(r"\s+")
_WHOLE = re.compile(r"[A-Za-z0-9+/]*+={0,2}|[A-Za-z0-9_-]*+={0,2}")
_TO_STANDARD = str.maketrans("-_", "+/")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SPARE_BITS = {2: 0b1111, 3: 0b11}


class Base64Error(Exception):
    """Typed Base64 that is none: what is wrong, and at which character (``position``, from 0)."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return self.message


def parse_base64(text: str) -> bytes:
    """Read Base64 in the standard or the URL-safe alphabet, padded or not. Raises `Base64Error` at the first fault.

    The two alphabets are not mixed (one of them is a slip), and bits that belong to no byte are not passed over in
    silence: both mean that something was cut off or pasted wrong.
    """
    digits = _SPACE.sub("", text)
    body = digits.rstrip("=")
    padding = len(digits) - len(body)
    is_whole = _WHOLE.fullmatch(digits) is not None and len(body) % 4 != 1 and padding in (0, -len(body) % 4)
    if is_whole:
        standard = body.translate(_TO_STANDARD)
        spare = _SPARE_BITS.get(len(standard) % 4, 0)
        if not spare or not _DIGITS.index(standard[-1]) & spare:
            return base64.b64decode(standard + "=" * (-len(standard) % 4))
    raise _fault(text, body)


def wrapped_base64(data: bytes) -> str:
    """Base64 in lines of 76 characters (RFC 2045), so that an editor can hold it."""
    text = base64.b64encode(data).decode()
    return "\n".join(text[at : at + _LINE_CHARS] for at in range(0, len(text), _LINE_CHARS))


def _fault(text: str, body: str) -> Base64Error:
    """What is wrong with a text that is no Base64, at the first character where it is."""
    alphabet = ""
    padded = -1
    padding = 0
    last = 0
    for position, char in enumerate(text):
        if char.isspace():
            continue
        if char == "=":
            padded = position if padded < 0 else padded
            padding += 1
            continue
        if padded >= 0:
            return Base64Error('"=" stands before the end', padded)
        if char in "-_+/":
            own = "URL-safe" if char in "-_" else "standard"
            if alphabet not in ("", own):
                return Base64Error(f'"{char}" is of the {own} alphabet; the text before it is of the other', position)
            alphabet = own
        elif not (char.isascii() and char.isalnum()):
            return Base64Error(f'"{char}" is no Base64 digit', position)
        last = position
    if len(body) % 4 == 1:
        return Base64Error("a digit is missing: the last one alone makes no byte", last)
    if padding != 0 and padding != -len(body) % 4:
        wanted = -len(body) % 4
        return Base64Error(
            f'{wanted} "=" are needed at the end, not {padding}' if wanted else 'no "=" is needed', padded
        )
    return Base64Error("the last digit has bits that belong to no byte: something was cut off", last)
