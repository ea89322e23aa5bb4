"""What can go wrong with the files of a workspace, each as one sentence for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from wireyard.workspace.documents import Opened


class Problem(msgspec.Struct, frozen=True):
    """Why a file could not be taken. ``path`` is relative to the workspace; ``line`` counts from 1, 0 is unknown."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{place}: {self.reason}"


class WorkspaceError(Exception):
    """The world failed: ``str()`` says what, where, and what to do."""


class FileProblem(WorkspaceError):  # noqa: N818 - the name of what is told
    """A file can't be read as what it should be. It is never written over."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Conflict(WorkspaceError):  # noqa: N818
    """The file on disk is another than the one that was read. ``theirs`` is that one; None: the file is gone."""

    def __init__(self, path: str, theirs: Opened[Any] | None) -> None:
        what = "was changed" if theirs is not None else "was deleted"
        super().__init__(f"{path} {what} by something else since it was opened here.")
        self.path = path
        self.theirs = theirs


class SaveError(WorkspaceError):
    """Nothing was written, or nothing more: the disk is full, the folder is read-only, or the like."""


class NameFault(WorkspaceError):  # noqa: N818
    """A name that nothing can be called."""
