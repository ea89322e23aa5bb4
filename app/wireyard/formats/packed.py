"""MessagePack and CBOR, told from noise by stepping over the first items without decoding them.

One byte proves nothing: nearly every byte begins some MessagePack value. So the outermost value must be a map or an
array, the items that the head holds must step out evenly, and keys of a map must be text or whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

_MAX_STEPS = 200


class _Item(NamedTuple):
    """One item: where its own bytes end, how many items follow inside it, and what it is."""

    end: int
    children: int
    shape: Literal["map", "array", "key", "other"]


_Step = Callable[[bytes, int], _Item]


class _CutShortError(Exception):
    """The bytes end inside an item: no fault when only the head of a payload was given."""


class _NotThisError(Exception):
    """The bytes can't be this encoding."""


def msgpack_label(head: bytes, size_bytes: int) -> str:
    """Say "MessagePack map, 4 keys" where the head of a payload of ``size_bytes`` looks like that, else nothing."""
    return _label("MessagePack", _msgpack_item, head, size_bytes)


def cbor_label(head: bytes, size_bytes: int) -> str:
    """Say "CBOR map, 4 keys" where the head of a payload of ``size_bytes`` looks like that (RFC 8949)."""
    tag_bytes = 3 if head.startswith(b"\xd9\xd9\xf7") else 0  # self-described, section 3.4.6
    return _label("CBOR", _cbor_item, head[tag_bytes:], size_bytes - tag_bytes)


def _label(name: str, step: _Step, head: bytes, size_bytes: int) -> str:
    try:
        outer = step(head, 0)
        if outer.shape not in ("map", "array") or not _steps_out(head, step, size_bytes):
            return ""
    except (_CutShortError, _NotThisError):
        return ""
    count, one, many = outer.children, "item", "items"
    if outer.shape == "map":
        count, one, many = count // 2, "key", "keys"
    return f"{name} {outer.shape}, {count:,} {one if count == 1 else many}"


def _steps_out(head: bytes, step: _Step, size_bytes: int) -> bool:
    """Tell whether the items end where the payload ends, or go on beyond its head."""
    try:
        end = _walk(head, step)
    except _CutShortError:
        return size_bytes > len(head)
    return end is None or end == size_bytes


def _walk(data: bytes, step: _Step) -> int | None:
    """Step over the outermost value. Gives its end, or nothing when that is further than we care to look."""
    open_items: list[tuple[int, bool]] = []  # how many are still to come, and whether keys are among them
    at = 0
    for _ in range(_MAX_STEPS):
        end, children, shape = step(data, at)
        if open_items:
            left, is_map = open_items[-1]
            if is_map and left % 2 == 0 and shape != "key":
                raise _NotThisError
            open_items[-1] = (left - 1, is_map)
        at = end
        if children:
            open_items.append((children, shape == "map"))
        while open_items and open_items[-1][0] == 0:
            open_items.pop()
        if not open_items:
            return at
    return None


def _text_end(data: bytes, at: int, size: int) -> int:
    end = _end(data, at, size)
    try:
        data[at:end].decode()
    except UnicodeDecodeError as fault:
        raise _NotThisError from fault
    return end


def _end(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise _CutShortError
    return at + size


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : _end(data, at, size)], "big")


# MessagePack: first byte -> bytes of a length field, or of a value.
_M_STR = {0xD9: 1, 0xDA: 2, 0xDB: 4}
_M_BIN = {0xC4: 1, 0xC5: 2, 0xC6: 4}
_M_EXT = {0xC7: 1, 0xC8: 2, 0xC9: 4}
_M_INT = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8}
_M_FIXED = {0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17}
_M_NEST = {0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4}


def _msgpack_item(data: bytes, at: int) -> _Item:
    first = _number(data, at, 1)
    at += 1
    if first <= 0x7F or first >= 0xE0:
        return _Item(at, 0, "key")
    if first <= 0x8F:
        return _Item(at, 2 * (first & 15), "map")
    if first <= 0x9F:
        return _Item(at, first & 15, "array")
    if first <= 0xBF:
        return _Item(_text_end(data, at, first & 31), 0, "key")
    return _msgpack_sized(data, at, first)


def _msgpack_sized(data: bytes, at: int, first: int) -> _Item:
    if first in _M_STR:
        width = _M_STR[first]
        return _Item(_text_end(data, at + width, _number(data, at, width)), 0, "key")
    if first in _M_INT:
        return _Item(_end(data, at, _M_INT[first]), 0, "key")
    if first in _M_FIXED:
        return _Item(_end(data, at, _M_FIXED[first]), 0, "other")
    if first in _M_BIN:
        width = _M_BIN[first]
        return _Item(_end(data, at + width, _number(data, at, width)), 0, "other")
    if first in _M_EXT:
        width = _M_EXT[first]
        return _Item(_end(data, at + width + 1, _number(data, at, width)), 0, "other")
    if first in _M_NEST:
        width = _M_NEST[first]
        count = _number(data, at, width)
        return _Item(at + width, 2 * count, "map") if first >= 0xDE else _Item(at + width, count, "array")
    raise _NotThisError


def _cbor_item(data: bytes, at: int) -> _Item:
    first = _number(data, at, 1)
    major, info = first >> 5, first & 31
    at += 1
    value = info
    if info >= 24:
        if info > 27:  # reserved, or of no stated length, which a guess can do without
            raise _NotThisError
        width = 1 << (info - 24)
        value = _number(data, at, width)
        at += width
    match major:
        case 0 | 1:
            return _Item(at, 0, "key")
        case 2:
            return _Item(_end(data, at, value), 0, "other")
        case 3:
            return _Item(_text_end(data, at, value), 0, "key")
        case 4:
            return _Item(at, value, "array")
        case 5:
            return _Item(at, 2 * value, "map")
        case 6:
            return _Item(at, 1, "other")
        case _:
            return _Item(at, 0, "other")
