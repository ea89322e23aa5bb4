"""What the sidebar shows of a workspace: immutable snapshots, made by `wireyard.workspace.workspace.Workspace`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from wireyard.workspace.errors import Problem
from wireyard.workspace.model import Color, MessageFormat

Kind = Literal["collection", "folder", "request"]
Where = Literal["name", "url", "notes", "payload"]


class MessageLine(msgspec.Struct, frozen=True, kw_only=True):
    """A saved message in a list. ``excerpt`` is how its body begins."""

    name: str
    group: str = ""
    format: MessageFormat = "json"
    excerpt: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A collection, folder or request. ``id`` is its path in the workspace, with ``/`` and without one at the end.

    With a ``problem`` its file could not be read. While ``is_loaded`` is false only its file's name is known.
    """

    id: str
    kind: Kind
    name: str
    url: str = ""
    notes: str = ""
    messages: tuple[MessageLine, ...] = ()
    children: tuple[Item, ...] = ()
    problem: Problem | None = None
    is_loaded: bool = True


class EnvironmentLine(msgspec.Struct, frozen=True, kw_only=True):
    """An environment in a list. ``id`` is the stem of its file, ``inherits`` the id of another or empty."""

    id: str
    name: str
    color: Color = ""
    inherits: str = ""
    problem: Problem | None = None


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """A whole workspace at one moment. ``problems`` are those of files that are no item's own."""

    name: str
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    environments: tuple[EnvironmentLine, ...] = ()

    def walk(self) -> Iterator[Item]:
        """Every item, parents before their children, in the order shown."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.children))

    def find(self, item_id: str) -> Item | None:
        """The item of this id."""
        return next((item for item in self.walk() if item.id == item_id), None)


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """Where a search found its words: in an item's own text, or in that of a saved message.

    ``text`` is what to show, cut around the find where it is long, and ``spans`` are the finds in it, as start and end.
    """

    id: str
    where: Where
    text: str
    spans: tuple[tuple[int, int], ...]
    message: str | None = None
    message_index: int = -1
