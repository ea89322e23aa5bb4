"""Host names in the ASCII form that resolvers and certificates know."""

from __future__ import annotations

import pytest

from wireyard.engine.errors import AddressError
from wireyard.engine.hostname import ascii_host


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("Example.COM", "example.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("日本語。ＪＰ", "xn--wgv71a119e.jp"),
        ("a%2Db.example", "a-b.example"),
        ("x_y", "x_y"),
        ("example.", "example"),
    ],
)
def test_ascii_form(typed: str, host: str) -> None:
    assert ascii_host(typed) == host


@pytest.mark.parametrize(
    ("typed", "position"),
    [("a b", 1), ("a!b", 1), ("a..b", 1), (".a", 0), ("☃.example", 0), ("a" * 64, 0), ("256.0.0.1", 0), ("%00", 0)],
)
def test_what_is_no_host(typed: str, position: int) -> None:
    with pytest.raises(AddressError) as caught:
        ascii_host(typed)
    assert caught.value.position == position
