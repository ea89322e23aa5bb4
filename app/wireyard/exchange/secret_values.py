"""Finds known secret values in bytes and texts, however they are spelled there, and puts ``(hidden)`` in their place.

What is to keep its length, or is looked at piece by piece, asks for the `SecretValues.places` instead.

A value is found as it is, percent-encoded, escaped as in JSON, in any mixture of these, and inside Base64. One regular
expression looks for all values at once; since that takes its time, it only does where a piece of a value is, which no
spelling changes. Values under four characters are found only where they are all there is: they would hide half of
everything else.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import cached_property

HIDDEN = "(hidden)"
MIN_CHARS = 4
_HIDDEN_BYTES = HIDDEN.encode()
# Shorter pieces of Base64 are found by chance.
_MIN_BASE64_BYTES = 6
_MIN_HOST_CHARS = 8
_MOST_PADDING = 2
_SLICE_BYTES = 64 * 1024
# No encoder that is in use spells these in another way.
_PLAIN = re.compile(rb"[A-Za-z0-9._-]+")
_PLAIN_BASE64 = re.compile(rb"[A-Za-z0-9]+")
_RUNS = re.compile(r"\\+|.", re.DOTALL)
_MIN_ANCHOR_BYTES = 3
_BASE64_CHARS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_JSON_ESCAPES = {'"': '"', "/": "/", "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}
# JSON that stands in a string of JSON has its backslashes doubled, each time.
_BACKSLASHES = rb"\\{0,8}"


class SecretValues:
    """Some values. Nothing is compiled before something is looked at; with no values nothing ever is."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self.values = tuple(dict.fromkeys(value for value in values if value))

    def __bool__(self) -> bool:
        return bool(self.values)

    def __repr__(self) -> str:
        return f"SecretValues({len(self.values)} values)"

    def in_bytes(self, data: bytes) -> bytes:
        """The same bytes with the values hidden; the very same object where there are none."""
        if data in self._short:
            return _HIDDEN_BYTES
        if self._pattern is None or not self.may_be_in(data):
            return data
        parts: list[bytes] = []
        done = 0
        for found in self._pattern.finditer(data):
            start, end = found.span()
            if found.lastgroup == "base64":
                start, end = _whole_base64(data, max(start, done), end)
            parts += (data[done:start], _HIDDEN_BYTES)
            done = end
        return b"".join((*parts, data[done:])) if parts else data

    def places(self, data: bytes, *, is_whole: bool = True) -> list[tuple[int, int]]:
        """Where the values are, in order; places that touch or overlap are one.

        Unlike `in_bytes` this looks for a value at every byte, so that whether a byte belongs to one depends on no
        more than `reach` bytes around it. ``is_whole`` says that ``data`` is all there is, and may be a short value.
        """
        if is_whole and data in self._short:
            return [(0, len(data))]
        if len(data) <= _SLICE_BYTES:
            return self._places_near(data)
        found: list[tuple[int, int]] = []
        for start in range(0, len(data), _SLICE_BYTES):
            first, end = max(0, start - self.reach), start + _SLICE_BYTES
            for begin, stop in self._places_near(data[first : end + self.reach]):
                _join(found, max(start, begin + first), min(end, stop + first))
        return found

    @cached_property
    def reach(self) -> int:
        """How many bytes a value has in its longest spelling; no place that is one value is longer."""
        return max(map(_longest, _variants(self.values)), default=0)

    def may_be_in(self, data: bytes) -> bool:
        """Whether a value of more than three characters may be in there. Quick: False for nearly everything."""
        anchors = self._anchors
        return anchors is None or any(anchor in data for anchor in anchors)

    @property
    def has_short(self) -> bool:
        """Whether there are values that are looked for as a whole only."""
        return bool(self._short)

    def in_text(self, text: str) -> str:
        """The same text with the values hidden."""
        if not self.values or not text:
            return text
        data = text.encode("utf-8", "surrogatepass")
        shown = self.in_bytes(data)
        return text if shown is data else shown.decode("utf-8", "surrogatepass")

    def in_address(self, text: str) -> str:
        """The same address with the values hidden; a short one where it is the whole value of a parameter."""
        if not self.values or not text:
            return text
        if self._short_parameter is not None:
            text = self._short_parameter.sub(HIDDEN, text)
        return self.in_text(text)

    def _places_near(self, data: bytes) -> list[tuple[int, int]]:
        """The places in a slice. A search lets no other thread run until it ends, hence slices; most have no value."""
        found: list[tuple[int, int]] = []
        if self._pattern is None or not self.may_be_in(data):
            return found
        at = 0
        while match := self._pattern.search(data, at):
            at = match.start() + 1
            span = match.span()
            _join(found, *(_whole_base64(data, *span) if match.lastgroup == "base64" else span))
        return found

    @cached_property
    def _short(self) -> frozenset[bytes]:
        return frozenset(value.encode("utf-8", "surrogatepass") for value in self.values if len(value) < MIN_CHARS)

    @cached_property
    def _short_parameter(self) -> re.Pattern[str] | None:
        spelled = "|".join(re.escape(value) for value in self.values if len(value) < MIN_CHARS)
        return re.compile(rf"(?<==)(?:{spelled})(?=[&#;\s]|\Z)") if spelled else None

    @cached_property
    def _anchors(self) -> tuple[bytes, ...] | None:
        """For each value, and its Base64, the longest piece that no spelling changes; None where one has none."""
        found: dict[bytes, None] = {}
        for value in _variants(self.values):
            pieces = [(_PLAIN, value.encode("utf-8", "surrogatepass"))]
            pieces += [(_PLAIN_BASE64, piece) for piece in _base64_pieces(value)]
            for plain, piece in pieces:
                longest = max(plain.findall(piece), key=len, default=b"")
                if len(longest) < _MIN_ANCHOR_BYTES:
                    return None
                found[longest] = None
        return tuple(found)

    @cached_property
    def _pattern(self) -> re.Pattern[bytes] | None:
        long = _variants(self.values)
        if not long:
            return None
        texts = b"|".join(_spellings(value) for value in long)
        pieces = dict.fromkeys(piece for value in long for piece in _base64_pieces(value))
        pattern = b"(?P<text>" + texts + b")"
        if pieces:
            pattern += b"|(?P<base64>" + b"|".join(map(_base64_spelling, pieces)) + b")"
        return re.compile(pattern)


