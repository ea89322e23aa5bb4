"""The order of siblings as ``order`` in their parent's file, no longer than it has to be."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from wireyard.workspace.assemble import arrange, arrange_environments, stem_of
from wireyard.workspace.documents import Opened
from wireyard.workspace.errors import Conflict, FileProblem
from wireyard.workspace.files import Files
from wireyard.workspace.listing import WORKSPACE_FILE, level_name
from wireyard.workspace.model import FolderFile, WorkspaceFile
from wireyard.workspace.names import folded
from wireyard.workspace.tree import EnvironmentLine, Item

_TRIES: Final = 3


class Order:
    """Reads and writes the order of what is in a collection, a folder or ("") the workspace."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def open(self, parent_id: str) -> Opened[FolderFile] | Opened[WorkspaceFile]:
        """The file that keeps the order. Raises `FileProblem`."""
        if not parent_id:
            return self._files.open_or_new(WORKSPACE_FILE, WorkspaceFile, "")
        return self._files.open_or_new(f"{parent_id}/{level_name(parent_id)}", FolderFile, parent_id)

    def set(self, parent_id: str, wanted: Sequence[Item]) -> None:
        """Keep this order of the parent's children. Nothing is written where it is theirs already."""
        opened = self.open(parent_id)
        order = opened.value.order
        stems = [stem_of(item.id) for item in wanted]
        if [stem_of(item.id) for item in arrange(wanted, order)] == stems:
            return
        present = {folded(stem) for stem in stems}
        listed = sum(1 for stem in order if folded(stem) in present)
        ids = [item.id for item in wanted]
        shortest = _shortest(stems, listed, lambda listed: [item.id for item in arrange(wanted, listed)] == ids)
        self._write(opened, shortest)

    def rename(self, parent_id: str, old_stem: str, new_stem: str) -> None:
        """Call a listed child by another name. A parent that can't be read is left alone."""
        if old_stem != new_stem:
            self._change(parent_id, lambda order: tuple(new_stem if stem == old_stem else stem for stem in order))

    def remove(self, parent_id: str, stem: str) -> int | None:
        """Take a child out of the list; the place that it had."""
        order = self._change(parent_id, lambda order: tuple(each for each in order if each != stem))
        return order.index(stem) if stem in order else None

    def put_back(self, parent_id: str, stem: str, place: int) -> None:
        """List a child again where it was."""
        self._change(parent_id, lambda order: order if stem in order else (*order[:place], stem, *order[place:]))

    def _change(self, parent_id: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> tuple[str, ...]:
        """Change the list of a parent, which may be one that can't be read; the list from before."""
        for _ in range(_TRIES):
            try:
                opened = self.open(parent_id)
                order = opened.value.order
                if change(order) != order:
                    self._write(opened, change(order))
                return order
            except FileProblem:
                break
            except Conflict:
                continue  # somebody wrote between reading and writing
        return ()

    def _write(self, opened: Opened[FolderFile] | Opened[WorkspaceFile], order: tuple[str, ...]) -> None:
        self._files.save(opened, msgspec.structs.replace(opened.value, order=order))


class EnvironmentOrder:
    """Reads and writes the order of environments, which ``wireyard.yaml`` keeps."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def set(self, wanted: Sequence[EnvironmentLine]) -> None:
        """Keep this order. Nothing is written where it is theirs already. Raises `WorkspaceError`."""
        opened = self._open()
        order, ids = opened.value.environments, [line.id for line in wanted]
        if [line.id for line in arrange_environments(wanted, order)] == ids:
            return
        present = {folded(id_) for id_ in ids}
        listed = sum(1 for stem in order if folded(stem) in present)
        shortest = _shortest(ids, listed, lambda listed: [x.id for x in arrange_environments(wanted, listed)] == ids)
        self._write(opened, shortest)

    def rename(self, old_id: str, new_id: str) -> None:
        """Call a listed one by another name."""
        if old_id != new_id:
            self._change(lambda order: tuple(new_id if each == old_id else each for each in order))

    def remove(self, id_: str) -> int | None:
        """Take one out of the list; the place that it had."""
        order = self._change(lambda order: tuple(each for each in order if each != id_))
        return order.index(id_) if id_ in order else None

    def put_back(self, id_: str, place: int) -> None:
        """List one again where it was."""
        self._change(lambda order: order if id_ in order else (*order[:place], id_, *order[place:]))

    def _change(self, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> tuple[str, ...]:
        """Change the list, where it can be read; the list from before."""
        for _ in range(_TRIES):
            try:
                opened = self._open()
                order = opened.value.environments
                if change(order) != order:
                    self._write(opened, change(order))
                return order
            except FileProblem:
                break
            except Conflict:
                continue  # somebody wrote between reading and writing
        return ()

    def _open(self) -> Opened[WorkspaceFile]:
        return self._files.open_or_new(WORKSPACE_FILE, WorkspaceFile, "")

    def _write(self, opened: Opened[WorkspaceFile], order: tuple[str, ...]) -> None:
        self._files.save(opened, msgspec.structs.replace(opened.value, environments=order))


def _shortest(stems: Sequence[str], listed: int, is_wanted: Callable[[Sequence[str]], bool]) -> tuple[str, ...]:
    """The others follow by name: only so many have to be listed, though not fewer, that this gives what is wanted."""
    counts = range(listed, len(stems))
    needed = listed + bisect.bisect_left(counts, True, key=lambda count: is_wanted(stems[:count]))
    return tuple(stems[:needed])
