"""Text made fit to be looked at: what would not show, or would deceive, is shown as a picture or an escape.

A payload may hold control characters, bytes that are not UTF-8, and characters that reorder or hide their neighbours
(the bidirectional overrides of "Trojan Source"). A line of a log must stay one line and must show what is there.
"""

from __future__ import annotations

import re
import sys

# Joiners belong to emoji and to several scripts; beside ASCII they only hide.
_JOINERS = "(?<=[\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f])"
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]|" + _JOINERS
)
# The few that Python calls printable: fillers and a joiner that take no ink.
_PRINTABLE_UNSEEN = re.compile("[\u034f\u115f\u1160\u3164\uffa0]")

_PICTURES: dict[str, str] = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "\u2421"}

_SPELLED = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def decode(data: bytes) -> str:
    """Decode UTF-8 so that nothing is lost: each byte that is not valid becomes one lone surrogate (PEP 383)."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Undo `decode`. A surrogate that `decode` can't have made is written as the three bytes CESU-8 would use."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def stand_in(char: str) -> str:
    """Give the picture or escape that is shown for one unseen character."""
    picture = _PICTURES.get(char)
    if picture is not None:
        return picture
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def spelled(char: str) -> str:
    """Give the escape of a control character, for where its picture can't be drawn: ``\\0``, ``\\t``, ``\\x1B``."""
    return _SPELLED.get(char) or f"\\x{ord(char):02X}"


def show(text: str) -> str:
    """Replace every unseen character by what stands for it. Ordinary text comes back as it is."""
    if text.isascii() and text.isprintable():
        return text
    return UNSEEN.sub(_stand_in_match, text)


def show_marked(text: str, enough: int = sys.maxsize) -> tuple[str, list[tuple[int, int]]]:
    """As `show`, and also say where the replacements are: (start, length) in the text given back.

    Nothing is replaced any more once ``enough`` characters are made; the rest is then left out.
    """
    if text.isprintable() and (text.isascii() or _PRINTABLE_UNSEEN.search(text) is None):
        return text, []
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    done = at = 0
    for match in UNSEEN.finditer(text):
        start = match.start()
        shown = stand_in(match.group())
        parts += (text[done:start], shown)
        at += start - done
        if marks and start == done:
            marks[-1] = (marks[-1][0], marks[-1][1] + len(shown))
        else:
            marks.append((at, len(shown)))
        at += len(shown)
        done = match.end()
        if at > enough:
            return "".join(parts), marks
    if not marks:
        return text, marks
    parts.append(text[done:])
    return "".join(parts), marks


def _stand_in_match(match: re.Match[str]) -> str:
    return stand_in(match.group())