NO_SECRETS = SecretValues()


def _join(found: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a place behind others, or to the last of them where they touch."""
    if start >= end:
        return
    if found and start <= found[-1][1]:
        start, end = found[-1][0], max(end, found.pop()[1])
    found.append((start, end))


def _variants(values: Iterable[str]) -> list[str]:
    """The values as they may turn up, the longest first: one may hold another."""
    found: dict[str, None] = {}
    for value in values:
        # A header is sent without the blanks around it.
        for each in (value, value.strip()):
            found[each] = None
            if not each.isascii():
                # The bytes of a header that are UTF-8 are shown as Latin-1.
                found[each.encode("utf-8", "surrogatepass").decode("latin-1")] = None
            elif len(each) >= _MIN_HOST_CHARS:
                found[each.lower()] = None  # as a host's name is written
    return sorted((value for value in found if len(value) >= MIN_CHARS), key=len, reverse=True)


def _spellings(value: str) -> bytes:
    return b"".join(map(_spelled, _RUNS.findall(value)))


# Of all ways to spell a character no two fit the same bytes. If they did, a text that is a long value but for its end
# would be tried in all combinations of them, and that has no end.
def _spelled(run: str) -> bytes:
    """A character, or a run of backslashes, in each of its spellings."""
    if run[0] == "\\":
        # JSON has as many more before what follows; they are all taken here, never some here and some there.
        count = len(run)
        return rb"(?:\\{%d,%d}+|(?:%%5[cC]){%d}|(?:\\{1,8}u005[cC]){%d})" % (count, 9 * count, count, count)
    raw = run.encode("utf-8", "surrogatepass")
    if _PLAIN.fullmatch(raw):
        return re.escape(raw)
    ways = [b"".join(b"%" + _hex(f"{byte:02x}") for byte in raw)]
    units = run.encode("utf-16-be", "surrogatepass")
    ways.append(b"".join(_BACKSLASHES + b"u" + _hex(units[at : at + 2].hex()) for at in range(0, len(units), 2)))
    escape = _JSON_ESCAPES.get(run)
    if escape is not None:
        ways.append(_BACKSLASHES + re.escape(escape.encode()))
    if escape != run:
        ways.append(re.escape(raw))
    if run == " ":
        ways.append(rb"\+")  # as forms write it
    return b"(?:" + b"|".join(ways) + b")"


def _longest(value: str) -> int:
    """How long the spellings of `_spelled` and of Base64 can be."""
    text = sum(1 if _PLAIN.fullmatch(char.encode("utf-8", "surrogatepass")) else 13 * _units(char) for char in value)
    pieces = (sum({47: 9, 43: 3}.get(byte, 1) for byte in piece) for piece in _base64_pieces(value))
    return max(text, max(pieces, default=0) + 2 + _MOST_PADDING)


def _units(char: str) -> int:
    return len(char.encode("utf-16-be", "surrogatepass")) // 2


def _hex(digits: str) -> bytes:
    """Hex in small or capital letters."""
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in digits).encode()


def _base64_pieces(value: str) -> list[bytes]:
    """What of the value's Base64 is the same whatever stands around it, for each place in a group of three bytes."""
    data = value.encode("utf-8", "surrogatepass")
    if len(data) < _MIN_BASE64_BYTES:
        return []
    pieces: list[bytes] = []
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + data)
        pieces.append(encoded[-(-8 * before // 6) : 8 * (before + len(data)) // 6])
    return pieces


def _base64_spelling(piece: bytes) -> bytes:
    return (
        re.escape(piece)
        .replace(rb"\+", b"+")
        .replace(b"+", rb"(?:[+-]|%2[bB])")
        .replace(b"/", rb"(?:\\{0,8}/|_|%2[fF])")
    )


def _whole_base64(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Take in the characters at both ends that share bits with the value, and the padding."""
    if start and data[start - 1] in _BASE64_CHARS:
        start -= 1
    if end < len(data) and data[end] in _BASE64_CHARS:
        end += 1
    for _ in range(_MOST_PADDING):
        if end < len(data) and data[end] == ord("="):
            end += 1
    return start, end
