"""The steps of one attempt, as the log shows them."""

from __future__ import annotations

from tests.helpers.sinks import ListSink

from wireyard.domain.event import Attempt, Failed, Step
from wireyard.domain.failure import Failure
from wireyard.engine.steps import Steps


def test_each_step_has_its_time_and_outcome() -> None:
    sink = ListSink()
    begun: list[str] = []
    steps = Steps(sink, begun.append)
    steps.begin("resolve")
    steps.end("127.0.0.1")
    steps.begin("tcp")
    assert steps.current == "tcp"
    attempts = (Attempt(address="127.0.0.1:1", ms=1.0, error="refused"),)
    steps.fail(Failure(code="refused", step="tcp"), "refused", attempts)
    assert begun == ["resolve", "tcp"]
    assert steps.current is None
    assert steps.taken == tuple(sink.all(Step))
    resolve, tcp = steps.taken
    assert (resolve.name, resolve.ok, resolve.detail) == ("resolve", True, "127.0.0.1")
    assert (tcp.name, tcp.ok, tcp.detail, tcp.attempts) == ("tcp", False, "refused", attempts)
    assert 0 <= resolve.ms <= steps.total_ms
    assert isinstance(sink.events[-1], Failed)


def test_a_failure_outside_of_any_step_puts_no_step() -> None:
    sink = ListSink()
    Steps(sink).fail(Failure(code="bad_address", step="address"))
    assert [type(event) for event in sink.events] == [Failed]
