"""What the value of a header can hold (RFC 9110 section 5.5)."""

from __future__ import annotations

import re

_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def has_control(value: str) -> bool:
    """Whether there is a line break or another control character in it, which would break the request apart."""
    return bool(_UNSENDABLE.search(value))


def is_latin_1(value: str) -> bool:
    """Whether each character is one byte on the wire."""
    return all(ord(char) < 256 for char in value)


def is_sendable(value: str) -> bool:
    """Whether it can go out as it is."""
    return not has_control(value) and is_latin_1(value)
