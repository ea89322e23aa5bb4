"""Gives rows of payload text their colours: the roles of `wireyard.formats` in the tokens of the theme."""

from __future__ import annotations

from collections.abc import Sequence

from wireyard.formats.json_tokens import json_runs
from wireyard.formats.runs import Role
from wireyard.gui.inspector.row_layout import Run
from wireyard.gui.theme.tokens import TokenName

_TOKENS: dict[Role, TokenName] = {
    "key": "syn.key",
    "string": "syn.string",
    "number": "syn.number",
    "literal": "syn.literal",
    "punct": "syn.punct",
    "text": "text.1",
    "invisible": "text.3",
}


def json_colors(text: str, is_first: bool) -> Sequence[Run]:
    """Colour one row of pretty JSON.

    Pretty JSON breaks lines at every container too long for one, so what makes a line longer than a row is a string:
    a row that goes on from another one begins inside it.
    """
    runs = json_runs(text, inside_string=not is_first)
    return [Run(start, start + length, _TOKENS[role]) for start, length, role in runs]
