"""Lays JSON out over lines without changing how anything in it is spelled."""

from __future__ import annotations

from wireyard.formats.json_pretty import pretty_lines
from wireyard.formats.json_text import is_valid


def beautified(text: str) -> str | None:
    """The same JSON on lines of its own, or ``None`` when it isn't JSON."""
    data = text.encode("utf-8", "surrogatepass")
    if not is_valid(data):
        return None
    return b"\n".join(line for lines in pretty_lines(data) for line in lines).decode()
