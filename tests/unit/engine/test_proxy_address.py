"""Proxies' addresses as curl and the environment spell them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.request import Proxy
from wireyard.engine.proxy_address import ProxyAddressError, parse_proxy


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("proxy", Proxy(mode="http", host="proxy", port=1080)),
        ("proxy:3128", Proxy(mode="http", host="proxy", port=3128)),
        ("HTTP://Proxy.Example:3128/", Proxy(mode="http", host="proxy.example", port=3128)),
        ("socks5://h:1", Proxy(mode="socks5", host="h", port=1, remote_names=False)),
        ("socks5h://h", Proxy(mode="socks5", host="h", port=1080)),
        ("socks4://h", Proxy(mode="socks4", host="h", port=1080, remote_names=False)),
        ("socks4a://h", Proxy(mode="socks4", host="h", port=1080)),
        ("http://[::1]:8080", Proxy(mode="http", host="::1", port=8080)),
        ("me:p%40ss:w@rd@h:8", Proxy(mode="http", host="h", port=8, user="me", password="p@ss:w@rd")),
        ("socks5h://me@h", Proxy(mode="socks5", host="h", port=1080, user="me")),
    ],
)
def test_what_is_read(text: str, proxy: Proxy) -> None:
    assert parse_proxy(text) == proxy


@pytest.mark.parametrize(
    "text", ["", "http://", "https://h", "ftp://h", "h:0", "h:99999", "h:x", "[::1", "[::1]x", "a b", "u:sesame@:1"]
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ProxyAddressError) as caught:
        parse_proxy(text)
    assert "sesame" not in str(caught.value)


def test_a_password_is_not_in_the_repr() -> None:
    assert "sesame" not in repr(parse_proxy("me:sesame@h"))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ProxyAddressError):
        parse_proxy(text)
