"""What a place for secrets can do, and the one that forgets everything."""

from __future__ import annotations

from typing import Protocol

import msgspec


class SecretKey(msgspec.Struct, frozen=True):
    """Which secret. ``workspace`` is a random id from the profile, so that a folder from elsewhere reaches none.

    ``environment`` is an environment's id, or the key of a request or folder; ``name`` is the variable's.
    """

    workspace: str
    environment: str
    name: str

    @property
    def text(self) -> str:
        """The same in one line. No id has a slash in it and no name either, so two keys never look the same."""
        return f"{self.workspace}/{self.environment}/{self.name}"


class SecretStore(Protocol):
    """Keeps secrets. May be slow and may ask the person: never called on the GUI thread. Raises `SecretError`."""

    @property
    def label(self) -> str:
        """Where values are kept, in words that go on from “Kept in”."""
        ...

    def get(self, key: SecretKey) -> str | None: ...
    def set(self, key: SecretKey, value: str) -> None: ...
    def delete(self, key: SecretKey) -> None: ...


class MemoryStore:
    """Keeps secrets until the program ends."""

    def __init__(self) -> None:
        self._values: dict[SecretKey, str] = {}

    @property
    def label(self) -> str:
        """See `SecretStore`."""
        return "memory, for this session only"

    def get(self, key: SecretKey) -> str | None:
        """The value, or None."""
        return self._values.get(key)

    def set(self, key: SecretKey, value: str) -> None:
        """Keep a value."""
        self._values[key] = value

    def delete(self, key: SecretKey) -> None:
        """Forget a value; it need not be there."""
        self._values.pop(key, None)
