"""Words of the wire: opcodes, directions and close codes (RFC 6455 sections 5.2 and 7.4)."""

from __future__ import annotations

import enum


class Opcode(enum.IntEnum):
    """Frame opcodes, RFC 6455 section 5.2."""

    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


class Direction(enum.IntEnum):
    """Which way a frame went, seen from this program."""

    RECEIVED = 0
    SENT = 1


# RFC 6455 section 7.4.1 and the IANA registry. The words are ours.
CLOSE_CODE_NAMES: dict[int, str] = {
    1000: "Normal closure",
    1001: "Going away",
    1002: "Protocol error",
    1003: "Data type not accepted",
    1004: "Reserved",
    1005: "No code given",
    1006: "Lost",
    1007: "Invalid text",
    1008: "Policy",
    1009: "Message too big",
    1010: "Extension missing",
    1011: "Server error",
    1012: "Restarting",
    1013: "Try again later",
    1014: "Bad gateway",
    1015: "TLS failure",
    3000: "Unauthorized",
    3003: "Forbidden",
    3008: "Timeout",
}

MAX_CLOSE_REASON_BYTES = 123
MAX_CONTROL_BYTES = 125  # of any control frame's payload (RFC 6455 section 5.5)


def close_code_name(code: int) -> str:
    """Say in two or three words what a close code means."""
    named = CLOSE_CODE_NAMES.get(code)
    if named is not None:
        return named
    if 3000 <= code <= 3999:
        return "Registered by a library"
    if 4000 <= code <= 4999:
        return "Private to this service"
    return "Unknown code"


def is_sendable_close_code(code: int) -> bool:
    """Tell whether an application may put this code into a close frame (RFC 6455 section 7.4.2)."""
    return code in _SENDABLE or 3000 <= code <= 4999


_SENDABLE = frozenset({1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014})


def close_fault(code: int | None, reason: str) -> str:
    """Say in a sentence why a close frame can't be sent with these; empty when it can. None is a frame without both."""
    if code is None:
        return "A close reason needs a close code." if reason else ""
    if fault := _code_fault(code):
        return fault
    try:
        size = len(reason.encode())
    except UnicodeEncodeError:
        return "The close reason has half a character in it, which UTF-8 can't spell."
    if size > MAX_CLOSE_REASON_BYTES:
        return f"A close reason holds at most {MAX_CLOSE_REASON_BYTES} bytes: this has {size:,}."
    return ""


def _code_fault(code: int) -> str:
    if is_sendable_close_code(code):
        return ""
    if code in _ONLY_REPORTED:
        return f"Close code {code} is never sent: it only says, on this side, that {_ONLY_REPORTED[code]}."
    if not 1000 <= code <= 4999:
        return f"Close codes go from 1000 to 4999: {code} is none."
    return f"Close code {code} is reserved: applications send 1000 to 1003, 1007 to 1014, or 3000 to 4999."


# RFC 6455 section 7.4.1: for the programs at both ends to say what they saw.
_ONLY_REPORTED = {
    1005: "the close frame had no code",
    1006: "there was no close frame",
    1015: "TLS failed",
}


def server_frame_overhead(size_bytes: int) -> int:
    """Header bytes of one unmasked frame with the shortest length field (RFC 6455 section 5.2)."""
    if size_bytes < 126:
        return 2
    return 4 if size_bytes < 65536 else 10
