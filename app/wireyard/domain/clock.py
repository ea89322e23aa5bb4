"""One reading of both clocks."""

from __future__ import annotations

import time
from typing import NamedTuple


class Moment(NamedTuple):
    """Wall clock (UTC since 1970) and monotonic clock, both in nanoseconds."""

    ts_ns: int
    mono_ns: int


def now() -> Moment:
    """Read both clocks."""
    return Moment(time.time_ns(), time.monotonic_ns())
