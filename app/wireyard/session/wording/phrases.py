"""Numbers and lists as people say them."""

from __future__ import annotations

from collections.abc import Sequence

_SIZES = (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))
MAX_QUOTE_CHARS = 160


def size(size_bytes: int) -> str:
    """``16 MiB``, ``1.5 KiB``, ``1 byte``."""
    for unit, factor in _SIZES:
        if size_bytes >= factor:
            return f"{_trimmed(size_bytes / factor)} {unit}"
    return "1 byte" if size_bytes == 1 else f"{size_bytes} bytes"


def duration(seconds: float) -> str:
    """``0.4 s``, ``12 s``, ``4 min 10 s``, ``3 h 5 min``, ``2 days``."""
    if seconds < 10:
        return f"{_trimmed(max(0.0, seconds))} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return _two(whole // 60, "min", whole % 60, "s")
    if whole < 86400:
        return _two(whole // 3600, "h", whole % 3600 // 60, "min")
    days = whole // 86400
    return f"{days:,} {'day' if days == 1 else 'days'}"


def listed(names: Sequence[str], most: int = 4) -> str:
    """``a, b, c and 3 more``."""
    if not names:
        return "no name"
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"


def quoted(text: str) -> str:
    """A server's or a person's own text, on one line, cut where it is long, in quotation marks."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > MAX_QUOTE_CHARS:
        line = line[: MAX_QUOTE_CHARS - 1] + "…"
    return f"“{line}”"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def together(*sentences: str) -> str:
    """The sentences that say something, in one line."""
    return " ".join(text for text in sentences if text)


def _trimmed(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"
