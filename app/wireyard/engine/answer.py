"""Reading a server's answer to the upgrade request from its bytes, however odd, for people to look at.

The library judges a 101; this is for everything else, so it is lenient: any line end, any header, any body.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from wireyard.domain.failure import Answer
from wireyard.engine.unpack import codings_of, unpacked

MAX_HEAD_BYTES = 256 * 1024
MAX_BODY_BYTES = 1024 * 1024
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})(?: +([^\r\n]*))?\r?$")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def head_size(raw: bytes | bytearray) -> int:
    """Bytes up to and including the blank line that ends the header block; 0 while it has not come."""
    found = _HEAD_END.search(raw)
    return found.end() if found else 0


def could_be_http(raw: bytes | bytearray) -> bool:
    """Whether the first bytes are, or may still become, an HTTP/1 status line."""
    return raw[:7] == b"HTTP/1."[: len(raw)]


def read_answer(raw: bytes) -> Answer | None:
    """Decode as much of an answer as there is; None when it does not begin with a status line."""
    size = head_size(raw)
    lines = raw[: size or len(raw)].split(b"\n")
    status_line = _STATUS_LINE.match(lines[0])
    if status_line is None:
        return None
    headers: list[tuple[str, str]] = []
    for line in lines[1:]:
        name, colon, value = line.decode("iso-8859-1").partition(":")
        if colon:
            headers.append((name.strip(), value.strip()))
    reason = (status_line[2] or b"").decode("iso-8859-1").strip()
    answer = Answer(status=int(status_line[1]), reason=reason, headers=tuple(headers), raw=raw)
    body, _ = read_body(answer, raw[size:] if size else b"")
    codings = codings_of(*values_of(answer, "content-encoding"), *values_of(answer, "transfer-encoding"))
    body, packed_as = unpacked(body, codings, MAX_BODY_BYTES)
    return replace(answer, body=body, packed_as=packed_as)


def header_of(answer: Answer, name: str) -> str:
    """The first value of a header, or an empty text."""
    return next((value for key, value in answer.headers if key.lower() == name), "")


def values_of(answer: Answer, name: str) -> list[str]:
    """All values of a header."""
    return [value for key, value in answer.headers if key.lower() == name]


def read_body(answer: Answer, rest: bytes) -> tuple[bytes, bool]:
    """The body in what follows the header block, still packed, and whether it is complete (RFC 9112 section 6)."""
    if answer.status in {204, 304} or answer.status < 200:
        return b"", True
    if "chunked" in ",".join(values_of(answer, "transfer-encoding")).lower():
        return _read_chunks(rest)
    length = header_of(answer, "content-length")
    if length.isascii() and length.isdigit() and len(length) < 16:
        return rest[: int(length)][:MAX_BODY_BYTES], len(rest) >= min(int(length), MAX_BODY_BYTES)
    return rest[:MAX_BODY_BYTES], len(rest) >= MAX_BODY_BYTES


def _read_chunks(rest: bytes) -> tuple[bytes, bool]:
    body = bytearray()
    position = 0
    while len(body) < MAX_BODY_BYTES:
        line_end = rest.find(b"\r\n", position)
        if line_end < 0:
            return bytes(body), False
        try:
            size = int(rest[position:line_end].split(b";")[0], 16)
        except ValueError:
            return bytes(body) + rest[position:], True
        if size == 0:
            return bytes(body), True
        start = line_end + 2
        body += rest[start : start + size]
        if start + size + 2 > len(rest):
            return bytes(body), False
        position = start + size + 2
    return bytes(body[:MAX_BODY_BYTES]), True
