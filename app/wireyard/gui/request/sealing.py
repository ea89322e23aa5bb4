"""What was typed as secret into Auth becomes secret variables before a file is written: their values are kept first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.secrecy.keeper import SecretKeeper
from wireyard.gui.secrets import Secrets
from wireyard.workspace.auth_secrets import Sealed, sealed, unsealed

Then = Callable[[], object]


class Sealing(QObject):
    """``failed`` carries why a value could not be kept; ``place_wanted`` what is to run once there is a place."""

    failed = Signal(str)
    place_wanted = Signal(object)

    def __init__(self, secrets: Secrets, draft: LevelDraft[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._keeper = SecretKeeper(secrets, self)
        self._unkept: Sealed | None = None
        self._keeper.failed.connect(self._on_failed)
        self._keeper.place_wanted.connect(self._on_place_wanted)

    @property
    def is_due(self) -> bool:
        """Whether something secret stands in the draft."""
        return bool(self._sealed().values)

    def seal(self, item: str, then: Then) -> None:
        """Keep the values for the file ``item``, put variables in their place, and then go on.

        Where they can't be kept all stays as it is, and nothing goes on.
        """
        made = self._sealed()

        def done() -> None:
            if self._sealed().values != made.values:
                self.seal(item, then)  # somebody typed on meanwhile
                return
            self._take(made)
            then()

        self._keep(item, dict(made.values), done)

    def seal_new(self, create: Callable[[], str]) -> str:
        """The same for a file that has no id yet: ``create`` writes it and answers its id, as this does, and may raise.

        A value that can't be kept stands in the draft again, which is to be saved once more.
        """
        made = self._sealed()
        before = self._draft.edited
        self._take(made)
        try:
            item = create()
        except BaseException:
            self._draft.change(auth=before.auth, variables=before.variables)
            raise
        if made.values:
            self._unkept = made
            self._keep(item, dict(made.values), self._settle)
        return item

    def _settle(self) -> None:
        made, self._unkept = self._unkept, None
        if made is not None and self._draft.edited.auth == unsealed(made.auth, made.values):
            self._draft.change(auth=made.auth)

    def _restore(self) -> None:
        made = self._unkept
        if made is not None and self._draft.edited.auth == made.auth:
            self._draft.change(auth=unsealed(made.auth, made.values))

    @Slot(str)
    def _on_failed(self, fault: str) -> None:
        self._restore()
        self._unkept = None
        self.failed.emit(fault)

    @Slot(object)
    def _on_place_wanted(self, keep: Then) -> None:
        self._restore()
        self.place_wanted.emit(keep)

    def _keep(self, item: str, values: dict[str, str], then: Then) -> None:
        from wireyard.workspace.variables.scope import level_key

        if not values:
            then()
            return
        name, value = next(iter(values.items()))
        rest = {other: each for other, each in values.items() if other != name}
        self._keeper.keep(level_key(item), name, value, lambda: self._keep(item, rest, then))

    def _take(self, made: Sealed) -> None:
        if made.values:
            self._draft.change(auth=made.auth, variables=made.variables)

    def _sealed(self) -> Sealed:
        edited = self._draft.edited
        return sealed(edited.auth, edited.variables)
