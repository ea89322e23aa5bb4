"""Unpacking the body of an answer, so that a refusal can be read: gzip and deflate, the codings that Python knows."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_GZIP = ("gzip", "x-gzip")


def codings_of(*values: str) -> list[str]:
    """The codings that header values name, in the order in which they were put on."""
    names = [name.strip().lower() for value in values for name in value.split(",")]
    return [name for name in names if name and name not in ("identity", "chunked")]


def unpacked(body: bytes, codings: Sequence[str], limit: int) -> tuple[bytes, str]:
    """The body without its codings, at most ``limit`` bytes of it, and the coding that it still has.

    What ends early, or breaks on the way, is unpacked as far as it goes.
    """
    for coding in reversed(codings):
        if not body:
            return b"", ""
        plain = _inflated(body, coding, limit)
        if plain is None:
            return body, coding
        body = plain
    return body, ""


def _inflated(body: bytes, coding: str, limit: int) -> bytes | None:
    if coding in _GZIP:
        return _inflate(body, 31, limit)
    if coding == "deflate":
        # Said to have a zlib header, and often sent without (RFC 9110 section 8.4.1.2).
        return _inflate(body, 15, limit) or _inflate(body, -15, limit)
    return None


def _inflate(body: bytes, window_bits: int, limit: int) -> bytes | None:
    """As much as can be had; None where nothing can."""
    inflater = zlib.decompressobj(window_bits)
    plain = bytearray()
    # In small pieces, so that what came before a fault is kept.
    for start in range(0, len(body), 512):
        try:
            plain += inflater.decompress(body[start : start + 512], limit - len(plain) or 1)
        except zlib.error:
            break
        if len(plain) >= limit or inflater.eof:
            break
    return bytes(plain[:limit]) or None
