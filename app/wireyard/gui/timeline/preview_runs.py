"""The one-line preview of a payload as runs of text and colour role."""

from __future__ import annotations

from wireyard.domain.frame import Opcode
from wireyard.formats.preview import preview
from wireyard.formats.runs import Role
from wireyard.gui.theme.tokens import TokenName

Runs = tuple[tuple[str, TokenName], ...]

_TOKENS: dict[Role, TokenName] = {
    "key": "syn.key",
    "string": "syn.string",
    "number": "syn.number",
    "literal": "syn.literal",
    "punct": "syn.punct",
    "text": "text.1",
    "invisible": "text.3",
}


def payload_runs(head: bytes, size_bytes: int, opcode: Opcode) -> Runs:
    """The runs of a payload of ``size_bytes`` that begins with ``head``."""
    shown = preview(head, size_bytes, opcode)
    plain: TokenName = "text.2" if opcode == Opcode.BINARY else "text.1"
    text = shown.text
    runs: list[tuple[str, TokenName]] = []
    done = 0
    for start, length, role in shown.runs:
        if start > done:
            runs.append((text[done:start], plain))
        runs.append((text[start : start + length], _TOKENS[role]))
        done = start + length
    if done < len(text):
        runs.append((text[done:], plain))
    return tuple(runs)
