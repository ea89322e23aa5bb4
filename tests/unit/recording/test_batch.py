"""Numbering: what a batch says of itself."""

from __future__ import annotations

from tests.helpers import recordings as make
from tests.helpers.recordings import SENT

from wireyard.domain.session import Totals
from wireyard.recording.batch import Numbering, Run
from wireyard.recording.kinds import HIDDEN


def test_numbers_have_no_gap_over_batches() -> None:
    numbering = Numbering()
    first = numbering.number([make.message(), make.run([b"a", b"b"])], 10)
    second = numbering.number([make.note()], 10)
    assert (first.first_seq, first.last_seq, first.count) == (1, 3, 3)
    assert (second.first_seq, second.last_seq) == (4, 4)


def test_a_batch_of_nothing() -> None:
    assert Numbering().number([make.run([])], 0).count == 0


def test_sums_go_on() -> None:
    numbering = Numbering()
    numbering.number([make.message("abc"), make.message("x", direction=SENT, state="failed")], 0)
    batch = numbering.number([make.run([b"a", b"bc"]), make.message("d", direction=SENT), make.ping()], 0)
    assert batch.totals == Totals(sent_count=1, sent_bytes=1, received_count=3, received_bytes=6)
    assert batch.last_ts_ns == make.START_NS


def test_steps_in_the_same_batch_are_hidden_before_they_are_written() -> None:
    batch = Numbering().number([make.step(), make.run([b"a"]), make.step(), make.opened()], 0)
    lines = [line for item in batch.items if not isinstance(item, Run) for line in item]
    assert [bool(line[3] & HIDDEN) for line in lines] == [True, True, False]
    assert (batch.hidden, batch.hide_earlier) == ([1, 3], [])


def test_steps_of_an_earlier_batch_are_named() -> None:
    numbering = Numbering()
    numbering.number([make.step()], 0)
    batch = numbering.number([make.opened()], 0)
    assert (batch.hidden, batch.hide_earlier) == ([], [1])


def test_the_last_ending_counts_until_the_next_connection() -> None:
    numbering = Numbering()
    assert numbering.number([make.failed(), make.closed()], 0).ending == make.closed()
    unchanged = numbering.number([make.message()], 0)
    assert (unchanged.ending_changed, numbering.ending) == (False, make.closed())
    again = numbering.number([make.opened()], 0)
    assert (again.ending_changed, again.ending) == (True, None)
