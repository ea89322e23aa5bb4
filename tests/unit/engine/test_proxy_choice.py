"""Which proxy a connection goes through."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping

import pytest

from wireyard.domain.request import Proxy
from wireyard.engine import proxy_choice
from wireyard.engine.address import parse_address
from wireyard.engine.proxy_choice import choose_proxy

SYSTEM = Proxy()


def chosen(url: str, environ: Mapping[str, str], proxy: Proxy = SYSTEM) -> str:
    found = choose_proxy(proxy, parse_address(url), environ)
    return f"{found.mode} {found.host}:{found.port}" if found is not None else ""


@pytest.mark.parametrize(
    ("url", "environ", "proxy"),
    [
        ("ws://h.example/", {}, ""),
        ("ws://h.example/", {"http_proxy": "p:1"}, "http p:1"),
        ("ws://h.example/", {"HTTP_PROXY": "p:1"}, ""),
        ("ws://h.example/", {"https_proxy": "p:1"}, ""),
        ("wss://h.example/", {"HTTPS_PROXY": "p:1"}, "http p:1"),
        ("wss://h.example/", {"HTTPS_PROXY": "p:1", "https_proxy": "q:1"}, "http q:1"),
        ("wss://h.example/", {"wss_proxy": "p:1", "https_proxy": "q:1"}, "http p:1"),
        ("wss://h.example/", {"ALL_PROXY": "socks5h://p:1"}, "socks5 p:1"),
        ("wss://h.example/", {"https_proxy": "", "all_proxy": "p:1"}, ""),
        ("wss://h.example/", {"all_proxy": "p:1", "NO_PROXY": "example"}, ""),
        ("wss://h.example/", {"all_proxy": "p:1", "no_proxy": "other", "NO_PROXY": "example"}, "http p:1"),
        ("ws://localhost:9600/", {"http_proxy": "p:1"}, ""),
        ("ws://127.0.0.1:9600/", {"all_proxy": "p:1"}, ""),
    ],
)
def test_the_environment_s(url: str, environ: dict[str, str], proxy: str) -> None:
    assert chosen(url, environ) == proxy


def test_one_s_own_goes_before_the_environment_s() -> None:
    environ = {"all_proxy": "p:1"}
    assert chosen("ws://h.example/", environ, Proxy(mode="none")) == ""
    assert chosen("ws://h.example/", environ, Proxy(mode="socks4", host="Own.Example")) == "socks4 own.example:1080"
    assert chosen("ws://127.0.0.1/", environ, Proxy(mode="http", host="[::1]", port=8)) == "http ::1:8"


def test_the_settings_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy_choice, "HAS_SYSTEM_SETTINGS", True)
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"https": "https://p:8080", "http": "http://q:8080"})
    monkeypatch.setattr(urllib.request, "proxy_bypass", lambda host: host == "inside.example")
    assert chosen("wss://h.example/", {}) == "http p:8080"
    assert chosen("ws://h.example/", {}) == "http q:8080"
    assert chosen("wss://inside.example/", {}) == ""
    assert chosen("wss://h.example/", {"all_proxy": "r:1"}) == "http r:1"
