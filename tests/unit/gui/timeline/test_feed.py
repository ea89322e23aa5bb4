"""Commits between two ticks arrive as one."""

from __future__ import annotations

from wireyard.domain.session import Totals
from wireyard.gui.timeline.feed import Feed
from wireyard.recording.values import Progress


def test_commits_are_merged_until_taken() -> None:
    wakes: list[None] = []
    feed = Feed(lambda: wakes.append(None))
    feed.put(Progress(first_seq=1, last_seq=4, hidden=(2,), changed=(1,), totals=Totals(sent_count=1)))
    feed.put(Progress(first_seq=5, last_seq=9, hidden=(6, 7), totals=Totals(sent_count=3)))
    arrivals = feed.take()
    assert arrivals is not None
    assert (arrivals.last_seq, arrivals.hidden, arrivals.changed) == (9, [2, 6, 7], {1})
    assert arrivals.totals.sent_count == 3
    assert feed.take() is None
    assert len(wakes) == 2


def test_news_of_health_alone_moves_no_end() -> None:
    feed = Feed(lambda: None)
    feed.put(Progress(first_seq=1, last_seq=9))
    feed.put(Progress(first_seq=5, last_seq=4))
    arrivals = feed.take()
    assert arrivals is not None
    assert arrivals.last_seq == 9
