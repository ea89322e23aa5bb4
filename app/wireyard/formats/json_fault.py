"""What is wrong with a JSON text, at which character, in words for the person who typed it."""

from __future__ import annotations

import re

import msgspec


class JsonFault(msgspec.Struct, frozen=True):
    """The first fault. ``line`` and ``column`` count from 1, ``offset`` from 0 in what was given (characters of a
    text, bytes of a payload). ``message`` reads on after "Line 4: "."""

    line: int
    column: int
    offset: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line:,}: {self.message}"


_SHOWN_CHARS = 40


def name_fault(data: bytes, at: int, opened: str, after_comma: bool) -> tuple[int, str]:
    """Say what is wrong with the item at ``at``, and exactly where.

    ``opened`` holds the last open brackets before it, two are enough; ``after_comma``: one stands before the item.
    """
    at = _skip(data, at)
    first = data[at : at + 1]
    if first in (b"}", b"]"):
        return _closing(data, at, opened, after_comma)
    container = opened[-1:]
    if first == b",":
        return at, "nothing stands before this comma" if not after_comma else "two commas, one after the other"
    if container != "{":
        return _value(data, at, "", container)
    if first != b'"':
        return _bad_name(data, at)
    end = _string_end(data, at)
    if end < 0:
        return _bad_string(data, at)
    name = shown(data[at:end])
    colon = _skip(data, end)
    if data[colon : colon + 1] != b":":
        return end, f"colon missing after {name}"
    return _value(data, _skip(data, colon + 1), name, container)


def shown(token: bytes) -> str:
    """A token as a message shows it: cut when long."""
    text = token.decode(errors="replace")
    return text if len(text) <= _SHOWN_CHARS else f"{text[: _SHOWN_CHARS - 2]}…{text[-1]}"


def bad_escape(data: bytes) -> tuple[int, str] | None:
    r"""Find the first backslash that begins no escape of JSON, such as \x41 or \u12."""
    for match in _BAD_ESCAPE.finditer(data):
        at = match.start()
        if _backslashes_before(data, at) % 2 == 0:
            if data[at + 1 : at + 2] == b"u":
                return at, "\\u needs four hex digits after it"
            return at, f"{shown(match[0])} is no escape in JSON"
    return None


def _backslashes_before(data: bytes, at: int) -> int:
    window = 64
    while True:
        before = data[max(0, at - window) : at]
        count = len(before) - len(before.rstrip(b"\\"))
        if count < len(before) or window >= at:
            return count
        window *= 2


_SPACE = re.compile(rb"[ \t\n\r]*+")
_STRING = re.compile(rb'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+"')
_STRING_BEGIN = re.compile(rb'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+')
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
_WORD = re.compile(rb"[^\s,:{}\[\]\"'/]++")
# Begins with a plain character, so that the search runs at the speed of memory. A whole UTF-8 character is taken.
_BAD_ESCAPE = re.compile(rb'\\(?:[\xc0-\xff][\x80-\xbf]*+|[^"\\/bfnrtu]|u(?![0-9a-fA-F]{4})|\Z)')
_JSON_WORDS = {
    b"True": "true",
    b"TRUE": "true",
    b"False": "false",
    b"FALSE": "false",
    b"None": "null",
    b"Null": "null",
    b"NULL": "null",
    b"nil": "null",
    b"undefined": "null",
    b"NaN": "null",
    b"Infinity": "null",
    b"-Infinity": "null",
}
_CONTROL_ESCAPES = {9: "\\t", 10: "\\n", 13: "\\r", 8: "\\b", 12: "\\f"}


def _skip(data: bytes, at: int) -> int:
    match = _SPACE.match(data, at)
    return at if match is None else match.end()


def _string_end(data: bytes, at: int) -> int:
    match = _STRING.match(data, at)
    return -1 if match is None else match.end()


