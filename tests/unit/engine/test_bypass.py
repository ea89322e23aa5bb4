"""Lists of hosts that need no proxy, read as curl reads ``NO_PROXY``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.engine.bypass import is_bypassed, is_loopback, split_bypass


@pytest.mark.parametrize(
    ("host", "entries", "is_meant"),
    [
        ("example.com", "example.com", True),
        ("api.example.com", "example.com", True),
        ("api.example.com.", "Example.COM", True),
        ("api.example.com", ".example.com", True),
        ("example.com", ".example.com", True),
        ("example.com", "*.example.com", True),
        ("badexample.com", "example.com", False),
        ("example.com", "api.example.com", False),
        ("anything", "*", True),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("11.1.2.3", "10.0.0.0/8", False),
        ("10.1.2.3", "10.1.2.3", True),
        ("10.1.2.3", "2.3", False),
        ("::1", "[::1]", True),
        ("fe80::1%eth0", "fe80::/10", True),
        ("10.1.2.3", "10.0.0.0/99", False),
        ("example.com", "", False),
        ("example.com", "., *x", False),
        ("c", "a, b  c", True),
    ],
)
def test_who_is_meant(host: str, entries: str, is_meant: bool) -> None:
    assert is_bypassed(host, split_bypass(entries)) is is_meant


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.9.9.9", "::1"])
def test_this_computer(host: str) -> None:
    assert is_loopback(host)
    assert not is_loopback("localhost.example")


@given(st.text(), st.text())
def test_any_list_can_be_read(host: str, entries: str) -> None:
    assert is_bypassed(host, split_bypass(entries)) in (True, False)
