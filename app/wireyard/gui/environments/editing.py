"""One environment being edited: each change is written at once, secrets go to their place and never into a file."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from wireyard.gui.environments.grid_model import LOCAL, NAME, NOTE, ON, SECRET, SHARED
from wireyard.gui.environments.rows import (
    Files,
    Row,
    name_fault,
    rows_of,
    with_local,
    with_name,
    with_note,
    with_on,
    with_secret,
    with_shared,
    without,
)
from wireyard.gui.environments.store import EnvironmentStore
from wireyard.gui.secrecy.keeper import SecretKeeper
from wireyard.workspace.documents import EnvironmentPair
from wireyard.workspace.errors import Conflict, WorkspaceError
from wireyard.workspace.model import EnvironmentFile

Change = Callable[[Files], Files]


class Editing(QObject):
    """``changed`` follows new rows, ``failed`` carries what is wrong (empty: nothing any more), ``said`` a sentence and
    what undoes it or None; ``place_wanted`` asks for a place for secrets, and runs what it carries once there is one.
    """

    changed = Signal()
    failed = Signal(str)
    said = Signal(str, object)
    place_wanted = Signal(object)

    def __init__(self, store: EnvironmentStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._pair: EnvironmentPair | None = None
        self._id = ""
        self._rows: list[Row] = []
        self._keeper = SecretKeeper(store.secrets, self)
        self._keeper.failed.connect(self.failed)
        self._keeper.place_wanted.connect(self.place_wanted)
        store.changed.connect(self._on_store_changed)

    @property
    def id(self) -> str:
        """The environment's id, empty for none."""
        return self._id

    @property
    def pair(self) -> EnvironmentPair | None:
        """Its files; None where they can't be read."""
        return self._pair

    @property
    def rows(self) -> list[Row]:
        return self._rows

    def open(self, id_: str) -> None:
        """Turn to an environment; empty for none. One that can't be read has a problem and no rows."""
        self._id = id_
        self._pair = None
        fault = ""
        if id_:
            try:
                self._pair = self._store.read(id_)
            except WorkspaceError as error:
                fault = str(error)
        self.failed.emit(fault)
        self._show()

    def has_value(self, name: str) -> bool:
        """Whether a secret has a value on this machine, as far as it is known yet."""
        return bool(self._store.secrets.lookup(self._id, name))

    def secret(self, name: str) -> str:
        """The value of a secret."""
        return self._store.secrets.lookup(self._id, name) or ""

    def change(self, row: Row | None, column: int, value: object) -> None:
        """Do what a person wants in a cell; ``row`` None is the empty one."""
        if column == NAME:
            self._name(row, str(value).strip())
        elif row is None:
            return
        elif column == SECRET:
            self._make_secret(row) if value else self._make_plain(row)
        elif column == LOCAL and row.is_secret:
            self._keep_secret(row.name, str(value), lambda: None)
        else:
            self._write(_change_of(row.name, column, value))

    def add(self, name: str) -> bool:
        """Add a variable without a value; whether there is one of this name now."""
        if any(row.name == name for row in self._rows):
            return True
        return self._write(lambda files: with_name(files, "", name))

    def remove(self, names: list[str]) -> None:
        """Delete variables, with their secrets; it can be undone."""
        pair = self._pair
        if pair is None or not names:
            return
        before = Files(pair.shared.value, pair.local.value)
        secrets = {row.name: self.secret(row.name) for row in self._rows if row.name in names and row.is_secret}
        if not self._write(lambda files: without(files, set(names))):
            return
        for name in secrets:
            self._keep_secret(name, "", lambda: None)

        def undo() -> None:
            if self._id == pair.id and self._write(lambda files: _put_back(files, before, names)):
                for name, value in secrets.items():
                    if value:
                        self._keep_secret(name, value, lambda: None)

        words = self.tr("Deleted “{0}”.") if len(names) == 1 else self.tr("Deleted {0} variables.")
        self.said.emit(words.format(names[0] if len(names) == 1 else len(names)), undo)

    def set_head(self, change: Change) -> bool:
        """Change colour or inheritance."""
        return self._write(change)

    # ------------------------------------------------------------------------------------------------------- internals

    def _name(self, row: Row | None, name: str) -> None:
        old = row.name if row is not None else ""
        if name == old:
            return
        fault = name_fault(name, [other.name for other in self._rows if other.name != old])
        if fault:
            self.failed.emit(fault)
            return
        value = self.secret(old) if row is not None and row.is_secret else ""
        if not value:
            self._write(lambda files: with_name(files, old, name))
            return

        def rename() -> None:
            if self._write(lambda files: with_name(files, old, name)):
                self._keep_secret(old, "", lambda: None)

        self._keep_secret(name, value, rename)

    def _make_secret(self, row: Row) -> None:
        """The value is kept first; only then it goes from the file."""
        value = row.local or row.shared or self.secret(row.name)

        def mark() -> None:
            is_written = self._write(lambda files: with_secret(files, row.name, is_secret=True))
            if is_written and row.shared:
                words = self.tr("Kept in {0}. Where the file was shared before, its history still has the old value.")
                self.said.emit(words.format(self._store.secrets.label), None)

        if value:
            self._keep_secret(row.name, value, mark)
        else:
            mark()

    def _make_plain(self, row: Row) -> None:
        kept = self.has_value(row.name)
        if self._write(lambda files: with_secret(files, row.name, is_secret=False)) and kept:
            self.said.emit(
                self.tr("The secret value of “{0}” was not written to the file. Type a value.").format(row.name), None
            )

    def _keep_secret(self, name: str, value: str, then: Callable[[], None]) -> None:
        id_ = self._id

        def done() -> None:
            if self._id == id_:
                self.failed.emit("")
                then()
                self._show()

        self._keeper.keep(id_, name, value, done)

    def _write(self, change: Change) -> bool:
        pair = self._pair
        if pair is None:
            return False
        try:
            self._pair = self._save(pair, change)
        except WorkspaceError as error:
            self.failed.emit(str(error))
            self._show()
            return False
        self.failed.emit("")
        self._show()
        return True

    def _save(self, pair: EnvironmentPair, change: Change) -> EnvironmentPair:
        try:
            return self._store.save(pair, change(Files(pair.shared.value, pair.local.value)))
        except Conflict:
            # A change of one cell goes on top of whatever the file says now.
            now = self._store.read(pair.id)
            saved = self._store.save(now, change(Files(now.shared.value, now.local.value)))
            self.said.emit(self.tr("The file was changed by something else; your change was added to it."), None)
            return saved

    @Slot()
    def _on_store_changed(self) -> None:
        if not self._id:
            return
        try:
            pair = self._store.read(self._id)
        except WorkspaceError as error:
            if self._pair is not None:
                self._pair = None
                self.failed.emit(str(error))
                self._show()
            return
        if self._pair is None:
            self.failed.emit("")
        self._pair = pair
        self._show()

    def _show(self) -> None:
        pair = self._pair
        self._rows = rows_of(Files(pair.shared.value, pair.local.value)) if pair is not None else []
        self.changed.emit()


def _change_of(name: str, column: int, value: object) -> Change:
    changes: dict[int, Change] = {
        ON: lambda files: with_on(files, name, is_on=bool(value)),
        SHARED: lambda files: with_shared(files, name, str(value)),
        LOCAL: lambda files: with_local(files, name, str(value)),
        NOTE: lambda files: with_note(files, name, str(value)),
    }
    return changes[column]


def _put_back(files: Files, before: Files, names: list[str]) -> Files:
    """The rows that were deleted, where they stood."""
    return Files(_merged(files.shared, before.shared, names), _merged(files.local, before.local, names))


def _merged(now: EnvironmentFile, before: EnvironmentFile, names: list[str]) -> EnvironmentFile:
    old = before.variables
    kept = {name: variable for name, variable in now.variables.items() if name not in names}
    order = [name for name in old if name in kept or name in names] + [name for name in kept if name not in old]
    return replace(now, variables={name: old[name] if name in names else kept[name] for name in order})
