"""A moment reads both clocks at once."""

from __future__ import annotations

import time

from wireyard.domain.clock import now


def test_a_moment_lies_between_readings_of_each_clock() -> None:
    ts_before, mono_before = time.time_ns(), time.monotonic_ns()
    moment = now()
    assert ts_before <= moment.ts_ns <= time.time_ns()
    assert mono_before <= moment.mono_ns <= time.monotonic_ns()
