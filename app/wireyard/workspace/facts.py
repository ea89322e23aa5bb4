"""What the tree and the search know of a file, kept with its stamp: it is read again only when it changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import msgspec

from wireyard.workspace.disk import Stamp
from wireyard.workspace.errors import FileProblem, Problem
from wireyard.workspace.files import SETTLED_NS, Files
from wireyard.workspace.model import Color, EnvironmentFile, FolderFile, RequestFile, WorkspaceFile
from wireyard.workspace.tree import MessageLine

_EXCERPT: Final = 120
# The search looks into the beginning of each request's messages: this many characters in all.
_SEARCHED: Final = 65_536
_VERSION: Final = 2


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one file says, as far as a list shows it or a search finds it. Only a few fields go with each kind."""

    name: str = ""
    url: str = ""
    notes: str = ""
    messages: tuple[MessageLine, ...] = ()
    bodies: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    # The names of variables that are secret.
    secrets: tuple[str, ...] = ()
    color: Color = ""
    inherits: str = ""
    problem: Problem | None = None


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A file's facts as of one stamp. Unsettled: it had just been written, and may change without another stamp."""

    stamp: Stamp
    facts: Facts
    is_settled: bool


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    version: int
    root: str
    entries: dict[str, Entry]


class Index:
    """All facts of a workspace, and the file in the profile that keeps them from one start to the next."""

    def __init__(self, files: Files, path: Path | None) -> None:
        self._files = files
        self._path = path
        self._entries: dict[str, Entry] = {}
        self._is_changed = False
        if path is not None:
            self._load(path)

    def known(self, path: str) -> Facts | None:
        """The facts of a file, as of whenever it was read."""
        entry = self._entries.get(path)
        return None if entry is None else entry.facts

    def is_current(self, path: str, stamp: Stamp) -> bool:
        """Whether the facts are those of the file as it is now."""
        entry = self._entries.get(path)
        return entry is not None and entry.stamp == stamp and entry.is_settled

    def read(self, path: str, stamp: Stamp, kind: type[Any], now_ns: int) -> Facts:
        """Read a file anew. ``stamp`` is from before, so that a change meanwhile is noticed the next time."""
        try:
            facts = facts_of(self._files.open(path, kind).value)
        except FileProblem as error:
            facts = Facts(problem=error.problem)
        self._entries[path] = Entry(stamp, facts, now_ns - stamp[1] > SETTLED_NS)
        self._is_changed = True
        return facts

    def keep_only(self, paths: set[str]) -> None:
        """Forget the files that are gone."""
        for path in [path for path in list(self._entries) if path not in paths]:
            self._entries.pop(path, None)
            self._is_changed = True

    def store(self) -> None:
        """Write the file, if there is anything new. It is a cache: a failure costs time at the next start only."""
        if self._path is None or not self._is_changed:
            return
        self._is_changed = False
        kept = _Kept(_VERSION, str(self._files.disk.root), dict(self._entries))
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(msgspec.msgpack.encode(kept))
            temporary.chmod(0o600)
            temporary.replace(self._path)
        except OSError:
            temporary.unlink(missing_ok=True)

    def _load(self, path: Path) -> None:
        try:
            kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError, ValueError):
            return
        if kept.version == _VERSION and kept.root == str(self._files.disk.root):
            self._entries = kept.entries


def facts_of(value: msgspec.Struct) -> Facts:
    """What is kept of a file that could be read."""
    if isinstance(value, RequestFile):
        return _of_request(value)
    if isinstance(value, FolderFile):
        return Facts(name=value.name, notes=value.notes, order=value.order, secrets=_secrets_of(value))
    if isinstance(value, WorkspaceFile):
        return Facts(name=value.name, notes=value.notes, order=value.order, environments=value.environments)
    if isinstance(value, EnvironmentFile):
        return Facts(name=value.name, color=value.color, inherits=value.inherits)
    raise TypeError(type(value))


def _of_request(value: RequestFile) -> Facts:
    lines: list[MessageLine] = []
    bodies: list[str] = []
    left = _SEARCHED
    for message in value.messages:
        excerpt = message.body[:_EXCERPT] or message.file
        lines.append(MessageLine(name=message.name, group=message.group, format=message.format, excerpt=excerpt))
        bodies.append((message.body or message.file)[:left])
        left -= len(bodies[-1])
    return Facts(
        name=value.name,
        url=value.url,
        notes=value.notes,
        messages=tuple(lines),
        bodies=tuple(bodies),
        secrets=_secrets_of(value),
    )


def _secrets_of(value: RequestFile | FolderFile) -> tuple[str, ...]:
    return tuple(name for name, variable in value.variables.items() if variable.secret)
