"""The rows of a grid as text, one a line, and back: ``Name: value``, ``name=value``, with ``# `` where a row is off.

Notes are not in the text: a line that stays, or keeps its name, keeps its note.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from wireyard.gui.request.secret_row import SecretRow
from wireyard.workspace.model import Field

Mark = Literal[":", "="]
_OFF = "# "


def text_of(rows: Sequence[Field], mark: Mark) -> str:
    """One line for each row; secrets are not in it."""
    return "\n".join(line_of(row, mark) for row in rows if not isinstance(row, SecretRow))


def line_of(row: Field, mark: Mark) -> str:
    """A row as a line; line breaks in it become blanks."""
    joint = ": " if mark == ":" else "="
    text = f"{row.name}{joint}{row.value}" if row.name or mark == ":" else row.value
    return " ".join((_OFF * row.off + text).splitlines())


def rows_of(text: str, mark: Mark, before: Sequence[Field] = ()) -> tuple[Field, ...]:
    """The rows that a text stands for; ``before`` is where notes and secrets come from."""
    left = [row for row in before if not isinstance(row, SecretRow)]
    rows: list[Field] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        same = next((row for row in left if line_of(row, mark) == line), None)
        if same is not None:
            left.remove(same)
            rows.append(same)
        else:
            rows.append(_row(line, mark))
    for place, row in enumerate(rows):
        named = next((one for one in left if one.name and one.name == row.name), None)
        if named is not None and not row.note:
            left.remove(named)
            rows[place] = replace(row, note=named.note)
    for place, row in enumerate(before):
        if isinstance(row, SecretRow):
            rows.insert(place, row)
    return tuple(rows)


def _row(line: str, mark: Mark) -> Field:
    is_off = line.lstrip().startswith("#")
    if is_off:
        line = line.lstrip()[1:].removeprefix(" ")
    name, found, value = line.partition(mark)
    if mark == ":":
        return Field(name=name.strip(), value=value.strip(), off=is_off)
    if not found or not name:
        return Field(value=line, off=is_off)
    return Field(name=name, value=value, off=is_off)
