"""Random ids for workspaces, kept in the profile: what a secret belongs to.

An id that stood in a file of the workspace could be copied, and the copy would reach the secrets of the original. A
folder that was moved is known again by its place on the disk; even then it gets the secrets only when a person says so.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from wireyard.workspace.secrets.errors import SecretError
from wireyard.workspace.secrets.turns import one_at_a_time


class _Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A folder's id; the ids of where it was before; device and number of the folder, 0 where they are not known."""

    id: str
    earlier: tuple[str, ...] = ()
    device: int = 0
    inode: int = 0


class WorkspaceIds:
    """The file that names an id for each workspace's folder. ``write`` replaces a file as a whole."""

    def __init__(self, path: Path, write: Callable[[Path, bytes], None]) -> None:
        self._path = path
        self._write = write

    def ids_of(self, root: Path) -> tuple[str, ...]:
        """The ids of the workspace in this folder: its own, made the first time, and then those that were taken over.

        Raises `SecretError`.
        """
        folder = _named(root)
        known = self._read().get(folder)
        device, inode = _place(folder)
        if known is None or (inode and (known.device, known.inode) != (device, inode)):
            with one_at_a_time(self._path):
                all_known = self._read()
                known = all_known.get(folder) or _Known(id=secrets.token_hex(16))
                all_known[folder] = known = replace(known, device=device, inode=inode)
                self._keep(all_known)
        return (known.id, *known.earlier)

    def moved_from(self, root: Path) -> str | None:
        """The folder that this one was before it was moved or renamed, where that is gone. Raises `SecretError`."""
        folder = _named(root)
        place = _place(folder)
        for other, known in self._read().items():
            if other != folder and known.inode and (known.device, known.inode) == place and not Path(other).exists():
                return other
        return None

    def take_over(self, root: Path, old: str) -> None:
        """Let the workspace in this folder have the secrets of the one that was in ``old``. Raises `SecretError`."""
        self.ids_of(root)
        with one_at_a_time(self._path):
            known = self._read()
            gone, here = known.pop(old, None), known[_named(root)]
            if gone is not None:
                known[_named(root)] = replace(here, earlier=(*here.earlier, gone.id, *gone.earlier))
                self._keep(known)

    def _keep(self, known: dict[str, _Known]) -> None:
        try:
            self._write(self._path, msgspec.json.format(msgspec.json.encode(known)) + b"\n")
        except OSError as error:
            raise SecretError(f"{self._path} can't be written: {error.strerror or error}.") from error

    def _read(self) -> dict[str, _Known]:
        try:
            found = msgspec.json.decode(self._path.read_bytes(), type=dict[str, str | _Known])
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SecretError(f"{self._path} can't be read: {error.strerror or error}.") from error
        except msgspec.DecodeError as error:
            raise SecretError(f"{self._path} is damaged: without it no secret can be found. Put it back.") from error
        return {folder: _Known(id=known) if isinstance(known, str) else known for folder, known in found.items()}


def _named(root: Path) -> str:
    return os.path.normcase(os.path.realpath(root))


def _place(folder: str) -> tuple[int, int]:
    """Device and number of a folder, which it keeps when it is moved on its disk."""
    try:
        found = Path(folder).stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino
