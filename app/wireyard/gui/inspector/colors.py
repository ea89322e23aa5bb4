"""Gives rows of payload text their colours: the roles of `wireyard.formats` in the tokens of the theme.

JSON is coloured by our own token expression, not by pygments: it works on each piece of an endless line alone, with
nothing to be kept from the line's beginning, and it colours what is there without deciding what is right. XML and HTML
go through pygments; only rows on screen are coloured, some at a time, and what stands above them is looked through for
what is still open.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from wireyard.formats.highlight import BEFORE_BYTES, MarkupHighlighter
from wireyard.formats.json_tokens import begins_inside_string, json_runs
from wireyard.formats.runs import Run as RoleRun
from wireyard.formats.visible import decode
from wireyard.gui.inspector.row_layout import Run
from wireyard.gui.inspector.rows import STRIDE, Row
from wireyard.gui.inspector.text_rows import TextRows
from wireyard.gui.theme.syntax import SYNTAX_TOKENS

# A lexer written in Python takes about half a millisecond for 1,000 characters.
_CHARS_AT_ONCE = 8_000
_KEPT_ROWS = 400


def json_colors(row: Row, rows: TextRows) -> Sequence[Run]:
    """Colour one row of pretty JSON.

    Pretty JSON breaks lines at every container too long for one, so what makes a line longer than a row is a string:
    a row that goes on from another one begins inside it.
    """
    return _in_tokens(json_runs(row.text, inside_string=not row.is_first))


def raw_json_colors(row: Row, rows: TextRows) -> Sequence[Run]:
    """Colour one row of JSON as it came, which may be one endless line: whether a row begins in a string is guessed."""
    return _in_tokens(json_runs(row.text, inside_string=not row.is_first and begins_inside_string(row.text)))


class MarkupColors:
    """Colours rows of XML or HTML; one for each document."""

    def __init__(self, highlighter: MarkupHighlighter) -> None:
        self._highlighter = highlighter
        # Rows of one text may be cut anew at another width, so where a row ends belongs to its name.
        self._ready: OrderedDict[tuple[int, int], Sequence[Run]] = OrderedDict()

    def __call__(self, row: Row, rows: TextRows) -> Sequence[Run]:
        name = row.start, row.end
        if name not in self._ready:
            self._color(self._following(row, rows), rows)
        return self._ready[name]

    def _following(self, row: Row, rows: TextRows) -> list[Row]:
        """The row and those after it that a view is about to ask for."""
        found = [row]
        number = rows.index.row_at(row.start, rows.source)
        chars = len(row.text)
        while number is not None and chars < _CHARS_AT_ONCE:
            number += 1
            # The index makes a block of rows at a time; another one is made when it is asked for.
            following = rows.row(number) if number % STRIDE else None
            if following is None or (following.start, following.end) in self._ready:
                break
            found.append(following)
            chars += len(following.text)
        return found

    def _color(self, found: list[Row], rows: TextRows) -> None:
        start = found[0].start
        before = decode(rows.source.read(max(0, start - BEFORE_BYTES), start) or b"")
        text = ""
        for number, row in enumerate(found):
            text += "\n" + row.text if number and row.is_first else row.text
        runs = self._highlighter.runs(text, before)
        at = next_run = 0
        for number, row in enumerate(found):
            at += bool(number and row.is_first)
            end = at + len(row.text)
            while next_run < len(runs) and runs[next_run][0] + runs[next_run][1] <= at:
                next_run += 1
            cut: list[RoleRun] = []
            for first, length, role in runs[next_run:]:
                if first >= end:
                    break
                left, right = max(first, at), min(first + length, end)
                if left < right:
                    cut.append((left - at, right - left, role))
            self._ready[row.start, row.end] = _in_tokens(cut)
            at = end
        while len(self._ready) > _KEPT_ROWS:
            self._ready.popitem(last=False)


def _in_tokens(runs: Iterable[RoleRun]) -> list[Run]:
    return [Run(start, start + length, SYNTAX_TOKENS[role]) for start, length, role in runs]
