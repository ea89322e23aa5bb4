"""What an address asks of an endpoint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.servers.query import Query, QueryError


def test_path_and_values_are_read() -> None:
    query = Query("/close/4001?after=20&reason=all%20done&reason=really")
    assert query.path == ("close", "4001")
    assert (query.number("after", 5, 0, 100), query.text("reason", "")) == (20, "really")
    assert (query.number("other", 5, 0, 100), query.text("other", "x")) == (5, "x")


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "101", "9" * 40, "٣", "1e2"])
def test_a_number_out_of_bounds_is_refused_in_words(value: str) -> None:
    with pytest.raises(QueryError, match="“n” is a whole number from 0 to 100"):
        Query(f"/?n={value}").number("n", 5, 0, 100)


def test_texts_are_short_and_can_be_shown() -> None:
    assert Query("/?name=%20A%00l%0Aice%20").text("name", "") == "Alice"
    assert len(Query(f"/?name={'x' * 900}").text("name", "")) == 60


@given(st.text(max_size=60))
def test_any_target_can_be_read(target: str) -> None:
    query = Query(f"/{target}")
    assert isinstance(query.path, tuple)
    assert len(query.text("name", "y")) <= 60
