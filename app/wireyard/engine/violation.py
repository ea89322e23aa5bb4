"""Which rule a frame broke, in words, from the frame itself (RFC 6455 sections 5 and 7.4)."""

from __future__ import annotations

from wireyard.domain.frame import Opcode, is_sendable_close_code

_OPCODES = {int(opcode) for opcode in Opcode}
_CONTROL_BIT = 0x08
_MAX_CONTROL_BYTES = 125


def broken_rule(head: int, *, is_masked: bool, payload: bytes, size: int, has_open_message: bool, deflate: bool) -> str:
    """Name the rule; ``size`` is the payload size that the header tells, ``payload`` what had arrived of it."""
    opcode = head & 0x0F
    if opcode not in _OPCODES:
        return f"unknown opcode 0x{opcode:X}"
    if is_masked:
        return "masked frame from server"
    if head & 0x30 or (head & 0x40 and not deflate):
        return "reserved bit set without an extension that uses it"
    if opcode & _CONTROL_BIT:
        return _broken_control_rule(head, payload, size, has_open_message)
    if head & 0x40 and opcode == Opcode.CONTINUATION:
        return "compression bit set in a continuation frame"
    if opcode == Opcode.CONTINUATION and not has_open_message:
        return "continuation frame without a message to continue"
    if opcode != Opcode.CONTINUATION and has_open_message:
        return "new message before the fragmented one ended"
    return "data that can't be inflated"


def _broken_control_rule(head: int, payload: bytes, size: int, has_open_message: bool) -> str:
    if size > _MAX_CONTROL_BYTES:
        return f"control frame of {size:,} bytes: 125 is the most"
    if not head & 0x80:
        return "fragmented control frame"
    if head & 0x40:
        return "compression bit set in a control frame"
    if head & 0x0F == Opcode.CLOSE:
        if len(payload) == 1:
            return "close frame of one byte"
        code = int.from_bytes(payload[:2], "big")
        if len(payload) >= 2 and not (is_sendable_close_code(code)):
            return f"close code {code} must not be sent"
        if has_open_message:
            return "close frame before the fragmented message ended"
    return "control frame that breaks the rules"
