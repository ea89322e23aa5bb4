"""The words for sizes and times are those of the design's pictures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats import sizes


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 B"),
        (437, "437 B"),
        (999, "999 B"),
        (1000, "0.98 KB"),
        (1024, "1 KB"),
        (18642, "18.2 KB"),
        (1_195_376, "1.14 MB"),
        (16 * 1024 * 1024, "16 MB"),
        (1023 * 1024, "1.00 MB"),
        (1_395_864_371, "1.30 GB"),
        (5 * 1024**5, "5120 TB"),
    ],
)
def test_sizes_have_three_figures(size_bytes: int, words: str) -> None:
    assert sizes.size(size_bytes) == words


@given(st.integers(0, 10**15))
def test_a_size_is_short_and_close(size_bytes: int) -> None:
    number, unit = sizes.size(size_bytes).split()
    scale = 1024 ** ("B", "KB", "MB", "GB", "TB").index(unit)
    assert len(number) <= 5
    assert float(number) * scale == pytest.approx(size_bytes, rel=0.011)


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 ms"),
        (0.4, "0.4 ms"),
        (204, "204 ms"),
        (999.4, "999 ms"),
        (999.9, "1.00 s"),
        (1410, "1.41 s"),
        (59_990, "1 min"),
    ],
)
def test_short_times_have_three_figures(ms: float, words: str) -> None:
    assert sizes.milliseconds(ms) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.34, "340 ms"), (12.4, "12.4 s"), (483, "8 min 3 s"), (480, "8 min"), (3840, "1 h 4 min"), (190_800, "2 d 5 h")],
)
def test_durations_are_words(seconds: float, words: str) -> None:
    assert sizes.duration(seconds) == words


def test_times_of_day_keep_their_milliseconds() -> None:
    assert sizes.clock(1_795_349_069_824_999_999, utc=True) == "12:04:29.824"
    assert sizes.iso_utc(1_795_349_069_824_999_999) == "2026-11-22T12:04:29.824999999Z"


def test_counts_have_their_thousands_apart() -> None:
    assert sizes.count(3912) == "3,912"
