"""What the editor needs of a workspace: its environments, read and written at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wireyard.gui.environments.rows import Files
from wireyard.gui.environments.usage import Usage, find_usage
from wireyard.gui.jobs import Job, Jobs

if TYPE_CHECKING:
    from wireyard.gui.library import Library
    from wireyard.gui.secrets import Secrets
    from wireyard.workspace.documents import EnvironmentPair
    from wireyard.workspace.model import FolderFile, RequestFile
    from wireyard.workspace.tree import EnvironmentLine, Item, Tree
    from wireyard.workspace.workspace import Workspace


class EnvironmentStore(QObject):
    """The environments of the open workspace. ``changed`` follows whatever is others now, from here or outside;
    ``usage_changed`` what is known of the requests' variables. Writing raises `WorkspaceError`."""

    changed = Signal()
    usage_changed = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = Jobs(self)
        self._search: Job | None = None
        self.usage = Usage()
        library.environments_changed.connect(self.changed)
        library.tree_changed.connect(self._on_tree_changed)

    @property
    def lines(self) -> list[EnvironmentLine]:
        """The environments, in order."""
        return list(self._there().environments())

    @property
    def active(self) -> str:
        """The id of the one in use, empty for none."""
        return self._library.active_environment

    @property
    def secrets(self) -> Secrets:
        """Where the values of secrets are."""
        return self._library.secrets

    def read(self, id_: str) -> EnvironmentPair:
        """Both files of an environment. Raises `FileProblem`."""
        return self._there().read_environment(id_)

    def save(self, pair: EnvironmentPair, files: Files) -> EnvironmentPair:
        """Write what changed, and read again what is there now. Raises `WorkspaceError`."""
        workspace = self._there()
        if files.shared != pair.shared.value:
            workspace.save(pair.shared, files.shared)
        if files.local != pair.local.value:
            workspace.save(pair.local, files.local)
        self._library.values_changed()
        return self.read(pair.id)

    def create(self, name: str) -> str:
        """Make an environment; its id."""
        return self._told(self._there().create_environment(name))

    def rename(self, id_: str, name: str) -> str:
        """Call one something else; its new id, under which its secrets are then kept too."""
        names = self._secret_names(id_)
        was_active = self.active == id_
        new = self._there().rename_environment(id_, name)
        if new != id_:
            self.secrets.move(id_, new, names, self._on_secret_moved)
            self._library.environment_renamed.emit(id_, new)
            if was_active:
                self._library.choose_environment(new)
        return self._told(new)

    def duplicate(self, id_: str) -> str:
        """Copy one, with its secrets as far as they are known; the copy's id."""
        new = self._there().duplicate_environment(id_)
        for name in self._secret_names(id_):
            value = self.secrets.lookup(id_, name)
            if value:
                self.secrets.keep(new, name, value, self._on_secret_moved)
        return self._told(new)

    def move(self, id_: str, before: str | None) -> None:
        """Put one in front of another, or at the end."""
        self._there().move_environment(id_, before)
        self._told(id_)

    def delete(self, id_: str) -> Callable[[], None]:
        """Delete one; what is given back undoes that. Its secrets stay until then, in the keyring and not in a file."""
        workspace = self._there()
        was_active = self.active == id_
        deletion = workspace.delete_environment(id_)
        self._told(id_)

        def undo() -> None:
            workspace.restore(deletion)
            if was_active:
                self._library.choose_environment(id_)
            self._told(id_)

        return undo

    def inherited(self, id_: str) -> set[str]:
        """The names that an environment has from those it inherits from."""
        from wireyard.workspace.errors import WorkspaceError

        found: set[str] = set()
        seen = {id_}
        at = self._parent_of(id_)
        while at and at not in seen:
            seen.add(at)
            try:
                pair = self.read(at)
            except WorkspaceError:
                break
            found |= pair.shared.value.variables.keys() | pair.local.value.variables.keys()
            at = pair.shared.value.inherits
        return found

    def find_usage(self) -> None:
        """Look through all requests, on a worker; `usage_changed` tells."""
        tree, workspace = self._library.tree, self._library.workspace
        if tree is None or workspace is None:
            return
        if self._search is not None:
            self._search.cancel()
        self._search = self._jobs.start("usage", lambda job: _search(job, tree, workspace), self._on_found)

    def shut_down(self) -> None:
        """Stop what runs beside the GUI thread."""
        self._jobs.stop()

    def _on_tree_changed(self, _tree: object) -> None:
        if self._search is not None:
            self.find_usage()

    def _on_found(self, usage: Usage) -> None:
        if usage != self.usage:
            self.usage = usage
            self.usage_changed.emit()

    def _on_secret_moved(self, fault: str) -> None:
        if fault:
            self._library.noticed.emit(fault)

    def _secret_names(self, id_: str) -> list[str]:
        from wireyard.workspace.errors import WorkspaceError

        try:
            pair = self.read(id_)
        except WorkspaceError:
            return []
        both = {**pair.shared.value.variables, **pair.local.value.variables}
        return [name for name, variable in both.items() if variable.secret]

    def _parent_of(self, id_: str) -> str:
        return next((line.inherits for line in self.lines if line.id == id_), "")

    def _told(self, id_: str) -> str:
        self._library.values_changed()
        return id_

    def _there(self) -> Workspace:
        workspace = self._library.workspace
        if workspace is None:
            raise RuntimeError("no workspace is open")
        return workspace


def _search(job: Job, tree: Tree, workspace: Workspace) -> Usage:
    from wireyard.workspace.errors import WorkspaceError

    def read(item: Item) -> RequestFile | FolderFile | None:
        try:
            opened = workspace.read_request(item.id) if item.kind == "request" else workspace.read_level(item.id)
        except WorkspaceError:
            return None
        return opened.value

    return find_usage(tree, read, job.breathe, lambda: job.is_cancelled)
