"""Which events are rows of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.helpers import recordings as make
from tests.helpers.recordings import RECEIVED, SENT

from wireyard.domain.event import Event
from wireyard.domain.frame import Opcode
from wireyard.recording.folding import MAX_UNANSWERED, Folding
from wireyard.recording.row import Row


def rows_of(tmp_path: Path, events: Sequence[Event]) -> list[Row]:
    with make.recording(tmp_path, events) as made, make.reading(made) as reader:
        return reader.rows(1, 9999)


@pytest.mark.parametrize(
    ("events", "shown"),
    [
        pytest.param([make.step(), make.step(), make.opened()], [3], id="steps of a handshake that succeeded"),
        pytest.param([make.step(), make.step(ok=False), make.failed()], [1, 2, 3], id="steps of one that failed"),
        pytest.param([make.step(), make.failed(), make.step(), make.opened()], [1, 2, 4], id="a failed one before"),
        pytest.param([make.step(ok=False), make.step(), make.opened()], [1, 3], id="a failed step before success"),
        pytest.param([make.control(Opcode.CLOSE, RECEIVED), make.closed()], [2], id="close frames"),
        pytest.param([make.ping(), make.pong()], [1], id="an answered ping"),
        pytest.param([make.ping(), make.pong()] * 3, [1], id="answered pings in a row"),
        pytest.param(
            [make.ping(), make.pong(), make.ping(by_hand=True), make.pong(), make.ping(), make.pong()],
            [1, 3, 5],
            id="a ping sent by hand",
        ),
        pytest.param([make.ping(payload=b"a"), make.pong(payload=b"b")], [1, 2], id="a pong that answers nothing"),
        pytest.param([make.ping(), make.pong(SENT)], [1, 2], id="a pong of the wrong direction"),
        pytest.param([make.ping(), make.ping()], [1, 2], id="an unanswered ping gets no company"),
        pytest.param([make.ping(), make.pong(), make.message(), make.ping()], [1, 3, 4], id="a message between"),
        pytest.param([make.ping(), make.message(), make.pong()], [1, 2], id="a late pong"),
        pytest.param([make.ping(), make.closed(), make.pong()], [1, 2, 3], id="a pong after the end"),
        pytest.param(
            [make.ping(), make.pong(), make.ping(RECEIVED), make.pong(SENT), make.ping()], [1, 3, 5], id="both ways"
        ),
    ],
)
def test_rows(tmp_path: Path, events: list[Event], shown: list[int]) -> None:
    assert [row.seq for row in rows_of(tmp_path, events)] == shown


def test_a_ping_row_tells_the_newest_round_trip_and_how_many_follow(tmp_path: Path) -> None:
    events: list[Event] = []
    for i in range(14):
        events += [make.ping(payload=b"%d" % i, ms=i * 100), make.pong(payload=b"%d" % i, ms=i * 100 + 20 + i)]
    (row,) = rows_of(tmp_path, events)
    assert (row.folded, row.rtt_ms, row.pong_missing) == (13, 33.0, False)


def test_a_ping_without_a_pong_says_so(tmp_path: Path) -> None:
    (lone,) = rows_of(tmp_path / "a", [make.ping()])
    assert (lone.folded, lone.rtt_ms, lone.pong_missing) == (0, None, True)
    (row,) = rows_of(tmp_path / "b", [make.ping(), make.pong(ms=5), make.ping(ms=9)])
    assert (row.folded, row.rtt_ms, row.pong_missing) == (1, 5.0, True)


def test_equal_pings_are_answered_in_their_order(tmp_path: Path) -> None:
    events = [make.ping(ms=0), make.ping(ms=10), make.pong(ms=30), make.pong(ms=31)]
    assert [row.rtt_ms for row in rows_of(tmp_path, events)] == [30.0, 21.0]


def test_a_pong_changes_a_row_that_was_told_of_before(tmp_path: Path) -> None:
    changed: list[tuple[int, ...]] = []
    with make.recording(tmp_path, on_progress=lambda told: changed.append(told.changed)) as made:
        made.put(make.ping())
        made.flush()
        made.put(make.message())
        made.put(make.pong())
        made.flush()
        with make.reading(made) as reader:
            assert [row.pong_missing for row in reader.rows(1, 1)] == [False]
    assert sum(changed, ()) == (1,)


def test_steps_written_before_their_success_are_hidden_afterwards(tmp_path: Path) -> None:
    hidden: list[tuple[int, ...]] = []
    with make.recording(tmp_path, on_progress=lambda told: hidden.append(told.hidden)) as made:
        made.put(make.step())
        made.flush()
        made.put(make.opened())
        made.flush()
        with make.reading(made) as reader:
            assert [row.seq for row in reader.rows(1, 9)] == [2]
            assert list(reader.hidden()) == [1]
    assert hidden == [(), (1,)]


def test_steps_wait_a_moment_for_what_follows(tmp_path: Path) -> None:
    firsts: list[int] = []
    with make.recording(tmp_path, on_progress=lambda told: firsts.append(told.first_seq)) as made:
        made.put(make.step())
        make.until(lambda: made._inbox.has_backlog)
        made.put(make.opened())
        make.until(lambda: bool(firsts))
        made.put(make.step())
        make.until(lambda: len(firsts) == 2)
    assert firsts == [1, 3]


def test_pings_that_nobody_answers_are_not_remembered_for_ever() -> None:
    folding = Folding()
    for seq in range(MAX_UNANSWERED * 2):
        folding.control(seq, make.ping(payload=b"%d" % seq))
    assert folding._unanswered_count == len(folding._unanswered) == MAX_UNANSWERED
    assert not folding.control(9999, make.pong(payload=b"0"))
    assert folding.control(10_000, make.pong(payload=b"%d" % (MAX_UNANSWERED * 2 - 1)))
