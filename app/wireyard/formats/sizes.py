"""Sizes, times and counts in the words that window and command line share."""

from __future__ import annotations

import time
from datetime import UTC, datetime

_UNITS = ("KB", "MB", "GB", "TB")
_NS = 1_000_000_000


def size(size_bytes: int) -> str:
    """Bytes with three figures, in steps of 1,024: "437 B", "18.2 KB", "1.14 MB", "16 MB"."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    value, step = size_bytes / 1024, 0
    # 999.5 would round up to four figures.
    while value >= 999.5 and step + 1 < len(_UNITS):
        value, step = value / 1024, step + 1
    return f"{_three_figures(value)} {_UNITS[step]}"


def count(number: int) -> str:
    """A count with thousands set apart: "3,912"."""
    return f"{number:,}"


def milliseconds(ms: float) -> str:
    """A short time: "84 ms", "0.4 ms", "1.41 s", then as `duration`."""
    if ms < 0.05:
        return "0 ms"
    if ms < 0.95:
        return f"{ms:.1f} ms"
    if ms < 999.5:
        return f"{ms:.0f} ms"
    seconds = ms / 1000
    if seconds < 59.95:
        return f"{_three_figures(seconds)} s"
    return duration(seconds)


def duration(seconds: float) -> str:
    """A length of time in words: "340 ms", "12.4 s", "8 min 3 s", "1 h 4 min", "2 d 5 h"."""
    if seconds < 59.95:
        return milliseconds(seconds * 1000)
    whole = round(seconds)
    for big, big_s, small, small_s in (("d", 86_400, "h", 3600), ("h", 3600, "min", 60), ("min", 60, "s", 1)):
        if whole >= big_s:
            rest = whole % big_s // small_s
            return f"{whole // big_s} {big} {rest} {small}" if rest else f"{whole // big_s} {big}"
    return f"{whole} s"


def clock(ts_ns: int, *, utc: bool = False) -> str:
    """The time of day of a row, local unless ``utc``: "12:04:29.824"."""
    seconds, ns = divmod(ts_ns, _NS)
    at = time.gmtime(seconds) if utc else time.localtime(seconds)
    return f"{at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02}.{ns // 1_000_000:03}"


def date_and_time(ts_ns: int) -> str:
    """Day and time, local: "2026-11-22 12:04:29"."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(ts_ns // _NS))


def iso_utc(ts_ns: int) -> str:
    """The exact instant (RFC 3339, UTC, nanoseconds): "2026-11-22T12:04:29.824000000Z"."""
    seconds, ns = divmod(ts_ns, _NS)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{ns:09}Z"


def _three_figures(value: float) -> str:
    """A number with three figures: "1.14", "18.2", "437"; whole numbers without decimals."""
    if value == int(value):
        return f"{value:.0f}"
    if value >= 99.95:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 9.995 else f"{value:.2f}"
