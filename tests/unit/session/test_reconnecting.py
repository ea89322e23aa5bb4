"""When a lost connection is tried again, and how long that is waited for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from wireyard.domain import event
from wireyard.domain.failure import Failure, FailureCode
from wireyard.domain.request import Reconnect
from wireyard.session import states
from wireyard.session.reconnecting import Reconnecting

POLICY = Reconnect(attempts=5, jitter=0)


def closed(code: int = 1006, open_s: float = 10.0) -> states.Closed:
    return states.Closed(event=event.Closed(ts_ns=1, mono_ns=1, by="server", code=code, open_s=open_s))


def failed(code: FailureCode = "refused", **facts: str) -> states.Failed:
    return states.Failed(failure=Failure(code=code, step="tcp", facts=facts))


def delays(policy: Reconnect, *ends: states.State) -> list[float | None]:
    reconnecting = Reconnecting(policy, lambda: 0.5)
    retries = [reconnecting.after(end) for end in ends]
    return [None if retry is None else retry.delay_s for retry in retries]


def test_by_default_nothing_is_tried_again() -> None:
    assert delays(Reconnect(), closed(), failed()) == [None, None]


def test_each_attempt_waits_longer_than_the_one_before_up_to_a_limit() -> None:
    ends = [closed(), *[failed()] * 4]
    assert delays(replace(POLICY, max_delay_s=3), *ends) == [0.5, 1.0, 2.0, 3.0, 3.0]


def test_attempts_are_counted_and_end() -> None:
    reconnecting = Reconnecting(replace(POLICY, attempts=2))
    first, second = reconnecting.after(closed()), reconnecting.after(failed())
    assert first is not None
    assert second is not None
    assert (first.count, second.count) == ("attempt 1 of 2", "attempt 2 of 2")
    assert not reconnecting.is_used_up
    assert reconnecting.after(failed()) is None
    assert reconnecting.is_used_up


def test_a_connection_that_lived_starts_the_count_anew_and_one_that_did_not_goes_on() -> None:
    assert delays(POLICY, closed(), failed(), closed(open_s=5)) == [0.5, 1.0, 0.5]
    assert delays(POLICY, closed(), failed(), closed(open_s=0.1)) == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(("code", "again"), [(1006, True), (1012, True), (1000, False), (1008, False), (4001, False)])
def test_only_some_close_codes_count(code: int, again: bool) -> None:
    assert (delays(POLICY, closed(code)) == [0.5]) == again


def test_the_codes_are_those_of_the_policy() -> None:
    assert delays(replace(POLICY, close_codes=(4001,)), closed(4001), closed(1006)) == [0.5, None]


def test_an_attempt_that_was_never_open_is_repeated_only_if_wanted() -> None:
    assert delays(POLICY, failed()) == [None]
    assert delays(replace(POLICY, from_start=True), failed()) == [0.5]


def test_failures_that_will_not_pass_end_it() -> None:
    assert delays(POLICY, closed(), failed("tls_expired")) == [0.5, None]
    assert delays(POLICY, closed(), failed("status", status="401")) == [0.5, None]
    assert delays(POLICY, closed(), failed("status", status="503")) == [0.5, 1.0]


def test_a_server_s_wish_for_patience_is_heard() -> None:
    ends = (
        closed(),
        failed("status", status="503", retry_after="7"),
        failed("status", status="503", retry_after="soon"),
    )
    assert delays(POLICY, *ends) == [0.5, 7.0, 2.0]


def test_without_a_limit_it_never_ends() -> None:
    reconnecting = Reconnecting(replace(POLICY, attempts=None))
    assert reconnecting.after(closed()) is not None
    retry = None
    for _ in range(3000):
        retry = reconnecting.after(failed())
    assert retry is not None
    assert (retry.count, retry.delay_s) == ("attempt 3001", 30.0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_chance_moves_the_delay_by_a_share_of_it(chance: float, jitter: float) -> None:
    retry = Reconnecting(replace(POLICY, jitter=jitter), lambda: chance).after(closed())
    assert retry is not None
    assert 0.5 * (1 - jitter) - 1e-9 <= retry.delay_s <= 0.5 * (1 + jitter) + 1e-9


def test_a_token_endpoint_that_is_away_may_come_back_and_a_refused_password_may_not() -> None:
    away, refused = failed("auth_failed", auth_fault="unreachable"), failed("auth_failed", auth_fault="grant")
    assert delays(POLICY, closed(), away) == [0.5, 1.0]
    assert delays(POLICY, closed(), refused) == [0.5, None]
