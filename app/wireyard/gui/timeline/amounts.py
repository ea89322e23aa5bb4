"""How sizes, times and spans are written in the timeline: short, aligned, and never wider than their column."""

from __future__ import annotations

import time
from typing import Literal

TimeStyle = Literal["clock", "since_open", "iso", "utc"]
TIME_STYLES: tuple[TimeStyle, ...] = ("clock", "since_open", "iso", "utc")
_TIME_CHARS: dict[TimeStyle, int] = {"clock": 12, "since_open": 13, "iso": 23, "utc": 13}


def time_chars(style: TimeStyle) -> int:
    """How many characters a time takes at most."""
    return _TIME_CHARS[style]


def time_text(style: TimeStyle, ts_ns: int, since_open_ns: int) -> str:
    """A moment: local clock, local ISO 8601, UTC, or how long after the connection opened."""
    if style == "since_open":
        return _stopwatch(since_open_ns)
    seconds, rest_ns = divmod(ts_ns, 1_000_000_000)
    ms = rest_ns // 1_000_000
    try:
        moment = time.gmtime(seconds) if style == "utc" else time.localtime(seconds)
    except (OverflowError, OSError, ValueError):
        return "–"  # a foreign log may claim any number
    clock = f"{moment.tm_hour:02}:{moment.tm_min:02}:{moment.tm_sec:02}.{ms:03}"
    if style == "iso":
        return f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}T{clock}"
    return f"{clock}Z" if style == "utc" else clock


def _stopwatch(span_ns: int) -> str:
    sign = "−" if span_ns < 0 else ""
    seconds, ms = divmod(abs(span_ns) // 1_000_000, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{seconds:02}.{ms:03}" if hours else f"{sign}{minutes:02}:{seconds:02}.{ms:03}"


def size_text(size_bytes: int) -> str:
    """A size as ``65 B``, ``18.2 KB``, ``1.14 MB``; a kilobyte is 1,024 bytes."""
    if size_bytes < 1024:
        return f"{size_bytes} B"
    amount = float(size_bytes)
    for unit in ("KB", "MB", "GB"):
        amount /= 1024
        if amount < 999.5:
            return f"{_three_digits(amount)} {unit}"
    return f"{_three_digits(amount / 1024)} TB"


def delta_text(delta_ns: int) -> str:
    """The time since the row before: ``+87 ms``, ``+1.41 s``, ``+2m 05s``, ``+3h 12m``."""
    if delta_ns < 1_000_000:
        return f"+{max(0, delta_ns) // 1000} µs" if delta_ns >= 1000 else "+0 ms"
    if delta_ns < 999_500_000:
        return f"+{round(delta_ns / 1e6)} ms"
    seconds = delta_ns / 1e9
    if seconds < 59.95:
        return f"+{seconds:.2f} s" if seconds < 9.995 else f"+{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"+{minutes}m {rest:02}s"
    hours, minutes = divmod(minutes, 60)
    return f"+{hours}h {minutes:02}m" if hours < 100 else f"+{hours // 24} d"


def span_words(span_s: float) -> str:
    """A span in words: ``84 ms``, ``1.4 s``, ``8 min 3 s``, ``2 h 4 min``."""
    if span_s < 0.9995:
        return f"{max(0, round(span_s * 1000))} ms"
    if span_s < 59.95:
        return f"{span_s:.1f} s"
    minutes, seconds = divmod(round(span_s), 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"


def count_text(count: int) -> str:
    """A count with thousands apart: ``3,912``."""
    return f"{count:,}"


def _three_digits(amount: float) -> str:
    if amount < 9.995:
        return f"{amount:.2f}"
    return f"{amount:.1f}" if amount < 99.95 else f"{amount:.0f}"
