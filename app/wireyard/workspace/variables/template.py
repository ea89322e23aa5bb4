"""How variables are spelled in a text: ``{{name}}``, ``{{$builtIn with arguments}}``, and ``\\{{`` for two braces.

Anything else between braces is text like any other, so JSON and the templates of other programs stay as they are. Of
the backslashes right before two braces an even number stays too: in JSON they are one backslash each two, and what
follows is a variable. With an odd number the last one goes, and the braces are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_OPEN = "{{"
# The lengths are limited so that a text of braces and blanks costs no more than any other.
_REFERENCE = re.compile(
    r"\{\{[ \t]{0,100}"
    r"(?:(?P<name>[\w.-]{1,200})|(?P<built_in>\$[A-Za-z][A-Za-z0-9]{0,99})(?P<rest>[ \t][^{}\r\n]{0,1000})?)"
    r"[ \t]{0,100}\}\}"
)
_NAME = re.compile(r"[\w.-]{1,200}")


class Text(msgspec.Struct, frozen=True):
    """What stands for itself."""

    text: str


class Reference(msgspec.Struct, frozen=True):
    """A variable. ``name`` is without braces and blanks; ``start`` and ``end`` are where it stands, braces included."""

    name: str
    arguments: tuple[str, ...]
    start: int
    end: int

    @property
    def is_built_in(self) -> bool:
        """Whether the program itself gives the value."""
        return self.name.startswith("$")


Part = Text | Reference


def parse(text: str) -> tuple[Part, ...]:
    """The parts of a text, in order. Never fails."""
    parts: list[Part] = []
    done = 0
    for kind, start, end, found in _marks(text):
        if start > done:
            parts.append(Text(text[done:start]))
        if kind == "escape":
            parts.append(Text(_OPEN))
        elif found is not None:
            parts.append(_reference(found))
        done = end
    if done < len(text):
        parts.append(Text(text[done:]))
    return tuple(parts)


def references(text: str) -> list[Reference]:
    """The variables of a text, each time they stand there."""
    return [_reference(found) for _, _, _, found in _marks(text) if found is not None]


def names(text: str) -> list[str]:
    """The names of the variables of a text, each once, in order; those of built-in values with their ``$``."""
    return list(dict.fromkeys(reference.name for reference in references(text)))


def escape(text: str) -> str | None:
    """Spell a text so that it stands for itself, such as a received message that is kept to be sent again.

    None where that can't be done: an odd number of backslashes right before two braces can't be spelled.
    """
    if _OPEN not in text:
        return text
    parts: list[str] = []
    done = 0
    for kind, start, _, _ in _marks(text):
        if kind == "escape":
            return None
        parts += (text[done:start], "\\")
        done = start
    return "".join([*parts, text[done:]])


def is_name(text: str) -> bool:
    """Whether a variable can have this name."""
    return _NAME.fullmatch(text) is not None


def _marks(text: str) -> Iterator[tuple[str, int, int, re.Match[str] | None]]:
    """Each escape and each reference: which of the two, where it begins and ends, and what was found."""
    at = text.find(_OPEN)
    done = 0
    while at >= 0:
        backslashes = 0
        while at - backslashes > done and text[at - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2:
            done = at + 2
            yield "escape", at - 1, done, None
        elif found := _REFERENCE.match(text, at):
            done = found.end()
            yield "reference", at, done, found
        else:
            # “{{{name}}}” is a brace, a variable and a brace.
            at = text.find(_OPEN, at + 1)
            continue
        at = text.find(_OPEN, done)


def _reference(found: re.Match[str]) -> Reference:
    arguments = tuple((found["rest"] or "").split())
    return Reference(found["name"] or found["built_in"], arguments, found.start(), found.end())
