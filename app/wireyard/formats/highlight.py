"""Colours for a stretch of XML or HTML out of the middle of a text of any size, by the lexers of pygments.

A lexer begins at the beginning. To colour only what is on screen, the text just before it is looked through for what
is still open at its end (a comment, a tag, a script), and the lexer gets the shortest text that opens the same; what is
open at the end of the stretch is closed for it likewise. What opened further above than `BEFORE_BYTES` isn't known.

JSON has its own token expression instead (`json_tokens`): it needs nothing from above, so each piece of an endless
line is coloured alone, it takes what is not quite JSON, and it costs a fraction. The lexer of pygments for JSON keeps
its place in a queue over the whole text.
"""

from __future__ import annotations

import functools
import re
from collections import deque
from typing import Any, Literal

from wireyard.formats.runs import Role, Run, Runs

Language = Literal["xml", "html"]

BEFORE_BYTES = 64 * 1024
# A lexer goes on after an error one character further, having looked at all that follows: an endless word in a tag
# would hold the window for seconds.
_MAX_ERRORS = 50


class MarkupHighlighter:
    """One language's lexer. Making one imports pygments, which takes a tenth of a second: on a worker."""

    def __init__(self, language: Language) -> None:
        from pygments.lexers.html import HtmlLexer, XmlLexer  # pyright: ignore[reportMissingTypeStubs]

        self._lexer: Any = XmlLexer() if language == "xml" else HtmlLexer()
        self._constructs = _XML if language == "xml" else _HTML
        # Lexers within the lexer are imported when their language first turns up; that is to be now.
        self.runs("<script>1</script><style>a{}</style>")

    def runs(self, text: str, before: str = "") -> Runs:
        """Colour ``text``; ``before`` is what stands above it, or the last `BEFORE_BYTES` of that."""
        opening = self._left_open(before)[0]
        closing = self._left_open(opening + text)[1]
        skipped = len(opening)
        runs: list[Run] = []
        errors = 0
        for index, token, value in self._lexer.get_tokens_unprocessed(opening + text + closing):
            start, end = max(0, index - skipped), min(len(text), index - skipped + len(value))
            role = _role(token)
            errors = errors + 1 if role == "error" else 0
            if errors > _MAX_ERRORS:
                break
            if start < end and role not in ("text", "error"):
                runs.append((start, end - start, role))
        return tuple(runs)

    def _left_open(self, text: str) -> tuple[str, str]:
        """What opens again, and what closes, whatever is open where ``text`` ends."""
        found = deque(self._constructs.finditer(text), maxlen=1)
        last = found[0] if found else None
        if last is not None and last.end() == len(text):
            for name, (opening, closing) in _ENDS.items():
                if last.groupdict().get(name) is not None:
                    return opening, closing
        return "", ""


# Each group is there only where its construct goes on to the end of the text.
_COMMON = (
    r"<!--(?:.*?-->|(?P<comment>.*\Z))"
    r"|<!\[CDATA\[(?:.*?\]\]>|(?P<data>.*\Z))"
    r"|<\?(?:.*?\?>|(?P<instruction>.*\Z))"
)
_TAG = (
    r"|<[a-z_/][^<>\"']*+"
    r"(?:\"(?:[^\"]*+\"|(?P<double>[^\"]*+\Z))[^<>\"']*+|'(?:[^']*+'|(?P<single>[^']*+\Z))[^<>\"']*+)*"
    r"(?:>|(?P<tag>\Z)|(?=<))"
)
_RAW = (
    r"|<script\b[^>]*+>(?:.*?</script\s*+>|(?P<script>.*\Z))"
    r"|<style\b[^>]*+>(?:.*?</style\s*+>|(?P<style>.*\Z))"
)
_XML = re.compile(_COMMON + _TAG, re.DOTALL | re.IGNORECASE)
_HTML = re.compile(_COMMON + _RAW + _TAG, re.DOTALL | re.IGNORECASE)
_ENDS = {
    "comment": ("<!--", "-->"),
    "data": ("<![CDATA[", "]]>"),
    "instruction": ("<?", "?>"),
    "script": ("<script>", "</script>"),
    "style": ("<style>", "</style>"),
    "double": ('<a b="', '">'),
    "single": ("<a b='", "'>"),
    "tag": ("<a ", ">"),
}


@functools.cache
def _role(token: Any) -> Role | Literal["error"]:
    from pygments.token import Token

    roles: tuple[tuple[Any, Role | Literal["error"]], ...] = (
        (Token.Error, "error"),
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
