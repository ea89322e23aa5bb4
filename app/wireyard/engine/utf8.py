"""Checking that a text message is UTF-8 (RFC 6455 section 8.1) without building the text."""

from __future__ import annotations

import codecs

_SLICE_BYTES = 1024 * 1024


def check_utf8(payload: bytes) -> None:
    """Raise `UnicodeDecodeError`, with the place of the fault in the whole payload, when it is not UTF-8.

    A large payload is decoded slice by slice and each slice thrown away: 100 MB of text would take 200 MB more.
    """
    if payload.isascii():
        return
    if len(payload) <= _SLICE_BYTES:
        payload.decode()
        return
    view = memoryview(payload)
    position = 0
    while position < len(payload):
        is_last = position + _SLICE_BYTES >= len(payload)
        try:
            _, taken = codecs.utf_8_decode(view[position : position + _SLICE_BYTES], "strict", is_last)
        except UnicodeDecodeError as fault:
            start, end = position + fault.start, position + fault.end
            raise UnicodeDecodeError("utf-8", payload, start, end, fault.reason) from None
        position += taken


def first_invalid_byte(payload: bytes) -> int:
    """Where a payload stops being UTF-8; 0 when it is."""
    try:
        check_utf8(payload)
    except UnicodeDecodeError as fault:
        return fault.start
    return 0
