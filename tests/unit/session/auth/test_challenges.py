"""The challenges of a 401, however they are put into headers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wireyard.session.auth.challenges import challenges


def test_one_header_may_have_several() -> None:
    found = challenges(['Basic realm="a, \\"b\\"", Digest nonce=x, algorithm=MD5, Negotiate', "Bearer"])
    assert [(each.scheme, each.parameters) for each in found] == [
        ("basic", {"realm": 'a, "b"'}),
        ("digest", {"nonce": "x", "algorithm": "MD5"}),
        ("negotiate", {}),
        ("bearer", {}),
    ]


def test_a_token68_is_passed_over() -> None:
    found = challenges(["Negotiate YWJj/+==, Basic realm=x"])
    assert [(each.scheme, each.parameters) for each in found] == [("negotiate", {}), ("basic", {"realm": "x"})]


def test_the_first_of_two_values_counts() -> None:
    assert challenges(["Digest nonce=1, nonce=2"])[0].parameters == {"nonce": "1"}


@given(st.lists(st.text(max_size=80) | st.text('abD =,"\\ \t=', max_size=40), max_size=3))
def test_nothing_that_a_server_says_breaks_it(lines: list[str]) -> None:
    for each in challenges(lines):
        assert each.scheme == each.scheme.lower()
