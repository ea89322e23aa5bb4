"""Cheap colours for JSON: one regular expression over one line of text, no parsing.

It never fails. It colours what looks like JSON, also when the text was cut in the middle or is not quite JSON.
"""

from __future__ import annotations

import re

from wireyard.formats.runs import Role, Run, Runs

# An unfinished string (cut by the end of the line) is still a string. Possessive loops keep it linear.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
_TOKEN = re.compile(
    rf"([\[\]{{}},:]++)|({_STRING}(?=\s*+:))|({_STRING})|(-?[0-9][0-9.eE+-]*+)|(true|false|null)\b|([␊␉␍]++)",
    re.DOTALL,
)
# What is left of a string that began on an earlier piece of the same line.
_STRING_REST = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_FIRST_QUOTE = re.compile(r'(?<!\\)(?:\\\\)*+"')
_CLOSES_STRING = re.compile(r"\s*+(?:[,:\]}]|\Z)")
# Numbers, brackets and literals; the first and the last literal may be cut.
_NO_STRING = re.compile(r"[a-z]{0,4}(?:[\s0-9.,:eE+\-\[\]{}]|true|false|null)*[a-z]{0,4}\Z")
_ROLES: tuple[Role, ...] = ("text", "punct", "key", "string", "number", "literal", "invisible")


def json_runs(text: str, inside_string: bool = False) -> Runs:
    """Colour one line of JSON. ``inside_string`` says that the line begins in the middle of a string."""
    runs: list[Run] = []
    start = 0
    if inside_string and (rest := _STRING_REST.match(text)) is not None and rest.end():
        start = rest.end()
        runs.append((0, start, "string"))
    found: list[Run] = [(m.start(), len(m[0]), _ROLES[m.lastindex or 0]) for m in _TOKEN.finditer(text, start)]
    return (*runs, *found)


def begins_inside_string(piece: str) -> bool:
    """Guess whether a piece cut from the middle of a long line begins inside a string.

    Reading the line from its start would be sure, and would cost megabytes for one painted line. What stands around
    the first quotation mark tells nearly always: a string ends before ``, : ] }`` and begins after ``{ [ , :``.
    """
    quote = _FIRST_QUOTE.search(piece)
    if quote is None:
        return _NO_STRING.match(piece) is None
    before = piece[: quote.end() - 1].rstrip()
    if _CLOSES_STRING.match(piece, quote.end()) is None:
        return False
    return not (before.endswith(("{", "[", ",", ":")) and _NO_STRING.match(before))
