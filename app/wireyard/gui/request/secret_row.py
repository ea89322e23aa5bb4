"""A row of a grid whose value is kept on this machine, and what a grid asks about such values."""

from __future__ import annotations

from typing import Protocol

from wireyard.workspace.model import Field


class SecretRow(Field, frozen=True, kw_only=True):
    """``value`` is empty, but for one that somebody wrote into the file by hand: it stays there, and is not shown."""


class SecretValues(Protocol):
    """The values behind such rows, by name. Asked while painting, so it answers at once."""

    @property
    def missing_words(self) -> str:
        """What stands where there is no value."""
        ...

    def has_value(self, name: str) -> bool:
        """Whether there is one on this machine."""
        ...

    def revealed(self, name: str) -> str | None:
        """The value, while it is shown in clear."""
        ...

    def toggle_reveal(self, name: str) -> None:
        """Show a value in clear, or hide it again."""
        ...
