"""The secrets of the open workspace as the window has them: fetched on a worker, kept in memory while it is open.

A keyring may be slow and may ask the person, so nothing here waits for it. Where there is none the person chooses once:
for this session only, or an encrypted file behind a passphrase.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wireyard.gui.jobs import Job, Jobs
from wireyard.settings.profile import Profile

if TYPE_CHECKING:
    from wireyard.session.vault import Vault
    from wireyard.workspace.secrets.store import SecretStore

# absent: no keyring, and nobody has chosen yet; locked: there is an encrypted file and no passphrase yet.
Place = Literal["unknown", "keyring", "session", "encrypted", "absent", "locked"]
Said = Callable[[str], None]

_Key = tuple[str, str]
_Move = tuple[_Key, _Key]


class _Loaded(NamedTuple):
    """What a worker found; ``moved_from`` is the folder in which a workspace was that lacks a value here."""

    vault: Vault | None
    place: Place
    values: dict[_Key, str | None]
    fault: str = ""
    moved_from: str = ""


class Secrets(QObject):
    """Values by the key of an environment or level, and name. ``changed`` follows whatever becomes known or is kept.

    ``found_locked`` tells, once, that values are in the encrypted file, whose passphrase nobody has given yet;
    ``unlock_wanted`` asks for it at once, where somebody does what needs a value. ``found_moved`` tells, once, that one
    is missing and that the workspace was in another folder, whose secrets can be taken over.
    """

    changed = Signal()
    found_locked = Signal()
    unlock_wanted = Signal()
    found_moved = Signal(str)
    noticed = Signal(str)

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._jobs = Jobs(self)
        self._lock = threading.Lock()
        self._root: Path | None = None
        self._vault: Vault | None = None
        self._place: Place = "unknown"
        self._label = ""
        self._values: dict[_Key, str | None] = {}
        self._wanted: set[_Key] = set()
        self._load: Job | None = None
        self._changes: deque[Callable[[], None]] = deque()
        self._is_changing = False
        # What follows items that were moved, and waits for the passphrase of the encrypted file.
        self._waiting: list[_Move] = []
        self._has_asked = False
        self._has_told_of_move = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._on_soon)

    @property
    def place(self) -> Place:
        """Where values are kept."""
        return self._place

    @property
    def label(self) -> str:
        """The same in words that go on from “Kept in”; empty while nothing is chosen."""
        return self._label

    @property
    def is_loading(self) -> bool:
        """Whether a value that was asked for may still come."""
        return bool(self._wanted) and self._place not in ("absent", "locked")

    def open(self, root: Path) -> None:
        """Turn to another workspace; what was known of the last one is forgotten."""
        self._cancel_load()
        self._root = root
        self._vault = None
        self._values.clear()
        self._wanted.clear()
        self._waiting.clear()
        self._has_asked = False
        self._has_told_of_move = False
        if self._place != "session":
            self._place = "unknown"

    def values(self) -> tuple[str, ...]:
        """All values that are known, for hiding them in whatever leaves the program."""
        return tuple(value for value in self._values.values() if value)

    def lookup(self, key: str, name: str) -> str | None:
        """The value, None where there is none or it is not here yet: `changed` tells."""
        found = self._values.get((key, name))
        if found is None and (key, name) not in self._values:
            self.want([(key, name)])
        return found

    def want(self, keys: Iterable[_Key]) -> None:
        """Fetch these soon."""
        missing = {key for key in keys if key not in self._values}
        if missing - self._wanted:
            self._wanted |= missing
            self._soon.start(0)

    @Slot()
    def forget_missing(self) -> None:
        """Ask again for what had no value: the keyring may have been unlocked meanwhile."""
        self._values = {key: value for key, value in self._values.items() if value is not None}

    def keep(self, key: str, name: str, value: str, done: Said) -> None:
        """Keep a value, or with an empty one forget it; ``done`` gets what went wrong, empty for nothing."""
        self._change(lambda vault: vault.keep(key, name, value), {(key, name): value or None}, done)

    def move(self, old: str, new: str, names: Iterable[str], done: Said) -> None:
        """Follow an environment that has another id now."""
        kept = list(names)
        if not kept:
            done("")
            return
        known = {(new, name): self._values.get((old, name)) for name in kept if (old, name) in self._values}
        self._change(lambda vault: vault.move(old, new, kept), known, done, keeps=False)

    def follow(self, old: str, new: str, names: Mapping[str, Iterable[str]]) -> None:
        """Take along the secrets of an item that has another id now, and of all that is in it.

        ``names`` are those that the files name, by the id of an item before. What was typed for a draft is known here.
        """
        from wireyard.workspace.variables.scope import level_key

        first, last = level_key(old), level_key(new)
        found = {(level_key(id_), name) for id_, each in names.items() for name in each}
        inside = f"{first}/"
        found |= {key for key, value in self._values.items() if value and f"{key[0]}/".startswith(inside)}
        if old != new and found:
            self._move_all([((key, name), (last + key[len(first) :], name)) for key, name in sorted(found)])

    def use_session(self) -> None:
        """Keep secrets in memory, until the program ends."""
        from wireyard.workspace.secrets.store import MemoryStore

        self._take(MemoryStore(), "session")

    def use_encrypted(self, passphrase: str, done: Said) -> None:
        """Open the encrypted file, or make it; ``done`` gets what went wrong, empty for nothing."""
        profile = self._profile

        def work(_job: Job) -> tuple[SecretStore | None, str]:
            from wireyard.session.vault import encrypted_store
            from wireyard.workspace.secrets.errors import SecretError

            try:
                return encrypted_store(profile, passphrase), ""
            except SecretError as error:
                return None, str(error)

        def opened(answer: tuple[SecretStore | None, str]) -> None:
            store, fault = answer
            if store is not None:
                self._take(store, "encrypted")
            done(fault)

        self._jobs.start("secrets", work, opened)

    def take_over(self, old: str) -> None:
        """Use the secrets that belong to the folder in which this workspace was before."""
        from wireyard.session.vault import workspace_ids
        from wireyard.workspace.secrets.errors import SecretError

        if self._root is None or self._vault is None:
            return
        try:
            workspace_ids(self._profile).take_over(self._root, old)
        except SecretError as error:
            self.noticed.emit(str(error))
            return
        self._take(self._vault.store, self._place)

    def shut_down(self) -> None:
        """Forget everything and stop."""
        self._soon.stop()
        self._changes.clear()
        self._values.clear()
        self._jobs.stop()

    @Slot()
    def _on_soon(self) -> None:
        if self._root is None or self._load is not None or not self._wanted:
            return
        if self._place == "locked":
            self._ask()
        elif self._place != "absent":
            self._start_load()

    def _ask(self) -> None:
        if not self._has_asked:
            self._has_asked = True
            self.found_locked.emit()

    def _start_load(self) -> None:
        wanted, root, lock = set(self._wanted), self._root, self._lock
        vault, profile, place = self._vault, self._profile, self._place
        assert root is not None

        def work(_job: Job) -> _Loaded:
            from wireyard.session.vault import workspace_ids
            from wireyard.workspace.secrets.errors import SecretError

            with lock:
                try:
                    opened, where = (vault, place) if vault is not None else _open(profile, root, place)
                    if opened is None:
                        return _Loaded(None, where, {})
                    values = {key: opened.value(*key) for key in wanted}
                    old = workspace_ids(profile).moved_from(root) if None in values.values() else None
                    return _Loaded(opened, where, values, moved_from=old or "")
                except SecretError as error:
                    return _Loaded(vault, place, dict.fromkeys(wanted), fault=str(error))

        self._load = self._jobs.start("secrets", work, self._on_loaded)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._load = None
        self._vault, self._place = loaded.vault, loaded.place
        self._label = loaded.vault.store.label if loaded.vault is not None else ""
        self._values.update(loaded.values)
        self._wanted -= loaded.values.keys()
        if loaded.fault:
            self.noticed.emit(loaded.fault)
        self.changed.emit()
        if loaded.moved_from and not self._has_told_of_move:
            self._has_told_of_move = True
            self.found_moved.emit(loaded.moved_from)
        if self._wanted:
            self._soon.start(0)

    def _take(self, store: SecretStore, place: Place) -> None:
        from wireyard.session.vault import vault_of
        from wireyard.workspace.secrets.errors import SecretError

        if self._root is None:
            return
        self._cancel_load()
        try:
            self._vault = vault_of(self._profile, self._root, lambda: store)
        except SecretError as error:
            self.noticed.emit(str(error))
            return
        self._place, self._label = place, store.label
        self._wanted |= {key for key, value in self._values.items() if value is None}
        for key in self._wanted:
            self._values.pop(key, None)
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._move_all(waiting)
        self.changed.emit()
        self._soon.start(0)

    def _move_all(self, moves: Sequence[_Move]) -> None:
        known: dict[_Key, str | None] = {new: value for old, new in moves if (value := self._values.get(old))}
        self._values.update(known)  # at once, so that nobody sees them missing meanwhile

        def act(vault: Vault) -> None:
            for (key, name), (new, _) in moves:
                vault.move(key, new, [name])

        def done(fault: str) -> None:
            if not fault:
                for old, new in moves:
                    self._values.pop(old, None)
                    if new not in known:
                        self._values.pop(new, None)  # it may have been looked for before it was there
                self.changed.emit()
            elif self._place == "locked":
                self._waiting += moves
                self._ask()
            else:
                self.noticed.emit(fault)

        self._change(act, known, done, keeps=False)

    def _change(
        self, act: Callable[[Vault], None], known: dict[_Key, str | None], done: Said, *, keeps: bool = True
    ) -> None:
        """Do something in the store, after all that was asked for before."""
        root = self._root
        assert root is not None
        self._changes.append(lambda: self._start_change(root, act, known, done, keeps=keeps))
        self._next_change()

    def _next_change(self) -> None:
        if self._changes and not self._is_changing:
            self._is_changing = True
            self._changes.popleft()()

    def _start_change(
        self, root: Path, act: Callable[[Vault], None], known: dict[_Key, str | None], done: Said, *, keeps: bool
    ) -> None:
        is_here = root == self._root  # else another workspace was opened meanwhile
        vault = self._vault if is_here else None
        place: Place = self._place if is_here else "unknown"
        profile, lock = self._profile, self._lock

        def work(_job: Job) -> tuple[Vault | None, Place, str]:
            from wireyard.workspace.secrets.errors import SecretError

            with lock:
                try:
                    opened, where = (vault, place) if vault is not None else _open(profile, root, place)
                    if opened is not None:
                        act(opened)
                        return opened, where, ""
                    if where == "locked":
                        return None, where, "The secrets are locked: their passphrase is needed first."
                    return None, where, "There is nowhere to keep a secret yet." if keeps else ""
                except SecretError as error:
                    return vault, place, str(error)

        def changed(answer: tuple[Vault | None, Place, str]) -> None:
            self._is_changing = False
            opened, where, fault = answer
            if root == self._root:
                if self._vault is None:
                    self._vault, self._place = opened, where
                if not fault:
                    self._values.update(known)
                    self._label = self._vault.store.label if self._vault is not None else ""
                    self.changed.emit()
            done(fault)
            self._next_change()

        self._jobs.start("secrets", work, changed)

    def _cancel_load(self) -> None:
        if self._load is not None:
            self._load.cancel()
            self._load = None


def _open(profile: Profile, root: Path, place: Place) -> tuple[Vault | None, Place]:
    """Find where the secrets are (worker). Raises `SecretError`."""
    from wireyard.session.vault import has_encrypted_store, vault_of
    from wireyard.workspace.secrets.keyring_store import KeyringStore
    from wireyard.workspace.secrets.store import MemoryStore

    store: SecretStore | None = MemoryStore() if place == "session" else KeyringStore.find()
    if store is None:
        return None, "locked" if has_encrypted_store(profile) else "absent"
    return vault_of(profile, root, lambda: store), "session" if place == "session" else "keyring"
