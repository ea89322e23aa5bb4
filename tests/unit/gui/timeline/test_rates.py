"""Rates and bars from running totals."""

from __future__ import annotations

from wireyard.domain.session import Totals
from wireyard.gui.timeline.rates import BARS, RateMeter


def totals(received: int, sent: int = 0, size_bytes: int = 0) -> Totals:
    return Totals(received_count=received, received_bytes=size_bytes, sent_count=sent)


def test_a_steady_stream_shows_its_rate() -> None:
    meter = RateMeter()
    for tick in range(1, 41):
        meter.add(tick * 0.25, totals(tick * 50, size_bytes=tick * 5_000))
    rates = meter.rates(10.0)
    assert 190 <= rates.messages_per_s <= 230
    assert 19_000 <= rates.bytes_per_s <= 23_000
    assert not rates.is_still


def test_bars_are_two_seconds_each_and_the_newest_is_last() -> None:
    meter = RateMeter()
    meter.add(100.1, totals(3))
    meter.add(104.5, totals(8, sent=2))
    assert meter.rates(104.6).bars[-3:] == ((3, 0), (0, 0), (5, 2))
    assert len(meter.rates(104.6).bars) == BARS


def test_a_minute_of_silence_is_still() -> None:
    meter = RateMeter()
    meter.add(10.0, totals(5))
    assert not meter.rates(60.0).is_still
    assert meter.rates(10.0 + 2 * BARS + 2).is_still


def test_what_was_there_before_is_no_traffic() -> None:
    meter = RateMeter()
    meter.reset(totals(1_000_000))
    meter.add(5.0, totals(1_000_001))
    assert meter.rates(5.0).bars[-1] == (1, 0)
