"""What the window opens with an address and options of connecting."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
import pytest

from wireyard.cli.window_tabs import window_tabs
from wireyard.workspace.model import AuthSettings, Field, NetworkSettings, ProxySettings, RequestFile, TlsSettings


def request(*words: str) -> RequestFile:
    (tab,) = window_tabs(["ws://h/p?a=1"], words)
    return msgspec.convert(tab.draft_request, RequestFile)


def test_the_address_is_filled_in_with_what_the_options_say(tmp_path: Path) -> None:
    for name in ("ca", "cert"):
        (tmp_path / name).write_text("")
    made = request(
        *("-H", "X: 1", "-H", "User-Agent:", "-u", "me:x", "--subprotocol", "v1", "--cacert", str(tmp_path / "ca")),
        *("--cert", str(tmp_path / "cert"), "--pass", "p", "--connect-timeout", "3", "--no-compression"),
    )
    assert (made.url, made.params) == ("ws://h/p", (Field(name="a", value="1"),))
    assert made.headers == (Field(name="X", value="1"),)
    assert made.auth == AuthSettings(kind="basic", user="me", password="x")
    assert made.removed_headers == ("User-Agent",)
    assert made.subprotocols == ("v1",)
    assert (made.tls.ca_file, made.tls.client_certificate) == (str(tmp_path / "ca"), str(tmp_path / "cert"))
    assert (made.network.open_timeout_s, made.network.compression) == (3, False)


def test_each_address_has_a_tab_and_its_check_may_be_skipped() -> None:
    tabs = window_tabs(["wss://a/", "wss://b/"], ["-k"])
    assert [(tab.url, tab.skip_verify) for tab in tabs] == [("wss://a/", True), ("wss://b/", True)]


@pytest.mark.parametrize(
    "words",
    [("-H", "nothing"), ("--cert", "/not/there"), ("-4", "-6"), ("--resolve", "other:80:1.2.3.4"), ("-x", "ftp://p")],
)
def test_what_can_t_be_filled_in(words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        request(*words)


NETWORK, TLS, PROXY = "network", "tls", "proxy"


@pytest.mark.parametrize(
    ("words", "block", "said"),
    [
        (("--tlsv1.2",), TLS, TlsSettings(minimum_version="1.2")),
        (("--tlsv1.3",), TLS, TlsSettings(minimum_version="1.3")),
        (("--pin", "AB:CD"), TLS, TlsSettings(pinned_sha256="AB:CD")),
        (("--server-name", "api.example"), TLS, TlsSettings(server_name="api.example")),
        (("--no-alpn",), TLS, TlsSettings(alpn=())),
        (("-x", "p:3128"), PROXY, ProxySettings(mode="http", address="p:3128")),
        (
            ("--proxy", "socks5://me:x@[::1]", "--noproxy", "a, .b"),
            PROXY,
            ProxySettings(
                mode="socks5", address="[::1]:1080", user="me", password="x", remote_names=False, bypass=("a", ".b")
            ),
        ),
        (("-x", ""), PROXY, ProxySettings(mode="none")),
        (("--noproxy", "*"), PROXY, ProxySettings(mode="system", bypass=("*",))),
        (("--resolve", "h:80:10.0.0.5,::1"), NETWORK, NetworkSettings(resolve_to=("10.0.0.5", "::1"))),
        (("--resolve", "*:80:10.0.0.5"), NETWORK, NetworkSettings(resolve_to=("10.0.0.5",))),
        (("-4",), NETWORK, NetworkSettings(ip_version="4")),
        (("--ipv6",), NETWORK, NetworkSettings(ip_version="6")),
        (("-L",), NETWORK, NetworkSettings(max_redirects=10)),
        (("--location", "--max-redirs", "3"), NETWORK, NetworkSettings(max_redirects=3)),
        (("--max-size", "0"), NETWORK, NetworkSettings(max_message_bytes=0)),
    ],
)
def test_each_way_to_connect_is_filled_in(words: tuple[str, ...], block: str, said: object) -> None:
    assert getattr(request(*words), block) == said


def test_a_unix_socket_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert request("--unix-socket", "app.sock").network.unix_socket == str(tmp_path / "app.sock")


def test_a_host_is_looked_up_elsewhere_only_in_its_own_tab() -> None:
    tabs = window_tabs(["ws://a/", "wss://b/"], ["--resolve", "B:443:10.0.0.5"])
    found = [msgspec.convert(tab.draft_request, RequestFile).network.resolve_to for tab in tabs]
    assert found == [None, ("10.0.0.5",)]


def test_other_ways_to_sign_in_are_filled_in_too() -> None:
    assert request("-u", "me:x", "--digest").auth == AuthSettings(kind="digest", user="me", password="x")
    assert request("--oauth2-bearer", "t").auth == AuthSettings(kind="bearer", token="t")
