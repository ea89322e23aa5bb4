"""How a value is spelled, so that every YAML tool reads the same text back.

A text stands plain only when no reader of YAML 1.1 or 1.2 could take it for something else; texts of several lines and
payloads stand in a block; what can't be seen is escaped.
"""

from __future__ import annotations

import re
from typing import Final

# The beginning: a letter, or a sign that means nothing to YAML. Digits, signs and dots could begin a number or a date.
_PLAIN: Final = re.compile(r"[A-Za-z_/$(\u00a1-\ud7ff\uf900-\ufdff][^\x00-\x1f\x7f-\xa0]*")
_NOT_PLAIN: Final = re.compile(r": | #|:$| $|\t|[\u2028\u2029]")
_FLOW_SIGNS: Final = re.compile(r"[,?\[\]{}]|:$|:[\"']")
# What YAML 1.1 takes for true, false, null or a number when it stands alone.
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"})
# Never shown as they are: controls, line breaks of old, marks that turn the direction of text, and no characters.
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\xa0\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_ESCAPES: Final = {
    "\\": "\\\\", '"': '\\"', "\0": "\\0", "\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v",
    "\f": "\\f", "\r": "\\r", "\x1b": "\\e",
}  # fmt: skip
_TO_ESCAPE: Final = re.compile(_UNSEEN.pattern[:-1] + r'\\"\t\n]')


def number(value: float) -> str:
    """The spelling of a number or of true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def inline(text: str, *, is_flow: bool = False, like: str = "") -> str:
    """The spelling of a text within a line; in the quotation marks ``like`` that stood there before, where they do."""
    if not like and _is_plain(text, is_flow=is_flow):
        return text
    if not _TO_ESCAPE.search(text) and like != "'":
        return f'"{text}"'
    if like != '"' and not _UNSEEN.search(text) and not any(sign in text for sign in "\t\n"):
        # Only quotation marks or backslashes are in the way.
        return "'" + text.replace("'", "''") + "'"
    return '"' + _TO_ESCAPE.sub(_escape, text) + '"'


def block(text: str, *, step: int = 2) -> tuple[str, list[str]] | None:
    """The header of a literal block and its lines without indentation; None for a text that can't be written so.

    ``step`` is how much deeper the lines will stand than the key.
    """
    # With more than one line break at the end, a block would take in the blank lines that follow it in the file.
    if not text.strip("\n ") or text.endswith("\n\n") or _UNSEEN.search(text):
        return None
    body = text.removesuffix("\n")
    chomping = "" if text.endswith("\n") else "-"
    lines = body.split("\n")
    first = next(line for line in lines if line)
    needs_indicator = not lines[0] or first[0] in " \t"
    return f"|{step if needs_indicator else ''}{chomping}", lines


def scalar(text: str, *, is_payload: bool = False, step: int = 2) -> tuple[str, list[str]]:
    """How a text follows its key: what stands in the key's line, and the lines of a block, if there are any."""
    if "\n" in text or (is_payload and not _is_plain(text, is_flow=False)):
        lines = block(text, step=step)
        if lines is not None:
            return lines
    return inline(text), []


def _is_plain(text: str, *, is_flow: bool) -> bool:
    if _PLAIN.fullmatch(text) is None or _NOT_PLAIN.search(text) or _UNSEEN.search(text):
        return False
    return text.casefold() not in _WORDS and not (is_flow and _FLOW_SIGNS.search(text))


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")
