"""One Set-Cookie line: what is kept of it, and why another is refused (RFC 6265)."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.session.cookies.dates import read_date
from wireyard.session.cookies.matching import belongs, default_path, is_shared_suffix, path_belongs
from wireyard.session.cookies.set_cookie import Origin, RefusedError, read_set_cookie

NOW_S = 1_700_000_000.0
HERE = Origin(True, "api.shop.example", "/v2/feed/live?x=1/2")
PLAIN = Origin(False, "api.shop.example", "/")


def test_without_attributes_it_is_this_host_s_and_this_folder_s() -> None:
    cookie = read_set_cookie("sid = a=b ", HERE, NOW_S)
    assert (cookie.name, cookie.value) == ("sid", "a=b")
    assert (cookie.domain, cookie.host_only, cookie.path) == ("api.shop.example", True, "/v2/feed")
    assert (cookie.secure, cookie.http_only, cookie.expires_s) == (False, False, None)


def test_attributes_are_read_in_any_case_and_order() -> None:
    cookie = read_set_cookie("a=1; PATH=/v2; secure;HttpOnly; Domain=.Shop.Example; max-age=60; x=y", HERE, NOW_S)
    assert (cookie.domain, cookie.host_only, cookie.path) == ("shop.example", False, "/v2")
    assert (cookie.secure, cookie.http_only, cookie.expires_s) == (True, True, NOW_S + 60)


@pytest.mark.parametrize(
    ("line", "expires_s"),
    [
        ("a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", 1792567680.0),
        ("a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=5", NOW_S + 5),
        ("a=1; Max-Age=0", 0.0),
        ("a=1; Max-Age=-99999999999999999999", 0.0),
        ("a=1; Max-Age=99999999999999999999", 253_402_300_799.0),
        ("a=1; Max-Age=soon", None),
        ("a=1; Max-Age=" + "9" * 5000, None),
        ("a=1; Expires=tomorrow", None),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ],
)
def test_when_it_runs_out(line: str, expires_s: float | None) -> None:
    assert read_set_cookie(line, HERE, NOW_S).expires_s == expires_s


@pytest.mark.parametrize(
    ("line", "origin", "why"),
    [
        ("=1", HERE, "no name"),
        ("just text", HERE, "no name"),
        ("a=1\r\nX: y", HERE, "control character"),
        ("a=\x00", HERE, "control character"),
        ("a=" + "x" * 4096, HERE, "over 4,096 bytes"),
        ("a=1; Domain=other.example", HERE, "another host, other.example"),
        ("a=1; Domain=v2.api.shop.example", HERE, "another host"),
        ("a=1; Domain=hop.example", HERE, "another host"),
        ("a=1; Domain=example", HERE, "everything below example"),
        ("a=1; Domain=co.uk", Origin(True, "shop.co.uk", "/"), "everything below co.uk"),
        ("a=1; Domain=0.0.1", Origin(True, "127.0.0.1", "/"), "another host"),
        ("a=1; Domain=bad host", HERE, "no host's name"),
        ("a=1; Secure", PLAIN, "TLS only"),
        ("__Secure-a=1", HERE, "promises TLS"),
        ("__Host-a=1; Secure; Path=/; Domain=shop.example", HERE, "promises one host"),
        ("__Host-a=1; Secure", HERE, "promises one host"),
    ],
)
def test_what_is_refused_and_why(line: str, origin: Origin, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        read_set_cookie(line, origin, NOW_S)


def test_a_host_may_name_itself_even_if_it_is_a_single_label() -> None:
    cookie = read_set_cookie("a=1; Domain=localhost", Origin(False, "localhost", "/"), NOW_S)
    assert (cookie.domain, cookie.host_only) == ("localhost", True)
    address = read_set_cookie("a=1; Domain=127.0.0.1", Origin(False, "127.0.0.1", "/"), NOW_S)
    assert address.host_only


def test_a_promise_that_is_kept() -> None:
    assert read_set_cookie("__Host-a=1; Secure; Path=/", HERE, NOW_S).host_only


@given(st.text(st.characters(max_codepoint=255)), st.sampled_from([HERE, PLAIN]))
def test_any_line_is_kept_for_this_host_or_refused(line: str, origin: Origin) -> None:
    with contextlib.suppress(RefusedError):
        cookie = read_set_cookie(line, origin, NOW_S)
        assert belongs(origin.host, cookie.domain)
        assert cookie.path.startswith("/")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784111777.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784111777.0),
        ("Sun Nov  6 08:49:37 1994", 784111777.0),
        ("8:49:37 6 november 94", 784111777.0),
        ("06 Nov 69 00:00:00", 3150921600.0),
        ("31 Feb 2026 00:00:00", None),
        ("1 Jan 1600 00:00:00", None),
        ("1 Jan 2026 24:00:00", None),
        ("1 Jan 2026", None),
    ],
)
def test_dates_as_servers_write_them(text: str, seconds: float | None) -> None:
    assert read_date(text) == seconds


@given(st.text())
def test_any_date_is_read_or_is_none(text: str) -> None:
    found = read_date(text)
    assert found is None or found < 2**40


@pytest.mark.parametrize(
    ("target", "path"), [("/", "/"), ("/a", "/"), ("/a/", "/a"), ("/a/b?c=/d", "/a"), ("", "/"), ("*", "/")]
)
def test_the_path_where_none_is_said(target: str, path: str) -> None:
    assert default_path(target) == path


@pytest.mark.parametrize(
    ("target", "path", "is_so"),
    [
        ("/a/b", "/a", True),
        ("/a", "/a", True),
        ("/ab", "/a", False),
        ("/a/b", "/a/", True),
        ("/a", "/a/", False),
        ("/a?b", "/a", True),
        ("/", "/", True),
        ("/A", "/a", False),
    ],
)
def test_paths(target: str, path: str, is_so: bool) -> None:
    assert path_belongs(target, path) is is_so


def test_what_is_everybody_s() -> None:
    assert all(map(is_shared_suffix, ("com", "localhost", "co.uk", "com.au")))
    assert not any(map(is_shared_suffix, ("shop.example", "co.example", "shop.uk", "a.co.uk")))
