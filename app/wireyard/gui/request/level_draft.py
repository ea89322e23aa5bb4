"""A file of the workspace while it is edited: what it says, what it is to say, and what the disk said meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec.structs import replace

from wireyard.workspace.model import FolderFile, RequestFile

F = TypeVar("F", RequestFile, FolderFile)
Listener = Callable[[frozenset[str]], None]


class LevelDraft(Generic[F]):
    """Listeners hear the names of the fields that changed."""

    def __init__(self, empty: F, saved: F | None = None, edited: F | None = None) -> None:
        self._empty: F = empty
        self._saved: F | None = self._tidy(saved) if saved is not None else None
        self._edited: F = self._tidy(edited if edited is not None else saved if saved is not None else empty)
        self._listeners: list[Listener] = []

    @property
    def saved(self) -> F | None:
        """What the file says, None for what was never saved."""
        return self._saved

    @property
    def edited(self) -> F:
        """What a save would write."""
        return self._edited

    @property
    def is_dirty(self) -> bool:
        """Whether the file says something else."""
        return self._edited != (self._saved if self._saved is not None else self._empty)

    def on_change(self, listener: Listener) -> None:
        """Tell ``listener`` of every change from now on."""
        self._listeners.append(listener)

    def change(self, **values: Any) -> None:
        """Change fields of the file."""
        self._take(self._tidy(replace(self._edited, **values)))

    def revert(self) -> None:
        """Go back to what the file says."""
        self._take(self._saved if self._saved is not None else self._empty)

    def settle(self, saved: F) -> None:
        """The file says this now, and nothing here is newer."""
        self._saved = self._tidy(saved)
        self._take(self._saved, always=True)

    def rebase(self, theirs: F) -> frozenset[str]:
        """The file changed: take what was not edited here. Answers what both sides changed, which is kept as ours."""
        theirs = self._tidy(theirs)
        base = self._saved if self._saved is not None else self._empty
        taken: dict[str, Any] = {}
        contested: set[str] = set()
        for name in _changed(base, theirs):
            ours, new = getattr(self._edited, name), getattr(theirs, name)
            if ours == getattr(base, name):
                taken[name] = new
            elif ours != new:
                contested.add(name)
        self._saved = theirs
        self._take(replace(self._edited, **taken), always=True)
        return frozenset(contested)

    def forget_file(self) -> None:
        """The file is gone: all that is here is new."""
        self._saved = None
        self._take(self._edited, always=True)

    def _tidy(self, file: F) -> F:
        """The form in which both sides are kept."""
        return file

    def _also_changed(self) -> set[str]:
        """What else listeners are told of."""
        return set()

    def _take(self, edited: F, *, always: bool = False) -> None:
        before, self._edited = self._edited, edited
        changed = _changed(before, edited) | self._also_changed()
        if changed or always:
            for listener in list(self._listeners):
                listener(frozenset(changed))


def _changed(before: RequestFile | FolderFile, after: RequestFile | FolderFile) -> set[str]:
    return {name for name in type(after).__struct_fields__ if getattr(before, name) != getattr(after, name)}
