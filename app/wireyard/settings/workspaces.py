"""Workspaces that were open, newest first, and what a person had chosen in each: kept here and not in their files."""

from __future__ import annotations

from pathlib import Path

import msgspec

from wireyard.settings.private_file import write_private

MAX_WORKSPACES = 30


class KnownWorkspace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One folder, as an absolute path; ``environment`` is the one that was active, ``expanded`` the open tree rows."""

    path: str
    environment: str = ""
    expanded: tuple[str, ...] = ()


class WorkspaceBook:
    """The list and its file. A file that can't be read counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _read(path)

    @property
    def known(self) -> tuple[KnownWorkspace, ...]:
        """Newest first."""
        return tuple(self._known)

    def of(self, root: Path) -> KnownWorkspace:
        """What is known of a folder; a blank entry for a new one."""
        path = str(root)
        return next((each for each in self._known if each.path == path), KnownWorkspace(path=path))

    def keep(self, workspace: KnownWorkspace) -> None:
        """Put an entry at the top, in place of an older one for the same folder. Raises `OSError`."""
        rest = [each for each in self._known if each.path != workspace.path]
        wanted = [workspace, *rest][:MAX_WORKSPACES]
        if wanted != self._known:
            self._known = wanted
            write_private(self._path, msgspec.json.encode(self._known))

    def forget(self, path: str) -> None:
        """Take a folder out of the list; its files stay. Raises `OSError`."""
        self._known = [each for each in self._known if each.path != path]
        write_private(self._path, msgspec.json.encode(self._known))


def _read(path: Path) -> list[KnownWorkspace]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[KnownWorkspace])[:MAX_WORKSPACES]
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return []
