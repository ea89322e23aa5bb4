"""A file as it was read: what it says, and the text it said it with."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from wireyard.workspace.model import EnvironmentFile, FolderFile

T = TypeVar("T", covariant=True)


class Opened(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One file, read. ``text`` is what changes are spliced into, and what tells whether somebody else wrote meanwhile.

    ``path`` is the file's, relative to the workspace; ``id`` is the item's: the same for a request, the folder's for
    ``folder.yaml``, the stem for an environment. A file that isn't there yet has no text, and says the defaults.
    """

    id: str
    path: str
    value: T
    text: str


class EnvironmentPair(msgspec.Struct, frozen=True, kw_only=True):
    """An environment's two files: the one that is shared, and the values of this machine."""

    id: str
    shared: Opened[EnvironmentFile]
    local: Opened[EnvironmentFile]

    @property
    def name(self) -> str:
        """What people call it."""
        return self.shared.value.name or self.id


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """A collection or folder on the way to a request. With a ``problem`` its file could not be read."""

    id: str
    name: str
    file: FolderFile
    problem: str = ""


Levels = tuple[Level, ...]
"""From the collection down to the request's folder."""
