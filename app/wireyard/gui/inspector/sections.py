"""What the inspector says is made of sections: fields under a caption."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A name and its value; a value may have many lines."""

    name: str
    value: str


class Section(NamedTuple):
    """Some fields under a caption, or a text as it is."""

    title: str
    fields: tuple[Field, ...] = ()
    text: str = ""
