"""Addresses as the window shows and keeps them."""

from __future__ import annotations

import pytest

from wireyard.gui.addresses import is_secure, short_name, shown_secure, without_secrets


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("wss://example.com/feed?token=hush", "example.com/feed"),
        ("ws://127.0.0.1:9600/", "127.0.0.1"),
        ("", "New tab"),
        ("ws://{{host}}/feed", "ws://{{host}}/feed"),
    ],
)
def test_a_tab_without_a_name_is_called_by_host_and_path(address: str, name: str) -> None:
    assert short_name(address) == name


def test_an_address_says_whether_it_is_encrypted() -> None:
    assert [is_secure(each) for each in ("wss://a", "http://a", "ws://a:99999")] == [True, False, None]


def test_with_variables_the_scheme_still_says_it() -> None:
    assert [shown_secure(each) for each in ("wss://{{host}}", "ws://{{host}}", "{{base}}/feed")] == [True, False, None]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("wss://example.com/feed?room=1", "wss://example.com/feed?room=1"),
        ("wss://example.com/feed?room=1&token=hush", "wss://example.com/feed"),
        ("wss://me:hush@example.com/feed", "wss://example.com/feed"),
    ],
)
def test_an_address_with_secrets_is_remembered_without_them(url: str, kept: str) -> None:
    assert without_secrets(url) == kept
