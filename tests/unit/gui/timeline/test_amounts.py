"""Sizes, times and spans as the timeline writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.gui.timeline.amounts import delta_text, size_text, span_words, time_chars, time_text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 B"),
        (65, "65 B"),
        (1023, "1023 B"),
        (1024, "1.00 KB"),
        (18_637, "18.2 KB"),
        (999_000, "976 KB"),
        (1_048_575, "1.00 MB"),
        (1_195_000, "1.14 MB"),
        (100 * 1024**2, "100 MB"),
        (5 * 1024**3, "5.00 GB"),
        (3 * 1024**4, "3.00 TB"),
    ],
)
def test_sizes(size_bytes: int, text: str) -> None:
    assert size_text(size_bytes) == text


@pytest.mark.parametrize(
    ("delta_ns", "text"),
    [
        (-5, "+0 ms"),
        (0, "+0 ms"),
        (12_000, "+12 µs"),
        (4_000_000, "+4 ms"),
        (903_400_000, "+903 ms"),
        (999_600_000, "+1.00 s"),
        (1_410_000_000, "+1.41 s"),
        (12_340_000_000, "+12.3 s"),
        (125_000_000_000, "+2m 05s"),
        (4 * 3600 * 10**9, "+4h 00m"),
        (200 * 3600 * 10**9, "+8 d"),
    ],
)
def test_deltas(delta_ns: int, text: str) -> None:
    assert delta_text(delta_ns) == text


@given(st.integers(-(10**15), 10**17), st.integers(0, 10**15))
def test_no_delta_or_size_is_wider_than_its_column(delta_ns: int, size_bytes: int) -> None:
    assert len(delta_text(delta_ns)) <= 8
    assert len(size_text(size_bytes)) <= 7


@pytest.mark.parametrize(
    ("span_s", "words"),
    [(0.0, "0 ms"), (0.084, "84 ms"), (1.4, "1.4 s"), (483.0, "8 min 3 s"), (7440.0, "2 h 4 min")],
)
def test_spans(span_s: float, words: str) -> None:
    assert span_words(span_s) == words


def test_utc_says_so() -> None:
    assert time_text("utc", 1_767_323_045_123_456_789, 0) == "03:04:05.123Z"


def test_since_open_counts_both_ways() -> None:
    assert time_text("since_open", 0, 83_004_000_000) == "01:23.004"
    assert time_text("since_open", 0, -1_500_000_000) == "−00:01.500"
    assert time_text("since_open", 0, 3 * 3600 * 10**9) == "3:00:00.000"


@given(st.integers(-(2**63), 2**63 - 1))
def test_any_number_a_file_claims_is_written(ts_ns: int) -> None:
    for style in ("clock", "iso", "utc"):
        assert time_text(style, ts_ns, 0)


def test_times_are_no_longer_than_announced() -> None:
    ts_ns = 1_767_323_045_123_456_789
    for style in ("clock", "iso", "utc", "since_open"):
        assert len(time_text(style, ts_ns, 99 * 3600 * 10**9)) <= time_chars(style)
