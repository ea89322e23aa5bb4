"""The environments of a workspace: a shared file each, and one beside it for the values of this machine."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from wireyard.workspace import names
from wireyard.workspace.disk import save_error
from wireyard.workspace.documents import EnvironmentPair, Opened
from wireyard.workspace.errors import FileProblem, WorkspaceError
from wireyard.workspace.files import Files
from wireyard.workspace.listing import ENVIRONMENTS, LOCAL_SUFFIX
from wireyard.workspace.lock import locked
from wireyard.workspace.model import EnvironmentFile
from wireyard.workspace.order import EnvironmentOrder
from wireyard.workspace.tree import EnvironmentLine


def shared_path(environment_id: str) -> str:
    """The file that everybody has."""
    return f"{ENVIRONMENTS}/{environment_id}.yaml"


def local_path(environment_id: str) -> str:
    """The file of this machine."""
    return f"{ENVIRONMENTS}/{environment_id}{LOCAL_SUFFIX}"


def environment_of(path: str) -> str:
    """The environment that one of its files belongs to."""
    name = path.removeprefix(f"{ENVIRONMENTS}/")
    return name.removesuffix(LOCAL_SUFFIX) if name.endswith(LOCAL_SUFFIX) else name.removesuffix(".yaml")


class Environments:
    """Reads, makes, renames, copies and arranges them. ``lines`` gives those there are, in order."""

    def __init__(self, files: Files, lines: Callable[[], list[EnvironmentLine]]) -> None:
        self._files = files
        self._lines = lines
        self.order = EnvironmentOrder(files)

    def read(self, environment_id: str) -> EnvironmentPair:
        """Both files of one. Raises `FileProblem`; a file that isn't there says nothing, but one has to be there."""
        shared = self._files.glance(shared_path(environment_id), EnvironmentFile, environment_id)
        local = self._files.glance(local_path(environment_id), EnvironmentFile, environment_id)
        if not shared.text and not local.text and self.line(environment_id) is None:
            raise WorkspaceError(f"There is no environment “{environment_id}”.")
        return EnvironmentPair(id=environment_id, shared=shared, local=local)

    def chain(self, environment_id: str) -> tuple[EnvironmentPair, ...]:
        """One and those it inherits from, itself first; a circle ends where it closes. Raises `FileProblem`."""
        pairs: list[EnvironmentPair] = []
        seen: set[str] = set()
        wanted = environment_id
        while wanted:
            line = self.line(wanted)
            if line is None and pairs:
                raise WorkspaceError(f"{pairs[-1].name} inherits from “{wanted}”, and there is no such environment.")
            found = line.id if line is not None else wanted
            if found in seen:
                break
            seen.add(found)
            pair = self.read(found)
            pairs.append(pair)
            wanted = pair.shared.value.inherits or pair.local.value.inherits
        return tuple(pairs)

    def line(self, wanted: str) -> EnvironmentLine | None:
        """The environment of this id, or else of this name."""
        lines = self._lines()
        by_id = next((line for line in lines if line.id == wanted), None)
        return by_id or next((line for line in lines if line.name == wanted), None)

    def create(self, name: str, value: EnvironmentFile) -> str:
        """Make one; its id."""
        name = names.free_name(name, [line.name for line in self._lines()])
        new_id = self._free_id(name)
        opened = Opened(id=new_id, path=shared_path(new_id), value=EnvironmentFile(), text="")
        self._files.save(opened, msgspec.structs.replace(value, name=_kept_name(new_id, name)))
        return new_id

    def rename(self, environment_id: str, name: str) -> str:
        """Call one something else; its new id. Those that inherit from it follow."""
        name = names.free_name(name, [line.name for line in self._lines() if line.id != environment_id])
        new_id = self._free_id(name, besides=environment_id)
        pair = self.read(environment_id)
        self._rename_files(environment_id, new_id)
        if pair.shared.value.name != _kept_name(new_id, name):
            moved = msgspec.structs.replace(pair.shared, id=new_id, path=shared_path(new_id))
            self._files.save(moved, msgspec.structs.replace(moved.value, name=_kept_name(new_id, name)))
        if new_id != environment_id:
            self._follow(environment_id, new_id)
            self.order.rename(environment_id, new_id)
        return new_id

    def move(self, environment_id: str, before: str | None) -> None:
        """Put one in front of another, or at the end. Raises `WorkspaceError`."""
        lines = self._lines()
        moved = next((line for line in lines if line.id == environment_id), None)
        if moved is None:
            raise WorkspaceError(f"There is no environment “{environment_id}”.")
        rest = [line for line in lines if line.id != environment_id]
        place = next((at for at, line in enumerate(rest) if line.id == before), len(rest))
        if before != environment_id:
            self.order.set([*rest[:place], moved, *rest[place:]])

    def duplicate(self, environment_id: str) -> str:
        """Copy one, with its comments and the values of this machine; the copy's id."""
        pair = self.read(environment_id)
        name = names.free_name(f"{pair.name} copy", [line.name for line in self._lines()])
        new_id = self._free_id(name)
        paths = ((pair.shared, shared_path(new_id)), (pair.local, local_path(new_id)))
        for opened, path in paths:
            if opened.text:
                self._files.disk.write(path, opened.text)
        kept = _kept_name(new_id, name)
        if pair.shared.value.name != kept:
            copy = msgspec.structs.replace(pair.shared, id=new_id, path=paths[0][1])
            self._files.save(copy, msgspec.structs.replace(copy.value, name=kept))
        return new_id

    def paths(self, environment_id: str) -> list[str]:
        """The files of one that are there."""
        paths = (shared_path(environment_id), local_path(environment_id))
        return [path for path in paths if self._files.disk.path(path).exists()]

    def _free_id(self, name: str, besides: str = "") -> str:
        return names.file_name(name, [line.id for line in self._lines() if line.id != besides])

    def _rename_files(self, old_id: str, new_id: str) -> None:
        if old_id == new_id:
            return
        root = self._files.disk.root
        done: list[tuple[Path, Path]] = []
        with locked(root):
            for of in (shared_path, local_path):
                source, target = root / of(old_id), root / of(new_id)
                if not source.exists():
                    continue
                try:
                    source.rename(target)
                except OSError as error:
                    for before, after in done:
                        with contextlib.suppress(OSError):
                            after.rename(before)
                    raise save_error(of(old_id), error, "renamed") from error
                done.append((source, target))

    def _follow(self, old_id: str, new_id: str) -> None:
        for line in self._lines():
            if line.inherits != old_id:
                continue
            try:
                opened = self._files.open(shared_path(line.id), EnvironmentFile, line.id)
            except FileProblem:
                continue
            self._files.save(opened, msgspec.structs.replace(opened.value, inherits=new_id))


def _kept_name(environment_id: str, name: str) -> str:
    return "" if names.shown(environment_id) == name else name
