"""One workspace: a folder of plain files, read, searched and changed. Nothing here waits, and nothing is held open.

Every call looks at the disk as it is now. `scan` is for a worker's thread; the rest is quick enough for any. It may be
used from several threads at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from wireyard.workspace import names
from wireyard.workspace.arranging import Arranger, parent_of
from wireyard.workspace.assemble import assemble, environment_lines, stem_of
from wireyard.workspace.disk import save_error, why
from wireyard.workspace.documents import EnvironmentPair, Level, Levels, Opened
from wireyard.workspace.environments import Environments, environment_of
from wireyard.workspace.errors import FileProblem, WorkspaceError
from wireyard.workspace.facts import Index
from wireyard.workspace.files import Files
from wireyard.workspace.listing import (
    ENVIRONMENTS,
    WORKSPACE_FILE,
    Listed,
    Listing,
    level_name,
    list_workspace,
)
from wireyard.workspace.model import EnvironmentFile, FolderFile, RequestFile, WorkspaceFile
from wireyard.workspace.order import Order
from wireyard.workspace.search import Search
from wireyard.workspace.trash import Deleted, Deletion, Trash
from wireyard.workspace.tree import EnvironmentLine, Hit, Tree

_T = TypeVar("_T", bound=msgspec.Struct)
_GLANCE_READS_S: Final = 0.03
# A glance has shown the rows already, and each part costs the window a moment.
_FIRST_PART_S: Final = 0.3
_PART_S: Final = 0.5


class Workspace:
    """Made by `open` or `create`."""

    def __init__(self, root: Path, *, cache: Path | None = None, trash: Path | None = None) -> None:
        self._files = Files(root)
        self.root = self._files.disk.root
        self._index = Index(self._files, cache)
        self._search = Search(self._index)
        self._order = Order(self._files)
        self._arranger = Arranger(self._files, self._order, self.current)
        self._environments = Environments(self._files, self.environments)
        self._trash = Trash(self._files.disk, trash)
        self._seen: Listing | None = None

    @classmethod
    def open(cls, root: Path, *, cache: Path | None = None, trash: Path | None = None) -> Workspace:
        """The workspace in a folder. Raises `WorkspaceError` where there is none.

        ``cache`` is a file that remembers what was read, ``trash`` a folder that keeps what is deleted for a while.
        """
        if not root.is_dir():
            raise WorkspaceError(f"{root} is no folder.")
        if not (root / WORKSPACE_FILE).exists():
            raise WorkspaceError(f"{root} is no workspace: there is no {WORKSPACE_FILE} in it.")
        return cls(root, cache=cache, trash=trash)

    @classmethod
    def create(cls, root: Path, name: str, *, cache: Path | None = None, trash: Path | None = None) -> Workspace:
        """Make a workspace of a folder that is none. Raises `WorkspaceError`."""
        if (root / WORKSPACE_FILE).exists():
            raise WorkspaceError(f"{root} is a workspace already.")
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise save_error(str(root), error) from error
        workspace = cls(root, cache=cache, trash=trash)
        opened = Opened(id="", path=WORKSPACE_FILE, value=WorkspaceFile(), text="")
        workspace._files.ignore_local()
        workspace._files.save(opened, WorkspaceFile(name=names.checked(name)))
        return workspace

    @property
    def name(self) -> str:
        """What it is called; by its folder where its file doesn't say."""
        facts = self._index.known(WORKSPACE_FILE)
        return (facts.name if facts is not None else "") or self.root.name

    # ------------------------------------------------------------------------------------------------------ the tree

    def glance(self) -> Tree:
        """The tree from file names, the index, and as many folder files as can be read in a moment."""
        listing = self._listing()
        deadline = time.monotonic() + _GLANCE_READS_S
        for listed, kind in _levels_first(listing)[: len(listing.folders()) + 1]:
            if time.monotonic() > deadline:
                break
            self._refresh(listed, kind)
        return assemble(self.root.name, listing, self._index)

    def scan(
        self,
        is_cancelled: Callable[[], bool] = lambda: False,
        on_part: Callable[[Tree], None] | None = None,
        rest: Callable[[], None] = lambda: None,
    ) -> Tree:
        """The tree with everything in it: reads what changed.

        ``on_part`` gets what is known so far, now and then; ``rest`` is called after each small step, so that a
        worker can let others run. A scan that is cancelled answers what it has.
        """
        listing = self._listing()
        told = time.monotonic() + _FIRST_PART_S - _PART_S
        for listed, kind in _levels_first(listing):
            if is_cancelled():
                return assemble(self.root.name, listing, self._index)
            self._refresh(listed, kind)
            now = time.monotonic()
            if on_part is not None and now - told > _PART_S:
                on_part(assemble(self.root.name, listing, self._index))
                told = now
            rest()
        self._index.keep_only({listed.path for listed, _ in _levels_first(listing)})
        self._index.store()
        tree = assemble(self.root.name, listing, self._index)
        self._search.prepare(tree, rest)
        return tree

    def current(self) -> Tree:
        """The whole tree at once, without rests: for commands, and for changes that need names and order."""
        listing = self._listing()
        for listed, kind in _levels_first(listing):
            self._refresh(listed, kind)
        return assemble(self.root.name, listing, self._index)

    def search(self, tree: Tree, text: str) -> list[Hit]:
        """Where all words of ``text`` are found: in names, addresses, notes and payloads."""
        return self._search.find(tree, text)

    def watched(self) -> list[Path]:
        """The folders in which a change matters, as of the last look at them."""
        listing = self._seen or self._listing()
        paths = [self.root, *(self.root / folder.id for folder in listing.folders())]
        return [*paths, self.root / ENVIRONMENTS] if (self.root / ENVIRONMENTS).is_dir() else paths

    # ----------------------------------------------------------------------------------------------------- the files

    def read_request(self, item_id: str) -> Opened[RequestFile]:
        """A request as it is on disk now. Raises `FileProblem`."""
        return self._files.open(item_id, RequestFile)

    def read_level(self, item_id: str) -> Opened[FolderFile]:
        """A collection's or folder's file; one that isn't there says the defaults. Raises `FileProblem`."""
        return self._files.open_or_new(f"{item_id}/{level_name(item_id)}", FolderFile, item_id)

    def save(self, opened: Opened[_T], value: _T, *, force: bool = False) -> Opened[_T]:
        """Write what changed since ``opened``, and nothing else of the file.

        Raises `Conflict` when the file is another by now; with ``force`` the values are put into that one. Raises
        `FileProblem` when it can't be read and `SaveError` when it can't be written; then it is as it was.
        """
        return self._files.save(opened, value, force=force)

    def secret_names(self, item_id: str) -> dict[str, tuple[str, ...]]:
        """Which variables are secret in an item and in whatever is in it, by the id of each that has some."""
        listing = self._listing()
        levels = {folder.level.path: folder.id for folder in listing.folders() if folder.level is not None}
        found: dict[str, tuple[str, ...]] = {}
        for listed, kind in _levels_first(listing):
            id_ = levels.get(listed.path, listed.path)
            if id_ == item_id or id_.startswith(f"{item_id}/"):
                self._refresh(listed, kind)
                facts = self._index.known(listed.path)
                if facts is not None and facts.secrets:
                    found[id_] = facts.secrets
        return found

    def levels(self, item_id: str) -> Levels:
        """What stands above a request (or above what is in a folder, that folder included), the collection first."""
        parts = item_id.split("/")
        is_request = item_id.endswith(names.REQUEST_SUFFIX) and not (self.root / item_id).is_dir()
        found: list[Level] = []
        for count in range(1, len(parts) if is_request else len(parts) + 1):
            folder_id = "/".join(parts[:count])
            name, problem, file = names.shown(parts[count - 1]), "", FolderFile()
            try:
                file = self._files.glance(f"{folder_id}/{level_name(folder_id)}", FolderFile, folder_id).value
            except FileProblem as error:
                problem = str(error)
            found.append(Level(id=folder_id, name=file.name or name, file=file, problem=problem))
        return tuple(found)

    # ------------------------------------------------------------------------------------------------------- changes

    def create_collection(self, name: str, value: FolderFile | None = None) -> str:
        """Make a collection; its id."""
        return self._arranger.create_folder("", name, value or FolderFile())

    def create_folder(self, parent_id: str, name: str, value: FolderFile | None = None) -> str:
        """Make a folder in a collection or folder; its id."""
        return self._arranger.create_folder(parent_id, name, value or FolderFile())

    def create_request(self, parent_id: str, name: str, value: RequestFile | None = None) -> str:
        """Make a request; its id. Its ``name`` is set as the file needs it."""
        return self._arranger.create_request(parent_id, name, value or RequestFile())

    def rename(self, item_id: str, name: str) -> str:
        """Call an item something else; its new id."""
        return self._arranger.rename(item_id, name)

    def duplicate(self, item_id: str) -> str:
        """Copy an item to right behind itself; the copy's id."""
        return self._arranger.duplicate(item_id)

    def move(self, ids: Sequence[str], parent_id: str, before: str | None = None) -> list[str]:
        """Put items into a folder ("" is the workspace) in front of ``before`` or at the end; their new ids."""
        return self._arranger.move(ids, parent_id, before)

    def delete(self, ids: Sequence[str]) -> Deletion:
        """Take items out; the answer brings them back with `restore`."""
        chosen = [each for each in dict.fromkeys(ids) if not any(each.startswith(f"{other}/") for other in ids)]
        kept = self._trash.put(chosen)
        places = [self._order.remove(parent_of(each), stem_of(each)) for each in chosen]
        items = zip(chosen, kept, places, strict=True)
        return Deletion(items=tuple(Deleted(id=each, kept=path, place=place) for each, path, place in items))

    def restore(self, deletion: Deletion) -> list[str]:
        """Bring back what was deleted; the ids, which are others where the old ones were taken meanwhile."""
        restored: list[str] = []
        for item in reversed(deletion.items):
            restored.append(self._trash.take(item.kept, item.id))
            if item.place is not None and parent_of(item.id) == ENVIRONMENTS:
                self._environments.order.put_back(environment_of(restored[-1]), item.place)
            elif item.place is not None:
                self._order.put_back(parent_of(item.id), stem_of(restored[-1]), item.place)
        return restored[::-1]

    # -------------------------------------------------------------------------------------------------- environments

    def environments(self) -> list[EnvironmentLine]:
        """All environments in their order."""
        listing = self._listing()
        if listing.workspace is not None:
            self._refresh(listing.workspace, WorkspaceFile)
        for listed in listing.environments:
            self._refresh(listed, EnvironmentFile)
        return environment_lines(listing, self._index)

    def read_environment(self, environment_id: str) -> EnvironmentPair:
        """Both files of an environment. Raises `WorkspaceError`."""
        return self._environments.read(environment_id)

    def environment_chain(self, environment_id: str) -> tuple[EnvironmentPair, ...]:
        """An environment and those behind it, itself first. Raises `WorkspaceError`."""
        return self._environments.chain(environment_id)

    def save_environment(
        self, opened: Opened[EnvironmentFile], value: EnvironmentFile, *, force: bool = False
    ) -> Opened[EnvironmentFile]:
        """Save one of an environment's two files; git is told to leave out the local one."""
        return self._files.save(opened, value, force=force)

    def create_environment(self, name: str, value: EnvironmentFile | None = None) -> str:
        """Make an environment; its id."""
        return self._environments.create(name, value or EnvironmentFile())

    def rename_environment(self, environment_id: str, name: str) -> str:
        """Call an environment something else; its new id. Those that inherit from it follow."""
        return self._environments.rename(environment_id, name)

    def duplicate_environment(self, environment_id: str) -> str:
        """Copy an environment; the copy's id."""
        return self._environments.duplicate(environment_id)

    def move_environment(self, environment_id: str, before: str | None = None) -> None:
        """Put an environment in front of another, or at the end."""
        self._environments.move(environment_id, before)

    def delete_environment(self, environment_id: str) -> Deletion:
        """Take an environment out; the answer brings it back with `restore`."""
        paths = self._environments.paths(environment_id)
        if not paths:
            raise WorkspaceError(f"There is no environment “{environment_id}”.")
        kept = self._trash.put(paths)
        place = self._environments.order.remove(environment_id)
        places = [place, *[None] * (len(paths) - 1)]
        items = zip(paths, kept, places, strict=True)
        return Deletion(items=tuple(Deleted(id=path, kept=each, place=at) for path, each, at in items))

    # ------------------------------------------------------------------------------------------------------ internals

    def _listing(self) -> Listing:
        try:
            self._seen = list_workspace(self.root)
        except OSError as error:
            raise WorkspaceError(f"{self.root} can't be read: {why(error)}.") from error
        return self._seen

    def _refresh(self, listed: Listed, kind: type[Any]) -> None:
        """Read a file whose facts are not those of now."""
        if listed.problem is None and not self._index.is_current(listed.path, listed.stamp):
            self._index.read(listed.path, listed.stamp, kind, time.time_ns())


def _levels_first(listing: Listing) -> list[tuple[Listed, type[Any]]]:
    """All files of a listing, those that give names and order to folders before the rest."""
    folders = listing.folders()
    found: list[tuple[Listed, type[Any]]] = []
    if listing.workspace is not None:
        found.append((listing.workspace, WorkspaceFile))
    found += [(folder.level, FolderFile) for folder in folders if folder.level is not None]
    found += [(listed, EnvironmentFile) for listed in listing.environments]
    found += [(listed, RequestFile) for folder in reversed(folders) for listed in folder.requests]
    return found
