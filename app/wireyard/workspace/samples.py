"""The workspace that a person has before making one: with requests to try, all against the built-in server.

They are files like any others, so they can be changed and deleted; what was deleted stays so, because only a workspace
that was not there is made.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from wireyard.resources import resource_names, resource_path
from wireyard.workspace.errors import SaveError, WorkspaceError
from wireyard.workspace.listing import WORKSPACE_FILE
from wireyard.workspace.workspace import Workspace

COLLECTION: Final = "Local playground"
WORKSPACE_NAME: Final = "My workspace"


def make_default(root: Path) -> bool:
    """Make the workspace in this folder when there is none; whether one was made. Raises `WorkspaceError`.

    The file that makes the folder a workspace comes last: what was begun and cut off is begun again.
    """
    if (root / WORKSPACE_FILE).exists():
        return False
    try:
        _copy(root / COLLECTION)
    except OSError as error:
        raise SaveError(f"The workspace {root} can't be made: {error.strerror or error}.") from error
    try:
        Workspace.create(root, WORKSPACE_NAME)
    except WorkspaceError:
        if not (root / WORKSPACE_FILE).exists():
            raise
        return False  # another process was at it, too
    return True


def _copy(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in resource_names(f"samples/{COLLECTION}", ".yaml"):
        source = resource_path(name)
        with contextlib.suppress(FileExistsError), (folder / source.name).open("xb") as file:
            file.write(source.read_bytes())
