"""What kinds of setting rows there are, as data, and the short ways to make them."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from wireyard.gui.request.setting_values import Key
from wireyard.settings.rows import Choice, Row

ListForm = Literal["names", "codes", "statuses"]


class TextRow(NamedTuple):
    """A text with variables, or several with commas between them."""

    key: Key
    title: str
    help: str
    placeholder: str = ""
    form: Literal["text"] | ListForm = "text"
    files: list[str] | None = None


class ChipsRow(NamedTuple):
    """An ordered list as chips: subprotocols, or messages that are sent on opening."""

    key: Key
    title: str
    help: str
    placeholder: str
    of: Literal["protocols", "messages"]


class ChecksRow(NamedTuple):
    """Any number of several."""

    key: Key
    title: str
    help: str
    choices: tuple[Choice, ...]


AnyRow = Row | TextRow | ChipsRow | ChecksRow


class Group(NamedTuple):
    """Rows under one caption."""

    title: str
    rows: list[AnyRow]


def key_of(data: AnyRow) -> Key:
    """Where the value of a row stands: block and name."""
    if isinstance(data, Row):
        group, _, name = data.key.partition(".")
        return group, name
    return data.key


def switch(key: str, title: str, help_text: str) -> Row:
    """On or off."""
    return Row(key=key, title=title, help=help_text, kind="switch", default=True)


def choice(key: str, title: str, help_text: str, *choices: tuple[str, str]) -> Row:
    """One of several, each a value and its words."""
    made = tuple(Choice(value, label) for value, label in choices)
    return Row(key=key, title=title, help=help_text, kind="choice", default=choices[0][0], choices=made)


def whole(
    key: str, title: str, help_text: str, limits: tuple[int, int], *, unit: str = "", off: str = "", step: int = 1
) -> Row:
    """A whole number within limits; ``off`` says what zero means."""
    return _numbers("whole", key, title, help_text, limits, unit=unit, off_label=off, step=step)


def number(key: str, title: str, help_text: str, limits: tuple[int, int], *, unit: str = "") -> Row:
    """A number within limits."""
    return _numbers("number", key, title, help_text, limits, unit=unit, step=0.5)


def _numbers(
    kind: Literal["whole", "number"], key: str, title: str, help_text: str, limits: tuple[int, int], **more: Any
) -> Row:
    low, high = limits
    return Row(key=key, title=title, help=help_text, kind=kind, default=0, minimum=low, maximum=high, **more)
