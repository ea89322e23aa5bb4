"""Lays JSON out over lines without changing how anything in it is spelled."""

from __future__ import annotations

import msgspec


def beautified(text: str) -> str | None:
    """The same JSON on lines of its own, or ``None`` when it isn't JSON."""
    try:
        return msgspec.json.format(text.encode("utf-8", "surrogatepass"), indent=2).decode("utf-8", "surrogatepass")
    except msgspec.DecodeError:
        return None
