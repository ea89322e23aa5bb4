"""The secrets among the variables of a request, folder or collection: marked in the draft, kept on this machine.

A value is kept at once, before its row is marked, so that it is never lost; the mark goes into the file with Save.
What was deleted is forgotten when the file no longer names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from wireyard.gui.request.grid_model import GridModel
from wireyard.gui.request.rules import variable_fault
from wireyard.gui.request.secret_row import SecretRow
from wireyard.gui.secrecy.keeper import SecretKeeper
from wireyard.gui.secrets import Secrets
from wireyard.workspace.model import Field, Variable


class SecretRows(QObject):
    """``item`` answers the id of what they belong to, empty while it has no file.

    ``said`` carries a sentence, and whether it is about something that did not work; ``place_wanted`` what is to run
    once there is a place for secrets.
    """

    said = Signal(str, bool)
    place_wanted = Signal(object)

    def __init__(self, secrets: Secrets, item: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._secrets = secrets
        self._item = item
        self._model: GridModel | None = None
        self._shown: set[str] = set()
        self._deleted: set[str] = set()
        self._forgotten: dict[str, str] = {}
        self._keeper = SecretKeeper(secrets, self)
        self._keeper.failed.connect(self._on_failed)
        self._keeper.place_wanted.connect(self.place_wanted)
        secrets.changed.connect(self._on_changed)

    def attach(self, model: GridModel) -> None:
        """Do what a person wants in the rows of ``model``."""
        self._model = model
        model.secret_wanted.connect(self._on_wanted)
        model.secret_typed.connect(self._on_typed)
        model.secret_renamed.connect(self._on_renamed)

    # What the grid asks.

    @property
    def missing_words(self) -> str:
        return self.tr("Locked") if self._secrets.place == "locked" else self.tr("No value here yet")

    def has_value(self, name: str) -> bool:
        return bool(self._value(name))

    def revealed(self, name: str) -> str | None:
        return self._value(name) if name in self._shown else None

    def toggle_reveal(self, name: str) -> None:
        if self._secrets.place == "locked":
            self.place_wanted.emit(lambda: None)
        elif self.has_value(name):
            self._shown ^= {name}
            self._on_changed()

    # What the draft says.

    def note(self, before: Mapping[str, Variable], after: Mapping[str, Variable]) -> None:
        """Rows were changed: what was deleted may have to be forgotten, or is there again."""
        self._deleted |= {name for name, each in before.items() if each.secret} - after.keys()
        self._deleted -= after.keys()
        for name in [name for name in self._forgotten if name in after and after[name].secret]:
            self._keeper.keep(self._key(), name, self._forgotten.pop(name), self._on_changed)

    def settle(self, saved: Mapping[str, Variable], edited: Mapping[str, Variable]) -> None:
        """Forget what neither the file nor the draft names any more."""
        self._deleted -= edited.keys()
        for name in self._deleted - saved.keys():
            self._deleted.discard(name)
            value = self._value(name)
            if value:
                self._forgotten[name] = value
                self._secrets.keep(self._key(), name, "", _ignored)

    # What a person wants.

    @Slot(int)
    def _on_wanted(self, at: int) -> None:
        row = self._rows()[at]
        if isinstance(row, SecretRow):
            self._make_plain(at, row)
        elif not row.name:
            self.said.emit(self.tr("Give the variable a name first."), True)
        elif self._can_keep(row.name):
            value = row.value or self._value(row.name)
            if value:
                self._keeper.keep(self._key(), row.name, value, lambda: self._mark(row))
            else:
                self._mark(row)

    @Slot(int, str)
    def _on_typed(self, at: int, text: str) -> None:
        row = self._rows()[at]
        if self._can_keep(row.name):
            self._shown.discard(row.name)
            self._keeper.keep(self._key(), row.name, text, lambda: self._kept(row))

    @Slot(int, str)
    def _on_renamed(self, at: int, name: str) -> None:
        row = self._rows()[at]
        value = "" if any(other.name == name for other in self._rows()) else self._value(row.name)
        if not value:
            self._put(row, replace(row, name=name))
        elif self._can_keep(name):
            self._keeper.keep(self._key(), name, value, partial(self._put, row, replace(row, name=name)))

    # ------------------------------------------------------------------------------------------------------- internals

    def _mark(self, row: Field) -> None:
        """The value is kept: now it goes out of the row, and out of what could be undone."""
        if self._put(row, SecretRow(name=row.name, off=row.off, note=row.note), forgets=True) and row.value:
            words = self.tr("Kept in {0}. Where the file was shared before, its history still has the old value.")
            self.said.emit(words.format(self._secrets.label), False)

    def _make_plain(self, at: int, row: SecretRow) -> None:
        had_value = bool(row.value) or self.has_value(row.name)
        self._shown.discard(row.name)
        if self._model is not None:
            self._model.put(at, Field(name=row.name, off=row.off, note=row.note))
        if had_value:
            words = self.tr("The secret value of “{0}” was not written to the file. Type a value.")
            self.said.emit(words.format(row.name), False)

    def _kept(self, row: Field) -> None:
        self._put(row, replace(row, value=""), forgets=bool(row.value))
        self._on_changed()

    def _put(self, row: Field, after: Field, *, forgets: bool = False) -> bool:
        """Put another row in the place of one, wherever that is by now; whether it is there still."""
        at = next((at for at, each in enumerate(self._rows()) if each == row), None)
        if at is None or self._model is None:
            return False
        self._model.put(at, after, forgets=forgets)
        return True

    def _can_keep(self, name: str) -> bool:
        """Whether a value can be kept under this name; why not is said."""
        fault = variable_fault(Field(name=name))
        words = fault.words if fault is not None else ""
        if not self._item():
            words = self.tr("Save the request first: what is secret is kept for its file.")
        self.said.emit(words, True)
        return not words

    def _value(self, name: str) -> str:
        key = self._key()
        return (self._secrets.lookup(key, name) if key and name else None) or ""

    def _key(self) -> str:
        from wireyard.workspace.variables.scope import level_key

        item = self._item()
        return level_key(item) if item else ""

    def _rows(self) -> tuple[Field, ...]:
        return self._model.rows if self._model is not None else ()

    @Slot(str)
    def _on_failed(self, fault: str) -> None:
        self.said.emit(fault, True)

    @Slot()
    def _on_changed(self) -> None:
        if self._model is not None:
            self._model.refresh_secrets()


def _ignored(_fault: str) -> None:
    """What could not be forgotten is in a place that can't be reached: nothing in a file names it any more."""
