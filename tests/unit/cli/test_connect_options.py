"""The options that say how to connect, in curl's spelling."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from wireyard.cli.aim import AimOptions
from wireyard.cli.record import Options, command
from wireyard.domain.auth import DigestLogin, OAuthLogin
from wireyard.domain.request import ConnectRequest, HostAddress, Network, Proxy, Tls


def options(*arguments: str) -> AimOptions:
    return Options(**command.make_context("record", ["ws://h/", *arguments]).params)


def request(*arguments: str) -> ConnectRequest:
    return options(*arguments).request(Network())


def test_user_and_password_become_a_header() -> None:
    assert request("-u", "me:sésame:x").headers == (("Authorization", "Basic bWU6c8Opc2FtZTp4"),)


def test_a_user_without_a_password_is_asked_for_it_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(click.UsageError, match="USER:PASSWORD"):
        request("-u", "me")


def test_cookies_are_one_header() -> None:
    assert request("-b", "a=1; b=2;", "-b", "c=3").headers == (("Cookie", "a=1; b=2; c=3"),)
    assert request("-b", "a=1").jar is None


def test_a_file_of_cookies_gives_each_address_its_own(tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text("h.example\tFALSE\t/\tFALSE\t0\tsid\t1\nother.example\tFALSE\t/\tFALSE\t0\tx\t2\n")
    made = request("-b", str(file), "-b", "a=1")
    assert made.headers == (("Cookie", "a=1"),)
    assert made.jar is not None
    assert made.jar.cookies_for(secure=False, host="h.example", target="/") == [("sid", "1")]


def test_an_empty_name_starts_with_no_cookies() -> None:
    made = request("-b", "")
    assert made.headers == ()
    assert made.jar is not None
    assert made.jar.cookies_for(secure=True, host="h", target="/") == []


def test_a_file_of_cookies_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="neither NAME=VALUE nor a file"):
        request("-b", str(tmp_path / "none.txt"))
    file = tmp_path / "notes.txt"
    file.write_text("no cookies here\n")
    with pytest.raises(click.UsageError, match=r"Line 1 is no line of a cookies\.txt"):
        request("-b", str(file))


def test_headers_that_are_empty_and_headers_that_are_not_sent() -> None:
    made = request("-H", "X: 1", "-H", "Empty;", "-H", "Host:", "-H", "user-agent: ")
    assert made.headers == (("X", "1"), ("Empty", ""), ("user-agent", ""))
    assert made.removed_headers == ("Host",)


def test_what_is_removed_goes_from_a_saved_request_too() -> None:
    saved = ConnectRequest(url="ws://h/", headers=(("X-Own", "1"), ("Y", "2")))
    made = options("-H", "x-own:").applied_to(saved)
    assert (made.headers, made.removed_headers) == ((("Y", "2"),), ("x-own",))


def test_without_options_a_saved_request_is_as_it_was() -> None:
    saved = ConnectRequest(
        url="ws://h/",
        headers=(("X", "1"),),
        removed_headers=("Host",),
        subprotocols=("a",),
        network=Network(max_redirects=3, ip_version="4", unix_socket="/s"),
        tls=Tls(verify=False, client_certificate="c"),
        proxy=Proxy(mode="http", host="p"),
    )
    assert options().applied_to(saved) == saved


def test_a_client_certificate(tmp_path: Path) -> None:
    for name in ("cert", "key"):
        (tmp_path / name).write_text("")
    made = request("--cert", str(tmp_path / "cert"), "--key", str(tmp_path / "key"), "--pass", "p").tls
    assert (made.client_certificate, made.client_key) == (str(tmp_path / "cert"), str(tmp_path / "key"))
    assert made.client_key_password == "p"


def test_tls_and_compression() -> None:
    made = request("--tlsv1.3", "--pin", "aa:bb", "--server-name", "n", "--no-alpn", "--no-compression")
    assert (made.tls.minimum_version, made.tls.pinned_sha256, made.tls.server_name) == ("1.3", "aa:bb", "n")
    assert (made.tls.alpn, made.network.compression) == ((), False)
    assert options("--tlsv1.2").applied_to(made).tls.minimum_version == "1.2"


@pytest.mark.parametrize(
    ("arguments", "proxy"),
    [
        ((), Proxy()),
        (("-x", ""), Proxy(mode="none")),
        (("-x", "p:3128"), Proxy(mode="http", host="p", port=3128)),
        (("-x", "socks5h://me:x@p"), Proxy(mode="socks5", host="p", port=1080, user="me", password="x")),
        (("--noproxy", "a, .b"), Proxy(bypass=("a", ".b"))),
        (("-x", "p", "--noproxy", "*"), Proxy(mode="http", host="p", port=1080, bypass=("*",))),
    ],
)
def test_proxies(arguments: tuple[str, ...], proxy: Proxy) -> None:
    assert request(*arguments).proxy == proxy


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ("h:443:10.0.0.1", HostAddress(host="h", port=443, addresses=("10.0.0.1",))),
        ("*:80:[::1],127.0.0.1", HostAddress(host="*", port=80, addresses=("::1", "127.0.0.1"))),
        ("+h:1:::1", HostAddress(host="h", port=1, addresses=("::1",))),
    ],
)
def test_chosen_addresses(given: str, rule: HostAddress) -> None:
    assert request("--resolve", given).network.resolve == (rule,)


def test_the_network() -> None:
    made = request("-6", "-L", "--unix-socket", "/run/s").network
    assert (made.ip_version, made.max_redirects, made.unix_socket) == ("6", 10, "/run/s")
    assert request("-4", "-L", "--max-redirs", "2").network.max_redirects == 2
    assert request("--max-redirs", "2").network.max_redirects == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("-4", "-6"),
        ("-x", "ftp://p"),
        ("-x", "p:99999"),
        ("--resolve", "h:1"),
        ("--resolve", "h:x:1.2.3.4"),
        ("--resolve", "h:1:name"),
        ("-H", ": x"),
    ],
)
def test_what_can_t_be_meant(arguments: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        request(*arguments)


def test_secrets_are_known_and_not_shown() -> None:
    given = options("-u", "me:one1", "-x", "me:two2@p", "--pass", "three3")
    assert set(given.secrets()) == {"one1", "two2", "three3"}
    assert "one1" not in repr(given)


def test_digest_answers_the_server_in_place_of_a_header() -> None:
    made = request("-u", "me:p:w", "--digest")
    assert made.login == DigestLogin(user="me", password="p:w")
    assert made.headers == ()


def test_a_bearer_is_a_header_and_secret() -> None:
    assert request("--oauth2-bearer", "t").headers == (("Authorization", "Bearer t"),)
    assert "t" in options("--oauth2-bearer", "t").secrets()


def test_what_is_given_stands_in_the_place_of_a_saved_login() -> None:
    saved = ConnectRequest(url="ws://h/", login=OAuthLogin(grant="password", token_url="https://x/"))
    assert options().applied_to(saved).login == saved.login
    for given in (("-u", "a:b"), ("--oauth2-bearer", "t"), ("-H", "authorization: x"), ("-H", "Authorization:")):
        assert options(*given).applied_to(saved).login is None, given


def test_a_basic_header_of_a_saved_request_gives_way_to_digest() -> None:
    saved = ConnectRequest(url="ws://h/", headers=(("Authorization", "Basic x"), ("X", "1")))
    made = options("-u", "a:b", "--digest").applied_to(saved)
    assert (made.headers, made.login) == ((("X", "1"),), DigestLogin(user="a", password="b"))
