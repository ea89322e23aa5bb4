"""What an export takes: everything, what a filter finds, or chosen numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.recordings import SENT, closed, message, opened, ping, pong, reading, recording, run, step

from wireyard.domain.event import Message
from wireyard.recording.reader import SessionReader
from wireyard.recording.search import RowFilter
from wireyard.session.selection import chosen_events, events_at, found_events

EVENTS = [
    step(1),
    opened(2),
    message("apple", 3, SENT),
    run([b"pear %d" % number for number in range(40)], 4),
    ping(ms=5),
    pong(ms=6),
    message("apple again", 7),
    closed(8),
]
COUNT = 47


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionReader]:
    with recording(tmp_path_factory.mktemp("sessions"), EVENTS) as made, reading(made) as reader:
        yield reader


def numbers(events: Iterator[tuple[int, object]]) -> list[int]:
    return [seq for seq, _ in events]


@given(st.sets(st.integers(1, COUNT)), st.integers(1, 9))
def test_chosen_numbers_come_back_alone_and_in_order(reader: SessionReader, chosen: set[int], size: int) -> None:
    ordered = sorted(chosen)
    parts: list[Sequence[int]] = [array("q", ordered[start : start + size]) for start in range(0, len(ordered), size)]
    found = list(events_at(reader, parts))
    assert [seq for seq, _ in found] == ordered
    assert all(event == reader.event(seq) for seq, event in found)


def test_ranges_and_numbers_may_be_mixed(reader: SessionReader) -> None:
    assert numbers(events_at(reader, [range(2, 5), array("q"), array("q", [9, 40]), range(45, 46)])) == [
        *(2, 3, 4),
        *(9, 40),
        45,
    ]


def test_a_range_with_steps_is_taken_by_its_numbers(reader: SessionReader) -> None:
    assert numbers(events_at(reader, [range(1, COUNT, 20)])) == [1, 21, 41]


def test_numbers_past_the_end_are_left_out(reader: SessionReader) -> None:
    assert numbers(events_at(reader, [range(COUNT - 1, COUNT + 50)])) == [COUNT - 1, COUNT]


def test_a_filter_finds_by_text_and_direction(reader: SessionReader) -> None:
    assert numbers(found_events(reader, RowFilter(text="APPLE"))) == [3, 46]
    assert numbers(found_events(reader, RowFilter(text="apple", direction=SENT))) == [3]


def test_without_a_choice_all_is_given(reader: SessionReader) -> None:
    assert numbers(chosen_events(reader)) == list(range(1, COUNT + 1))


def test_chosen_numbers_come_before_a_filter(reader: SessionReader) -> None:
    assert numbers(chosen_events(reader, [range(4, 6)], RowFilter(text="apple"))) == [4, 5]


def test_only_messages_where_asked_for(reader: SessionReader) -> None:
    events = [event for _, event in chosen_events(reader, messages_only=True)]
    assert len(events) == 42
    assert all(isinstance(event, Message) for event in events)


def test_a_search_called_off_ends(reader: SessionReader) -> None:
    assert numbers(chosen_events(reader, wanted=RowFilter(text="pear"), is_cancelled=lambda: True)) == []
