"""Keeps the values of secrets for a pane, and has it ask where to, once, on a machine that has no place yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from wireyard.gui.secrets import Secrets


class SecretKeeper(QObject):
    """``failed`` carries why a value could not be kept; ``place_wanted`` what is to run once there is a place."""

    failed = Signal(str)
    place_wanted = Signal(object)

    def __init__(self, secrets: Secrets, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._secrets = secrets

    def keep(self, key: str, name: str, value: str, then: Callable[[], object]) -> None:
        """Keep a value, or with an empty one forget it; ``then`` runs when that is done, and not otherwise."""

        def done(fault: str) -> None:
            if not isValid(self):
                return  # the pane is closed by now
            if not fault:
                then()
            elif self._secrets.place in ("absent", "locked"):
                self.place_wanted.emit(again)
            else:
                self.failed.emit(fault)

        def again() -> None:
            self._secrets.keep(key, name, value, done)

        again()
