"""The date of a cookie's Expires, in any of the many ways it is written (RFC 6265 section 5.1.1)."""

from __future__ import annotations

import calendar
import re

_TOKENS = re.compile(r"[^\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)")
_DAY = re.compile(r"(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(\d{2,4})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(text: str) -> float | None:
    """Seconds since 1970, None for what is no date."""
    time: tuple[int, int, int] | None = None
    day = month = year = 0
    for token in _TOKENS.findall(text):
        if time is None and (found := _TIME.match(token)):
            time = int(found[1]), int(found[2]), int(found[3])
        elif not day and (found := _DAY.match(token)):
            day = int(found[1])
        elif not month and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif not year and (found := _YEAR.match(token)):
            year = _whole_year(int(found[1]))
    if time is None or not (day and month and year):
        return None
    hour, minute, second = time
    if year < 1601 or hour > 23 or minute > 59 or second > 59 or day > calendar.monthrange(year, month)[1]:
        return None
    return float(calendar.timegm((year, month, day, hour, minute, second)))


def _whole_year(year: int) -> int:
    return year + 1900 if 70 <= year <= 99 else year + 2000 if year < 70 else year
