"""The one-line preview of a payload: a text and the colour role of each stretch of it."""

from __future__ import annotations

from collections.abc import Iterable

from wireyard.domain.frame import Opcode
from wireyard.formats.preview import MAX_CHARS, preview
from wireyard.gui.theme.syntax import SYNTAX_TOKENS
from wireyard.gui.theme.tokens import TokenName

# Start, length, colour role; in order, never overlapping.
Runs = tuple[tuple[int, int, TokenName], ...]

_MAX_UTF8_BYTES = 4
_LEFT_OUT = "… "


def payload_runs(head: bytes, size_bytes: int, opcode: Opcode, max_chars: int = MAX_CHARS) -> tuple[str, Runs]:
    """Show a payload of ``size_bytes`` that begins with ``head``, in not much more than ``max_chars`` characters."""
    shown = preview(_with_room(head, max_chars) if opcode == Opcode.TEXT else head, size_bytes, opcode)
    return shown.text, tuple([(start, length, SYNTAX_TOKENS[role]) for start, length, role in shown.runs])


def part_runs(parts: Iterable[tuple[bytes, int]], max_chars: int = MAX_CHARS) -> tuple[str, Runs]:
    """Show parts of a JSON payload, each the first bytes of a value and its size, after a mark for what is left out."""
    text = ""
    runs: list[tuple[int, int, TokenName]] = []
    for head, size_bytes in parts:
        if len(text) >= max_chars:
            break
        text += f" {_LEFT_OUT}" if text else _LEFT_OUT
        start = len(text)
        runs.append((start - len(_LEFT_OUT), 1, "text.3"))
        shown = preview(_with_room(head, max(1, max_chars - start)), size_bytes, is_json=True)
        for at, length, role in shown.runs:
            runs.append((start + at, length, SYNTAX_TOKENS[role]))
        text += shown.text
    return text, tuple(runs)


def _with_room(head: bytes, max_chars: int) -> bytes:
    """So much of a text as its row has room for: the rest isn't worth colouring."""
    start = head[:max_chars]
    return start if start.isascii() else head[: max_chars * _MAX_UTF8_BYTES]
