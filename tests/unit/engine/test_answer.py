"""A server's answer is read as far as it came, however odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.engine.answer import MAX_BODY_BYTES, could_be_http, head_size, header_of, read_answer, read_body

REFUSAL = b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 4\r\n\r\nnope"


def test_status_headers_and_body() -> None:
    answer = read_answer(REFUSAL)
    assert answer is not None
    assert (answer.status, answer.reason, answer.body, answer.raw) == (401, "Unauthorized", b"nope", REFUSAL)
    assert answer.headers == (("WWW-Authenticate", "Basic"), ("Content-Length", "4"))
    assert header_of(answer, "www-authenticate") == "Basic"
    assert header_of(answer, "server") == ""


@pytest.mark.parametrize(
    ("raw", "status", "reason"),
    [
        (b"HTTP/1.1 200\r\n\r\n", 200, ""),
        (b"HTTP/1.0 503 Not  yet\n\n", 503, "Not  yet"),
        (b"HTTP/1.1 404 Not Found\r\nHalf-a-hea", 404, "Not Found"),
        (b"HTTP/2 403 \xfcberall\r\n\r\n", 403, "überall"),
    ],
)
def test_lenient_about_form(raw: bytes, status: int, reason: str) -> None:
    answer = read_answer(raw)
    assert answer is not None
    assert (answer.status, answer.reason) == (status, reason)


@pytest.mark.parametrize("raw", [b"", b"SSH-2.0\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"<html>"])
def test_what_is_no_answer(raw: bytes) -> None:
    assert read_answer(raw) is None


def test_where_the_headers_end() -> None:
    assert head_size(REFUSAL) == len(REFUSAL) - 4
    assert head_size(b"HTTP/1.1 200 OK\n\nbody") == 17
    assert head_size(b"HTTP/1.1 200 OK\r\n") == 0


def test_what_may_still_become_http() -> None:
    assert could_be_http(b"")
    assert could_be_http(b"HTT")
    assert could_be_http(b"HTTP/1.1 200")
    assert not could_be_http(b"SSH")


@pytest.mark.parametrize(
    ("headers", "rest", "body", "is_complete"),
    [
        ("Content-Length: 3", b"ab", b"ab", False),
        ("Content-Length: 3", b"abcd", b"abc", True),
        ("Content-Length: 99999999", b"x" * MAX_BODY_BYTES, b"x" * MAX_BODY_BYTES, True),
        ("Content-Length: many", b"abc", b"abc", False),
        ("Transfer-Encoding: chunked", b"3\r\nabc\r\n0\r\n\r\n", b"abc", True),
        ("Transfer-Encoding: chunked", b"3\r\nab", b"ab", False),
        ("Transfer-Encoding: chunked", b"zz\r\nraw", b"zz\r\nraw", True),
        ("X: y", b"until the end", b"until the end", False),
    ],
)
def test_where_the_body_ends(headers: str, rest: bytes, body: bytes, is_complete: bool) -> None:
    answer = read_answer(f"HTTP/1.1 400 Bad\r\n{headers}\r\n\r\n".encode())
    assert answer is not None
    assert read_body(answer, rest) == (body, is_complete)


def test_an_answer_without_a_body() -> None:
    answer = read_answer(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert answer is not None
    assert read_body(answer, b"stray") == (b"", True)


@given(
    st.one_of(
        st.binary(), st.binary().map(lambda tail: b"HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n" + tail)
    )
)
def test_any_bytes_can_be_read(raw: bytes) -> None:
    answer = read_answer(raw)
    assert answer is None or len(answer.body) <= len(raw)