def _closing(data: bytes, at: int, opened: str, after_comma: bool) -> tuple[int, str]:
    container = opened[-1:]
    bracket = chr(data[at])
    if after_comma:
        comma = data.rfind(b",", 0, at)
        return comma, f"a comma stands before the closing {bracket}"
    if not container:
        return at, f"this {bracket} closes nothing"
    wanted = "}" if container == "{" else "]"
    if wanted != bracket:
        return at, f"{bracket} where {wanted} should close the {container}"
    return _after(data, at + 1, bracket, opened[-2:-1])


def _bad_name(data: bytes, at: int) -> tuple[int, str]:
    first = data[at : at + 1]
    if first == b"":
        return at, "the text ends where a name should follow"
    if first == b"'":
        return at, "names need double quotes, not single ones"
    if first == b"/" or first == b"#":
        return at, "JSON has no comments"
    if first in (b"{", b"["):
        return at, f"a name in double quotes must stand before this {first.decode()}"
    if first == b":":
        return at, "the name before this colon is missing"
    word = _WORD.match(data, at)
    return at, f"the name {shown(word[0] if word else first)} needs double quotes"


def _value(data: bytes, at: int, name: str, container: str) -> tuple[int, str]:
    """A value that is wrong, or is followed by something wrong. ``name`` is that of its member."""
    first = data[at : at + 1]
    if first == b'"':
        end = _string_end(data, at)
        return _bad_string(data, at) if end < 0 else _after(data, end, name or shown(data[at:end]), container)
    if first in (b"", b",", b"}", b"]", b":"):
        return at, f"value missing after {name}" if name else "a value is missing here"
    if first == b"'":
        return at, "text needs double quotes, not single ones"
    if first == b"/" or first == b"#":
        return at, "JSON has no comments"
    if first in (b"{", b"["):
        return at, f"text after the end of the JSON: {first.decode()}"
    word = _WORD.match(data, at)
    token = word[0] if word else first
    if token in (b"true", b"false", b"null") or _NUMBER.fullmatch(token):
        return _after(data, at + len(token), name or shown(token), container)
    return at, _bad_word(token)


def _bad_word(token: bytes) -> str:
    text = shown(token)
    if token in _JSON_WORDS:
        return f"{text} is no JSON; write {_JSON_WORDS[token]}"
    if token[:1] == b"+":
        return f"{text}: a number has no plus sign before it"
    digits = token.lstrip(b"-")
    if digits[:1] == b".":
        return f"{text}: a digit must stand before the dot"
    if not digits[:1].isdigit():
        return f"{text} needs double quotes, or is no value" if digits else "a digit must follow the minus sign"
    if digits[:1] == b"0" and digits[1:2].isdigit():
        return f"{text}: a number has no zero in front"
    if digits[:2].lower() == b"0x":
        return f"{text}: JSON has no hexadecimal numbers"
    if re.fullmatch(rb"[0-9]+\.(?:[eE].*)?", digits):
        return f"{text}: a digit must follow the dot"
    return f"{text} is no number"


def _after(data: bytes, at: int, token: str, container: str) -> tuple[int, str]:
    """The value was right; what follows it is not."""
    follow = _skip(data, at)
    following = data[follow : follow + 1]
    if not container:
        return follow, "text after the end of the JSON"
    if following == b"":
        return follow, f"the text ends before the {container} is closed"
    if following == b":":
        return follow, f"a colon after {token}: only objects have names"
    if following in (b"}", b"]"):
        return _closing(data, follow, container, False)
    return at, f"comma missing after {token}"


def _bad_string(data: bytes, at: int) -> tuple[int, str]:
    match = _STRING_BEGIN.match(data, at)
    end = len(data) if match is None else match.end()
    stop = data[end : end + 1]
    if stop == b"\\" and end + 1 < len(data):
        stop, end = data[end + 1 : end + 2], end + 1
    if stop in (b"", b"\\"):
        return at, "this text has no closing double quote"
    code = stop[0]
    if code in (10, 13):
        return at, "this text has no closing double quote on its line; a line break in it is written \\n"
    escape = _CONTROL_ESCAPES.get(code, f"\\u{code:04x}")
    return end, f"a control character inside text is written {escape}"
