"""The colour of each role that `wireyard.formats` gives to a part of a payload."""

from __future__ import annotations

from wireyard.formats.runs import Role
from wireyard.gui.theme.tokens import TokenName

SYNTAX_TOKENS: dict[Role, TokenName] = {
    "key": "syn.key",
    "string": "syn.string",
    "number": "syn.number",
    "literal": "syn.literal",
    "punct": "syn.punct",
    "text": "text.1",
    "invisible": "text.3",
    "variable": "var",
}
