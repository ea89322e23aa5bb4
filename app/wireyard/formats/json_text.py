"""JSON as text: checked and spaced out; never decoded, so nothing about a value changes."""

from __future__ import annotations

from array import array

import msgspec

from wireyard.formats.json_fault import JsonFault, bad_escape, name_fault
from wireyard.formats.json_items import SLICE_BYTES, Item, item_start, json_items
from wireyard.formats.json_pretty import pretty_lines

_QUICK_BYTES = 4 * 1024 * 1024
_OBJECT, _ARRAY = 0x7B, 0x5B
_PARTNERS = {b"}": _OBJECT, b"]": _ARRAY}
# Brackets deeper than this are checked too, but not named when they stay open.
_MAX_MARKS = 100_000
_BOM = b"\xef\xbb\xbf"


def validate(source: str | bytes) -> JsonFault | None:
    """Check a text or payload against RFC 8259; nothing where it is valid. Any depth and size is safe."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    found = _first_fault(data)
    return None if found is None else _located(data, *found, in_text=isinstance(source, str))


def beautify(source: str) -> str | None:
    """Space a text out as the inspector shows it; nothing where it isn't JSON."""
    if validate(source) is not None:
        return None
    data = source.encode("utf-8", "surrogatepass")
    lines = (line for block in pretty_lines(data) for line in block)
    return b"\n".join(lines).decode("utf-8", "surrogatepass")


def _first_fault(data: bytes) -> tuple[int, str] | None:
    if _is_quickly_accepted(data):
        return None
    found = [fault for fault in (_Walk(data).fault(), bad_escape(data), _bad_utf8(data)) if fault is not None]
    return min(found, default=None)


def _is_quickly_accepted(data: bytes) -> bool:
    """Let msgspec look first, 4 ms a megabyte. It can't say well what is wrong, and holds the interpreter meanwhile."""
    if len(data) > _QUICK_BYTES:
        return False
    try:
        msgspec.json.format(data, indent=-1)
        data.decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _bad_utf8(data: bytes) -> tuple[int, str] | None:
    try:
        data.decode()
    except UnicodeDecodeError as fault:
        return fault.start, f"byte {data[fault.start]:02X} is not valid UTF-8"
    return None


def _located(data: bytes, at: int, message: str, *, in_text: bool) -> JsonFault:
    line_start = data.rfind(b"\n", 0, at) + 1
    return JsonFault(
        line=data.count(b"\n", 0, at) + 1,
        column=len(data[line_start:at].decode(errors="replace")) + 1,
        offset=len(data[:at].decode(errors="replace")) if in_text else at,
        message=message,
    )


class _Walk:
    """One pass over the items that keeps which brackets are open, and the place of each in the text."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._open = bytearray()
        self._marks = array("Q")  # slice number and item number of each open bracket
        self._slices = array("Q")
        self._after_comma = False
        self._is_over = False

    def fault(self) -> tuple[int, str] | None:
        """Where and what the first structural fault is."""
        data = self._data
        if data.startswith(_BOM):
            return 0, "a byte order mark stands before the JSON"
        at = 0
        while at < len(data):
            self._slices.append(at)
            items, end = json_items(data, at, at + SLICE_BYTES)
            wrong = self._check(items)
            if wrong >= 0:
                return name_fault(data, item_start(data, at, wrong), self._open[-2:].decode(), self._after_comma)
            at = end
        if self._open:
            return self._unclosed()
        return None if self._is_over else (len(data), "there is no JSON yet")

    def _check(self, items: list[Item]) -> int:
        """Check the items of one slice; give the number of the first that is wrong, or -1."""
        opened, after_comma = self._open, self._after_comma
        inside = opened[-1] if opened else 0
        here = (len(self._slices) - 1) << 20
        for number, (key, value, comma, opener, _) in enumerate(items):
            if value == b"}" or value == b"]":
                if key or after_comma or inside != _PARTNERS[value]:
                    break
                opened.pop()
                if len(self._marks) > len(opened):
                    self._marks.pop()
                inside = opened[-1] if opened else 0
                after_comma = comma != b""
                if not inside:
                    self._is_over = True
                    if comma:
                        break
                continue
            if (not opener and not value) or (inside == _OBJECT) != (key != b"") or (not inside and self._is_over):
                break
            if opener:
                inside = opener[0]
                opened.append(inside)
                if len(self._marks) < _MAX_MARKS:
                    self._marks.append(here | number)
                after_comma = False
            else:
                after_comma = comma != b""
                if not inside:
                    self._is_over = True
                    if comma:
                        break
        else:
            self._after_comma = after_comma
            return -1
        self._after_comma = after_comma
        return number

    def _unclosed(self) -> tuple[int, str]:
        depth = len(self._open)
        bracket = chr(self._open[-1])
        if depth > len(self._marks):
            return len(self._data), f"the text ends before {depth:,} brackets are closed"
        mark = self._marks[-1]
        at = item_start(self._data, self._slices[mark >> 20], mark & 0xFFFFF)
        # A member's item begins with its name.
        at = self._data.find(bracket.encode(), at)
        line = self._data.count(b"\n", 0, at) + 1
        return len(self._data), f"the text ends before the {bracket} of line {line:,} is closed"
