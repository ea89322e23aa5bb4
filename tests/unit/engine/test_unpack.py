"""Bodies of answers, unpacked as far as it goes."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.engine.answer import MAX_BODY_BYTES, read_answer
from wireyard.engine.unpack import codings_of, unpacked

TEXT = b"<h1>Not found</h1>" * 100


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT, wbits=-15)),
        ("deflate, GZIP", gzip.compress(zlib.compress(TEXT), mtime=0)),
        ("identity", TEXT),
        ("", TEXT),
    ],
)
def test_what_python_knows(coding: str, body: bytes) -> None:
    assert unpacked(body, codings_of(coding), 1 << 20) == (TEXT, "")


@pytest.mark.parametrize("coding", ["br", "zstd", "compress"])
def test_what_it_does_not(coding: str) -> None:
    assert unpacked(b"packed", codings_of(coding), 100) == (b"packed", coding)


def test_what_is_inside_of_what_is_known() -> None:
    assert unpacked(gzip.compress(b"inner", mtime=0), codings_of("br, gzip"), 100) == (b"inner", "br")


def test_what_ends_early_or_is_broken() -> None:
    noise = bytes(range(256)) * 8
    packed = gzip.compress(noise, mtime=0)
    assert noise.startswith(unpacked(packed[:200], ["gzip"], 1 << 20)[0])
    assert unpacked(b"no gzip at all", ["gzip"], 100) == (b"no gzip at all", "gzip")
    assert unpacked(b"", ["gzip"], 100) == (b"", "")


def test_a_bomb_is_unpacked_up_to_the_limit() -> None:
    assert unpacked(gzip.compress(b"0" * 50_000_000, mtime=0), ["gzip"], 1000) == (b"0" * 1000, "")


def test_the_body_of_an_answer() -> None:
    head = b"HTTP/1.1 404 Not Found\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
    body = gzip.compress(TEXT, mtime=0)
    raw = head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    answer = read_answer(raw)
    assert answer is not None
    assert (answer.body, answer.packed_as, answer.raw) == (TEXT, "", raw)
    answer = read_answer(b"HTTP/1.1 404 Not Found\r\nContent-Encoding: br\r\n\r\nxyz")
    assert answer is not None
    assert (answer.body, answer.packed_as) == (b"xyz", "br")


@given(st.binary(), st.lists(st.sampled_from(["gzip", "deflate", "br"]), max_size=3))
def test_any_bytes(body: bytes, codings: list[str]) -> None:
    plain, _ = unpacked(body, codings, MAX_BODY_BYTES)
    assert isinstance(plain, bytes)
