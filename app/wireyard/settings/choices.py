"""What was chosen in the palette, newest first, so that it is offered first the next time."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from wireyard.settings.private_file import write_private

MAX_CHOICES = 60


class ChoiceBook:
    """The list and its file. A file that can't be read counts as empty; one that can't be written is left alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys = _read(path)

    @property
    def keys(self) -> tuple[str, ...]:
        """Newest first."""
        return tuple(self._keys)

    def add(self, key: str) -> None:
        """Put a choice at the top. Not being remembered is nothing to interrupt a person for."""
        wanted = [key, *(known for known in self._keys if known != key)][:MAX_CHOICES]
        if wanted != self._keys:
            self._keys = wanted
            with contextlib.suppress(OSError):
                write_private(self._path, msgspec.json.encode(self._keys))


def _read(path: Path) -> list[str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[str])[:MAX_CHOICES]
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return []
