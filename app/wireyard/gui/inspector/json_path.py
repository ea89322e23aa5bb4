"""Names the value under the caret of a pretty JSON text: ``$.payload.data.items[3].sku``.

The text is our own, so its indentation tells the nesting: the way up leads backwards over the lines, to the nearest
one that is less far in, and an element's number is how many lines as far in stand between. Nothing is parsed but the
caret's own line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from wireyard.formats.json_pretty import INDENT, MAX_INDENT_LEVELS

_BACK_BYTES = 64 * 1024
# What is read of a line: enough for the 72 columns of one that holds several values, and for any sensible key.
_LINE_BYTES = 4096
_STRING = rb'"(?:[^"\\]|\\.)*+"'
_KEY = re.compile(rb"(" + _STRING + rb"):")
_TOKEN = re.compile(rb"(" + _STRING + rb")(:?)|([\[{])|([\]}])|(,)|[^\s\",:\[\]{}]+")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")

Read = Callable[[int, int], bytes]


def path_at(read: Read, offset: int, rest: Callable[[], None] = lambda: None) -> str:
    """The JSONPath of the value at a byte of the text; empty where nesting is too deep to be told.

    ``rest`` is called now and then while a long way is gone (worker).
    """
    start, line = _line_at(read, offset)
    indent = _indent(line)
    if indent >= INDENT * MAX_INDENT_LEVELS:
        return ""
    inline = _inline_steps(line[indent:], offset - start - indent)
    lines = _lines_before(read, start, rest)
    if line[indent : indent + 1] in (b"}", b"]"):
        # A closing bracket stands for what it closes.
        inline = []
        line = next((before for before in lines if _indent(before) == indent), b"")
    steps: list[str] = []
    while indent > 0:
        siblings = 0
        for before in lines:
            level = _indent(before)
            if level < indent:
                steps.append(_own_step(line[indent:], before, siblings))
                line, indent = before, level
                break
            siblings += level == indent and before[indent : indent + 1] not in (b"}", b"]")
        else:
            return ""
    return "$" + "".join(reversed(steps)) + "".join(inline)


def _own_step(line: bytes, parent: bytes, siblings: int) -> str:
    if parent.endswith(b"["):
        return f"[{siblings}]"
    key = _KEY.match(line)
    return _name(key[1]) if key is not None else ""


def _inline_steps(line: bytes, column: int) -> list[str]:
    """The way from the beginning of a line to the value at a column, where containers stand on one line."""
    steps: list[list[str]] = []
    in_array: list[bool] = []
    is_own_key = True
    for token in _TOKEN.finditer(line):
        string, colon, opener, closer, comma = token.groups()
        if token.start() > column:
            break
        if opener:
            in_array.append(opener == b"[")
            steps.append(["[0]"] if opener == b"[" else [])
        elif closer:
            if token.end() > column or not in_array:
                break
            in_array.pop()
            steps.pop()
        elif comma and in_array and token.end() <= column:
            steps[-1] = [f"[{int(steps[-1][0][1:-1]) + 1}]"] if in_array[-1] else []
        elif string and colon and not (is_own_key and not in_array) and in_array and not in_array[-1]:
            steps[-1] = [_name(string)]
        is_own_key = False
    return [step for level in steps for step in level]


def _name(string: bytes) -> str:
    text = string[1:-1].decode(errors="replace")
    return f".{text}" if _NAME.fullmatch(text) else f'["{text}"]'


def _line_at(read: Read, offset: int) -> tuple[int, bytes]:
    """Where the line with this byte begins, and the line, cut where it is long."""
    start, at = 0, offset
    while at > 0:
        begin = max(0, at - _BACK_BYTES)
        found = read(begin, at).rfind(b"\n")
        if found >= 0:
            start = begin + found + 1
            break
        at = begin
    line = read(start, start + _LINE_BYTES).split(b"\n", 1)[0]
    return start, line


def _lines_before(read: Read, start: int, rest: Callable[[], None]) -> Iterator[bytes]:
    """The lines that end before ``start``, backwards; of long ones the beginning and the last byte."""
    at = start - 1  # leave out the line break
    tail = b""
    while at > 0:
        rest()
        begin = max(0, at - _BACK_BYTES)
        lines = (read(begin, at) + tail).split(b"\n")
        at = begin
        # A line of megabytes must not be put together piece by piece: that would copy it a hundred times.
        tail = _cut(lines[0])
        if begin > 0:
            lines = lines[1:]
        yield from map(_cut, reversed(lines))


def _cut(line: bytes) -> bytes:
    return line if len(line) <= _LINE_BYTES else line[: _LINE_BYTES - 1] + line[-1:]


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))
