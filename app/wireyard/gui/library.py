"""The workspace as the window knows it: one object that reads, writes, watches, and tells everybody what changed.

A save is one small file and happens at once; walking over all files happens on a worker. What the disk says wins over
what is shown, and never over what a person is editing: a tab hears `request_changed` and decides.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from wireyard.gui.folder_watch import FolderWatch
from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.secrets import Secrets
from wireyard.settings.profile import Profile
from wireyard.settings.workspaces import KnownWorkspace, WorkspaceBook

if TYPE_CHECKING:
    from wireyard.workspace.documents import Levels, Opened
    from wireyard.workspace.model import FolderFile, RequestFile
    from wireyard.workspace.tree import EnvironmentLine, Tree
    from wireyard.workspace.variables.dynamic import Dynamic
    from wireyard.workspace.variables.scope import Environment, Scope
    from wireyard.workspace.workspace import Workspace

T = TypeVar("T", bound=msgspec.Struct)


class Library(QObject):
    """One workspace at a time; nothing is read before `open`.

    ``tree_changed`` carries the new `Tree`; ``request_changed`` the id of a request or folder whose file says
    something else now; ``moved`` the old and the new id of an item that was renamed or moved, for what is in it too;
    ``environment_renamed`` does so for an environment. ``environments_changed`` says that there are others, or that
    another is active, or that values changed; ``restored`` carries the keys of the tree's rows that an Undo brought
    back.
    """

    opened = Signal()
    tree_changed = Signal(object)
    request_changed = Signal(str)
    environments_changed = Signal()
    moved = Signal(str, str)
    environment_renamed = Signal(str, str)
    removed = Signal(str)
    noticed = Signal(str)
    undo_offered = Signal(str, object)
    restored = Signal(list)

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._book = WorkspaceBook(profile.workspaces_file)
        self._workspace: Workspace | None = None
        self._tree: Tree | None = None
        self._known = KnownWorkspace(path="")
        # What each followed file said last, None while it is gone; and by how many it is followed.
        self._followed: dict[str, str | None] = {}
        self._followers: Counter[str] = Counter()
        self._jobs = Jobs(self)
        self._scan: Job | None = None
        self._wants_scan = False
        self._dynamic: Dynamic | None = None
        self._watch = FolderWatch(self)
        self._watch.changed.connect(self.rescan)
        # What only the window knows, for the built-in variables: where its own server listens.
        self.facts: dict[str, str] = {}
        self.secrets = Secrets(profile, self)
        self.secrets.changed.connect(self.environments_changed)
        self.secrets.noticed.connect(self.noticed)
        self._watch.changed.connect(self.secrets.forget_missing)

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def workspace(self) -> Workspace | None:
        """The open workspace, for what only reads."""
        return self._workspace

    @property
    def root(self) -> Path | None:
        """The folder of the open workspace."""
        return self._workspace.root if self._workspace is not None else None

    @property
    def tree(self) -> Tree | None:
        """What is in it, as far as it is known."""
        return self._tree

    @property
    def recent(self) -> tuple[KnownWorkspace, ...]:
        """Workspaces that were open, newest first."""
        return self._book.known

    @property
    def known(self) -> KnownWorkspace:
        """What a person chose in this workspace."""
        return self._known

    @property
    def environments(self) -> tuple[EnvironmentLine, ...]:
        """The environments, in order."""
        return self._tree.environments if self._tree is not None else ()

    @property
    def active_environment(self) -> str:
        """The id of the active environment, empty for none."""
        wanted = self._known.environment
        return wanted if any(each.id == wanted for each in self.environments) else ""

    # -------------------------------------------------------------------------------------------------- public methods

    def open(self, root: Path) -> None:
        """Open a folder that is a workspace. Raises `WorkspaceError`; then the one before stays open."""
        from wireyard.workspace.workspace import Workspace  # YAML is not needed for the first paint

        folder = root.expanduser().absolute()
        workspace = Workspace.open(folder, cache=self._cache_of(folder), trash=self._profile.trash)
        self._stop_scan()
        self._workspace = workspace
        self._followed.clear()
        self._followers.clear()
        self._known = self._book.of(folder)
        self._keep()
        self._tree = None
        self.secrets.open(folder)
        self.opened.emit()
        self._show(workspace.glance())
        self.rescan()

    def rescan(self) -> None:
        """Look at all files again, on a worker; what changed is told."""
        if self._workspace is None:
            return
        if self._scan is not None:
            self._wants_scan = True
            return
        workspace = self._workspace

        def work(job: Job) -> Tree:
            def is_cancelled() -> bool:
                job.breathe()  # it is asked before every file
                return job.is_cancelled

            return workspace.scan(
                is_cancelled=is_cancelled,
                on_part=lambda part: job.tell(lambda: self._show(part)),
            )

        self._scan = self._jobs.start("scan", work, self._on_scanned)

    def request(self, id_: str) -> Opened[RequestFile]:
        """Read a request. Raises `WorkspaceError`."""
        return self._there().read_request(id_)

    def level(self, id_: str) -> Opened[FolderFile]:
        """Read what a folder or collection says. Raises `WorkspaceError`."""
        return self._there().read_level(id_)

    def levels(self, id_: str) -> Levels:
        """What the folders above an item say, from the collection down. Raises `WorkspaceError`."""
        return self._there().levels(id_)

    def follow(self, id_: str, text: str) -> None:
        """Have `request_changed` told when this file no longer says ``text``."""
        self._followed[id_] = text
        self._followers[id_] += 1
        self._watch_files()

    def unfollow(self, id_: str) -> None:
        """One less shows this file."""
        self._followers[id_] -= 1
        if self._followers[id_] <= 0:
            del self._followers[id_]
            self._followed.pop(id_, None)
        self._watch_files()

    def save(self, opened: Opened[T], value: T, *, force: bool = False) -> Opened[T]:
        """Write a file. Raises `WorkspaceError`, of which `Conflict` has the other version."""
        saved = self._there().save(opened, value, force=force)
        if opened.id in self._followed:
            self._followed[opened.id] = saved.text
        self.request_changed.emit(opened.id)
        self.rescan()
        return saved

    def create_collection(self, name: str) -> str:
        """Make a collection and give its id. Raises `WorkspaceError`."""
        return self._made(self._there().create_collection(name))

    def create_folder(self, parent: str, name: str) -> str:
        """Make a folder and give its id. Raises `WorkspaceError`."""
        return self._made(self._there().create_folder(parent, name))

    def create_request(self, parent: str, name: str, request: RequestFile) -> str:
        """Make a request and give its id. Raises `WorkspaceError`."""
        return self._made(self._there().create_request(parent, name, request))

    def duplicate(self, id_: str) -> str:
        """Copy an item beside itself and give the copy's id. Raises `WorkspaceError`."""
        return self._made(self._there().duplicate(id_))

    def rename(self, id_: str, name: str) -> str:
        """Give an item another name; its id may become another. Raises `WorkspaceError`."""
        secrets = self._secrets_in(id_)
        new = self._there().rename(id_, name)
        self._follow_move(id_, new, secrets)
        self.rescan()
        return new

    def move(self, ids: Sequence[str], parent: str, before: str | None = None) -> list[str]:
        """Move items into a folder, in front of a sibling or to the end. Raises `WorkspaceError`."""
        secrets = [self._secrets_in(id_) for id_ in ids]
        moved = self._there().move(list(ids), parent, before)
        for old, new, names in zip(ids, moved, secrets, strict=True):
            self._follow_move(old, new, names)
        self.rescan()
        return moved

    def delete(self, ids: Sequence[str], said: str) -> None:
        """Delete items; ``said`` is told with an Undo. Raises `WorkspaceError`."""
        workspace = self._there()
        deletion = workspace.delete(list(ids))
        for id_ in ids:
            self.removed.emit(id_)

        def undo() -> None:
            restored: list[str] = []
            self.attempt(lambda: restored.extend(workspace.restore(deletion)))
            for id_ in ids:
                self.request_changed.emit(id_)
            self.rescan()
            self.restored.emit(restored)

        self.undo_offered.emit(said, undo)
        self.rescan()

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Do something that may fail for a reason to be told in passing; whether it worked."""
        from wireyard.workspace.errors import WorkspaceError

        try:
            act()
        except WorkspaceError as error:
            self.noticed.emit(str(error))
            return False
        return True

    def choose_environment(self, id_: str) -> None:
        """Make an environment the active one; empty for none."""
        if id_ != self._known.environment:
            self._known = replace(self._known, environment=id_)
            self._keep()
            self.environments_changed.emit()

    @property
    def dynamic(self) -> Dynamic:
        """The built-in values; one source for the whole window, so that counters go on."""
        from wireyard.workspace.variables.dynamic import Dynamic

        if self._dynamic is None:
            self._dynamic = Dynamic(facts=self.facts)
        return self._dynamic

    def scope(
        self, request_id: str, request: RequestFile, session_values: Mapping[str, str], environment: str | None = None
    ) -> Scope:
        """Who gives which value to this request now; ``environment`` is another than the active one, empty for none.

        A folder or environment that can't be read gives nothing: its own row says why.
        """
        from wireyard.workspace.errors import WorkspaceError
        from wireyard.workspace.variables.scope import environment_chain, scope_of

        levels: Levels = ()
        with contextlib.suppress(WorkspaceError):
            levels = self.levels(request_id) if request_id and self._workspace is not None else ()
        chain = environment_chain(self.active_environment if environment is None else environment, self._environment)
        return scope_of(session_values, request, levels, chain, self.secrets.lookup, request_id=request_id)

    def keep_expanded(self, ids: Sequence[str]) -> None:
        """Remember which rows of the tree are open."""
        self._known = replace(self._known, expanded=tuple(ids))
        self._keep()

    def values_changed(self) -> None:
        """Tell that an environment's file or a secret was changed by the window itself."""
        self.environments_changed.emit()
        self.rescan()

    def shut_down(self) -> None:
        """Stop what runs beside the GUI thread."""
        self._stop_scan()
        self._jobs.stop()
        self._watch.stop()
        self.secrets.shut_down()

    # ------------------------------------------------------------------------------------------------------- internals

    def _there(self) -> Workspace:
        if self._workspace is None:
            raise RuntimeError("no workspace is open")
        return self._workspace

    def _environment(self, id_: str) -> Environment | None:
        from wireyard.workspace.errors import WorkspaceError
        from wireyard.workspace.variables.scope import Environment

        try:
            pair = self._there().read_environment(id_)
        except WorkspaceError:
            return None
        return Environment(pair.id, pair.name, pair.shared.value, pair.local.value)

    def _cache_of(self, folder: Path) -> Path:
        import hashlib

        name = hashlib.sha256(str(folder).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return self._profile.index / f"{name}.json"

    def _keep(self) -> None:
        try:
            self._book.keep(self._known)
        except OSError as error:
            self.noticed.emit(self.tr("Workspaces can't be remembered: {0}.").format(error.strerror or error))

    def _made(self, id_: str) -> str:
        self.rescan()
        return id_

    def _secrets_in(self, id_: str) -> dict[str, tuple[str, ...]]:
        from wireyard.workspace.errors import WorkspaceError

        with contextlib.suppress(WorkspaceError):
            return self._there().secret_names(id_)
        return {}

    def _follow_move(self, old: str, new: str, secrets: Mapping[str, Sequence[str]]) -> None:
        self.secrets.follow(old, new, secrets)
        for id_ in list(self._followed):
            if id_ == old or id_.startswith(old + "/"):
                moved = new + id_[len(old) :]
                self._followed[moved] = self._followed.pop(id_)
                self._followers[moved] += self._followers.pop(id_)
        self.moved.emit(old, new)

    def _on_scanned(self, tree: Tree) -> None:
        self._scan = None
        self._show(tree)
        self._look_at_followed()
        if self._wants_scan:
            self._wants_scan = False
            self.rescan()

    def _show(self, tree: Tree) -> None:
        before, self._tree = self._tree, tree
        if before == tree:
            return
        workspace = self._there()
        self._watch.watch_folders(workspace.watched())
        self.tree_changed.emit(tree)
        if before is None or before.environments != tree.environments:
            self.environments_changed.emit()

    def _look_at_followed(self) -> None:
        root = self.root
        for id_, text in list(self._followed.items()):
            now = None
            with contextlib.suppress(OSError, UnicodeDecodeError):
                now = (root / id_).read_bytes().decode() if root is not None else None
            if now == text:
                continue
            self._followed[id_] = now
            if now is None:
                self.removed.emit(id_)
            else:
                self.request_changed.emit(id_)

    def _watch_files(self) -> None:
        root = self.root
        if root is not None:
            self._watch.watch_files([root / id_ for id_ in self._followed])

    def _stop_scan(self) -> None:
        if self._scan is not None:
            self._scan.cancel()
            self._scan = None
        self._wants_scan = False
