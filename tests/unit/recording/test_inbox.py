"""The queue between givers and the writer."""

from __future__ import annotations

import threading
import time

import pytest
from tests.helpers import recordings as make

from wireyard.recording.inbox import Inbox, size_of
from wireyard.recording.values import RecordingLimits


def commit(inbox: Inbox, events: list[object]) -> None:
    inbox.committed(len(events), sum(size_of(event) for event in events))  # type: ignore[arg-type]


def test_what_is_put_is_taken_in_order() -> None:
    inbox = Inbox(RecordingLimits())
    events = [make.message(f"{i}") for i in range(10)]
    for event in events:
        inbox.put(event)
    assert inbox.take() == events
    assert inbox.take() == []


def test_a_batch_is_bounded_in_bytes() -> None:
    inbox = Inbox(RecordingLimits(batch_bytes=10_000))
    for _ in range(10):
        inbox.put(make.message(b"x" * 4000))
    assert [len(inbox.take()) for _ in range(5)] == [3, 3, 3, 1, 0]


def test_tiny_messages_count_with_what_they_cost() -> None:
    assert size_of(make.run([b""] * 1000)) > 100_000


def test_steps_are_left_until_something_follows() -> None:
    inbox = Inbox(RecordingLimits())
    inbox.put(make.message())
    inbox.put(make.step())
    assert inbox.take() == [make.message()]
    assert inbox.take() == []
    assert inbox.has_backlog
    inbox.put(make.opened())
    assert inbox.take() == [make.step(), make.opened()]
    inbox.put(make.step())
    assert inbox.take(all_of_it=True) == [make.step()]


def test_closing_leaves_nothing_back() -> None:
    inbox = Inbox(RecordingLimits())
    inbox.put(make.step())
    inbox.close()
    assert not inbox.is_done
    assert inbox.take() == [make.step()]
    assert inbox.is_done
    with pytest.raises(ValueError, match="closed"):
        inbox.set_errand(lambda: None)


def test_full_and_drained() -> None:
    inbox = Inbox(RecordingLimits(full_bytes=10_000, drained_bytes=3_000))
    called: list[str] = []
    inbox.on_drained(lambda: called.append("at once"))
    assert called == ["at once"]
    for _ in range(3):
        inbox.put(make.message(b"x" * 4000))
    assert inbox.is_full()
    inbox.on_drained(lambda: called.append("drained"))
    events = inbox.take()
    commit(inbox, [*events[:1]])
    assert called == ["at once"]
    assert not inbox.is_full()
    commit(inbox, [*events[1:]])
    assert called == ["at once", "drained"]
    assert inbox.waiting_bytes == 0


def test_the_limit_can_be_changed_at_any_time() -> None:
    inbox = Inbox(RecordingLimits())
    for _ in range(3):
        inbox.put(make.message(b"x" * 4000))
    assert not inbox.is_full()
    inbox.limit(10_000)
    assert inbox.is_full()
    called: list[str] = []
    inbox.on_drained(lambda: called.append("drained"))
    events = inbox.take()
    commit(inbox, [*events[:2]])
    assert called == []
    commit(inbox, [*events[2:]])
    assert called == ["drained"]


def test_flush_waits_for_the_commit_and_no_longer_than_told() -> None:
    inbox = Inbox(RecordingLimits())
    inbox.put(make.step())
    with pytest.raises(TimeoutError):
        inbox.flush(0.01)

    def write() -> None:
        commit(inbox, [*inbox.take()])

    threading.Timer(0.02, write).start()
    inbox.flush(10)


def test_sleep_ends_when_something_comes() -> None:
    inbox = Inbox(RecordingLimits())
    assert not inbox.sleep(0.001)
    threading.Timer(0.02, lambda: inbox.put(make.message())).start()
    start = time.monotonic()
    assert inbox.sleep(10)
    assert time.monotonic() - start < 5
    assert inbox.sleep(10), "something waits already"


def test_whoever_waits_learns_that_the_writer_broke() -> None:
    inbox = Inbox(RecordingLimits())
    inbox.put(make.message())
    threading.Timer(0.02, lambda: inbox.break_by(KeyError("bug"))).start()
    with pytest.raises(RuntimeError, match="writer failed") as caught:
        inbox.flush(10)
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(RuntimeError):
        inbox.check_unbroken()


class Waiting:
    """A writer that waits for an answer, on a thread of its own."""

    def __init__(self, inbox: Inbox) -> None:
        self._thread = threading.Thread(target=inbox.await_answer, args=(30,))
        self._thread.start()

    def ends_within(self, timeout_s: float) -> bool:
        self._thread.join(timeout_s)
        return not self._thread.is_alive()


def test_a_sent_message_waits_for_its_answer() -> None:
    inbox = Inbox(RecordingLimits())
    inbox.put(make.message(direction=make.SENT))
    waiting = Waiting(inbox)
    assert not waiting.ends_within(0.05)
    inbox.put(make.message())
    assert waiting.ends_within(5)
    assert len(inbox.take()) == 2


def test_the_wait_for_an_answer_has_an_end() -> None:
    inbox = Inbox(RecordingLimits())
    inbox.put(make.ping())
    inbox.await_answer(0.001)
    assert len(inbox.take()) == 1


def test_what_was_received_and_what_somebody_waits_for_is_not_delayed() -> None:
    inbox = Inbox(RecordingLimits())
    inbox.put(make.message(direction=make.SENT))
    inbox.put(make.message())
    assert Waiting(inbox).ends_within(5)
    closing = Inbox(RecordingLimits())
    closing.put(make.message(direction=make.SENT))
    closing.close()
    assert Waiting(closing).ends_within(5)
