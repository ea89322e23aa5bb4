"""Colours for the lines that are on the screen, and for no others.

JSON is coloured line by line by its own token expression; other languages by pygments, whose lexers are imported when
first needed. A lexer sees the lines on the screen and some before them, so a comment that begins just above is known.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from wireyard.formats.json_tokens import begins_inside_string, json_runs
from wireyard.formats.lines import TextLines
from wireyard.formats.runs import Role, Run, Runs, overlay
from wireyard.formats.visible import show_marked

Language = Literal["json", "xml", "html", "text"]

_CONTEXT_LINES = 40
# A lexer written in Python takes about a millisecond for 2,000 characters.
_MAX_CHARS = 40_000


class StyledLine(msgspec.Struct, frozen=True):
    """A line as it is drawn: its text, the runs of colour, and its number (0: goes on from the line above)."""

    text: str
    runs: Runs
    number: int


def styled_lines(lines: TextLines, first: int, count: int, language: Language) -> list[StyledLine]:
    """The lines that a view draws."""
    stop = min(first + count, lines.line_count)
    shown = [show_marked(lines.source(index)) for index in range(first, stop)]
    numbers = [lines.number(index) for index in range(first, stop)]
    texts = [text for text, _ in shown]
    if language == "json":
        runs = [
            json_runs(text, not number and begins_inside_string(text))
            for text, number in zip(texts, numbers, strict=True)
        ]
    else:
        before = [lines.text(index) for index in range(max(0, first - _CONTEXT_LINES), first)]
        runs = highlight(texts, language, before)
    return [
        StyledLine(text, overlay(line_runs, marks) if marks else line_runs, number)
        for (text, marks), line_runs, number in zip(shown, runs, numbers, strict=True)
    ]


def highlight(lines: Sequence[str], language: Language, before: Sequence[str] = ()) -> list[Runs]:
    """Runs for each line; ``before`` are lines above them that only set the lexer right."""
    if language == "json":
        return [json_runs(line) for line in lines]
    length = sum(map(len, lines))
    if language == "text" or length > _MAX_CHARS:
        return [()] * len(lines)
    before = _as_many_as_fit(before, _MAX_CHARS - length)
    text = "\n".join((*before, *lines))
    runs: list[list[Run]] = [[] for _ in range(len(before) + len(lines))]
    line = column = 0
    for _, token, value in _lexer(language).get_tokens_unprocessed(text):
        role = _role(token)
        for part_number, part in enumerate(value.split("\n")):
            if part_number:
                line, column = line + 1, 0
            if part and role != "text":
                runs[line].append((column, len(part), role))
            column += len(part)
    return [tuple(found) for found in runs[len(before) :]]


def _as_many_as_fit(before: Sequence[str], chars: int) -> Sequence[str]:
    for index in range(len(before) - 1, -1, -1):
        chars -= len(before[index])
        if chars < 0:
            return before[index + 1 :]
    return before


@functools.cache
def _lexer(language: Language) -> Any:
    from pygments.lexers.html import HtmlLexer, XmlLexer  # pyright: ignore[reportMissingTypeStubs]

    return XmlLexer() if language == "xml" else HtmlLexer()


@functools.cache
def _role(token: Any) -> Role:
    from pygments.token import Token

    roles: tuple[tuple[Any, Role], ...] = (
        (Token.Name.Tag, "key"),
        (Token.Name.Attribute, "literal"),
        (Token.Name.Entity, "literal"),
        (Token.Keyword, "literal"),
        (Token.Literal.String, "string"),
        (Token.Literal.Number, "number"),
        (Token.Punctuation, "punct"),
        (Token.Operator, "punct"),
        (Token.Comment, "punct"),
    )
    for parent, role in roles:
        if token in parent:
            return role
    return "text"
