"""Which files and folders a workspace has, from directory listings alone. No folder link is followed."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wireyard.workspace.disk import Stamp, stamp_of, why
from wireyard.workspace.errors import Problem
from wireyard.workspace.names import REQUEST_SUFFIX

ENVIRONMENTS: Final = "environments"
WORKSPACE_FILE: Final = "wireyard.yaml"
COLLECTION_FILE: Final = "collection.yaml"
FOLDER_FILE: Final = "folder.yaml"
LOCAL_SUFFIX: Final = ".local.yaml"
_MAX_DEPTH: Final = 32


@dataclasses.dataclass(slots=True)
class Listed:
    """A file, and what is wrong with it before it is even opened."""

    path: str
    stamp: Stamp
    problem: Problem | None = None


@dataclasses.dataclass(slots=True)
class Folder:
    """A collection or folder, with what is in it in no order."""

    id: str
    level: Listed | None = None
    requests: list[Listed] = dataclasses.field(default_factory=list[Listed])
    folders: list[Folder] = dataclasses.field(default_factory=list["Folder"])
    problem: Problem | None = None

    @property
    def is_shown(self) -> bool:
        """Whether it is more than a folder of other files."""
        return bool(self.level or self.requests or self.folders or self.problem)


@dataclasses.dataclass(slots=True)
class Listing:
    """A whole workspace."""

    workspace: Listed | None = None
    collections: list[Folder] = dataclasses.field(default_factory=list[Folder])
    environments: list[Listed] = dataclasses.field(default_factory=list[Listed])
    problems: list[Problem] = dataclasses.field(default_factory=list[Problem])

    def folders(self) -> list[Folder]:
        """All collections and folders."""
        found: list[Folder] = []
        waiting = list(self.collections)
        while waiting:
            folder = waiting.pop()
            found.append(folder)
            waiting += folder.folders
        return found


def level_name(folder_id: str) -> str:
    """The name of the file that describes a collection or folder."""
    return FOLDER_FILE if "/" in folder_id else COLLECTION_FILE


def list_workspace(root: Path) -> Listing:
    """List everything. Raises `OSError` when the folder itself can't be listed."""
    return _Lister(root).listing()


class _Lister:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._listing = Listing()

    def listing(self) -> Listing:
        """List everything."""
        with os.scandir(self._root) as found:
            entries = sorted((each for each in found if self._is_text(each.name, "")), key=lambda entry: entry.name)
        for entry in entries:
            if entry.name == WORKSPACE_FILE:
                self._listing.workspace = self._file(entry, entry.name)
            elif entry.name == ENVIRONMENTS and entry.is_dir(follow_symlinks=False):
                self._list_environments(entry)
            elif entry.name.endswith(REQUEST_SUFFIX) and _leads_to(entry.is_file):
                reason = "A request needs a collection to be in: move it into a folder."
                self._listing.problems.append(Problem(entry.name, 0, reason))
            elif self._is_folder(entry, entry.name):
                folder = self._folder(entry.path, entry.name, 1, is_top=True)
                if folder.is_shown:
                    self._listing.collections.append(folder)
        return self._listing

    def _folder(self, path: str, folder_id: str, depth: int, *, is_top: bool = False) -> Folder:
        folder = Folder(folder_id)
        entries = self._scan(path, folder)
        if is_top and not any(_marks_collection(entry.name) for entry in entries):
            return Folder(folder_id)
        level = level_name(folder_id)
        for entry in entries:
            item_id = f"{folder_id}/{entry.name}"
            if self._is_folder(entry, item_id):
                if depth < _MAX_DEPTH:
                    inner = self._folder(entry.path, item_id, depth + 1)
                    if inner.is_shown:
                        folder.folders.append(inner)
            elif entry.name == level:
                folder.level = self._file(entry, item_id)
            elif entry.name.endswith(REQUEST_SUFFIX) and len(entry.name) > len(REQUEST_SUFFIX):
                folder.requests.append(self._file(entry, item_id))
        return folder

    def _scan(self, path: str, folder: Folder) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(path) as found:
                return [entry for entry in found if self._is_text(entry.name, folder.id)]
        except OSError as error:
            folder.problem = Problem(folder.id, 0, f"This folder can't be listed: {(error.strerror or '').lower()}.")
            return []

    def _is_text(self, name: str, parent: str) -> bool:
        if name.startswith("."):
            return False
        try:
            name.encode()
        except UnicodeEncodeError:
            shown = name.encode(errors="replace").decode()
            reason = "The name of this file is no text in UTF-8."
            self._listing.problems.append(Problem(f"{parent}/{shown}" if parent else shown, 0, reason))
            return False
        return True

    def _is_folder(self, entry: os.DirEntry[str], item_id: str) -> bool:
        if entry.name.startswith(".") or not _leads_to(entry.is_dir):
            return False
        if entry.is_symlink():
            if _marks_anything(entry.path):
                reason = "This is a link to a folder. It is not followed."
                self._listing.problems.append(Problem(item_id, 0, reason))
            return False
        return True

    def _list_environments(self, found: os.DirEntry[str]) -> None:
        folder = Folder(ENVIRONMENTS)
        for entry in sorted(self._scan(found.path, folder), key=lambda entry: entry.name):
            if entry.name.endswith(".yaml") and len(entry.name) > len(".yaml"):
                self._listing.environments.append(self._file(entry, f"{ENVIRONMENTS}/{entry.name}"))
        if folder.problem is not None:
            self._listing.problems.append(folder.problem)

    def _file(self, entry: os.DirEntry[str], path: str) -> Listed:
        try:
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(self._root):
                reason = "This is a link that leads out of the workspace. It is not followed."
                return Listed(path, (0, 0, 0), Problem(path, 0, reason))
            return Listed(path, stamp_of(entry.stat()))
        except (OSError, RuntimeError) as error:
            return Listed(path, (0, 0, 0), Problem(path, 0, f"This file can't be read: {why(error)}."))


def _leads_to(look: Callable[[], bool]) -> bool:
    """Whether an entry is of a kind; a link that leads in a circle, or to where nobody may look, is of none."""
    try:
        return look()
    except OSError:
        return False


def _marks_collection(name: str) -> bool:
    return name in (COLLECTION_FILE, FOLDER_FILE) or name.endswith(REQUEST_SUFFIX)


def _marks_anything(path: str) -> bool:
    """Whether a linked folder would have been a part of the tree: only then it is worth a word."""
    try:
        with os.scandir(path) as found:
            return any(_marks_collection(entry.name) for entry in found)
    except OSError:
        return False
