"""Random ids for workspaces, kept in the profile: what a secret belongs to.

An id that stood in a file of the workspace could be copied, and the copy would reach the secrets of the original.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec

from wireyard.workspace.secrets.errors import SecretError
from wireyard.workspace.secrets.turns import one_at_a_time


class WorkspaceIds:
    """The file that names an id for each workspace's folder. ``write`` replaces a file as a whole."""

    def __init__(self, path: Path, write: Callable[[Path, bytes], None]) -> None:
        self._path = path
        self._write = write

    def id_of(self, root: Path) -> str:
        """The id of the workspace in this folder, a new one the first time. Raises `SecretError`."""
        folder = os.path.normcase(os.path.realpath(root))
        ids = self._read()
        if folder not in ids:
            with one_at_a_time(self._path):
                ids = self._read()
                if folder not in ids:
                    ids[folder] = secrets.token_hex(16)
                    self._keep(ids)
        return ids[folder]

    def _keep(self, ids: dict[str, str]) -> None:
        try:
            self._write(self._path, msgspec.json.format(msgspec.json.encode(ids)) + b"\n")
        except OSError as error:
            raise SecretError(f"{self._path} can't be written: {error.strerror or error}.") from error

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SecretError(f"{self._path} can't be read: {error.strerror or error}.") from error
        except msgspec.DecodeError as error:
            raise SecretError(f"{self._path} is damaged: without it no secret can be found. Put it back.") from error
