"""Ids sort by time, and no two are the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.request import ConnectRequest
from wireyard.session.identity import new_session, session_id

NS = st.integers(0, 2**61)


@given(NS, NS)
def test_ids_sort_by_the_millisecond(one: int, other: int) -> None:
    if one // 1_000_000 < other // 1_000_000:
        assert session_id(one) < session_id(other)


def test_ids_of_one_moment_differ() -> None:
    assert len({session_id(0) for _ in range(200)}) == 200


def test_a_session_carries_what_was_asked_for() -> None:
    info = new_session(ConnectRequest(url="ws://h/", subprotocols=("v1",)), "Orders")
    assert (info.url, info.subprotocols, info.name) == ("ws://h/", ("v1",), "Orders")
    assert len(info.id) == 16
    assert info.app_version


def test_a_session_knows_its_saved_request_and_its_tab() -> None:
    info = new_session(ConnectRequest(url="ws://h/"), "Orders", request_id="Shop/Orders.ws.yaml", label="Alice")
    assert (info.name, info.request, info.label) == ("Orders", "Shop/Orders.ws.yaml", "Alice")
