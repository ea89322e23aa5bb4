"""A request in a tab and its file: read, saved, and followed while others change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from wireyard.gui.library import Library
from wireyard.gui.request.draft import RequestDraft, without_empty_rows
from wireyard.session.plan.opening import renamed
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import RequestFile, SavedMessage

if TYPE_CHECKING:
    from wireyard.workspace.documents import Levels, Opened

_ENDING = ".ws.yaml"
Messages = tuple[SavedMessage, ...]


class RequestDocument(QObject):
    """``changed`` follows whatever the tab shows of it: the edits, the name, what is inherited.

    ``contested`` says that the file and the tab changed the same fields; ``lost`` that the file is gone, ``found`` that
    it is there again, or was read again without anything to ask; ``unreadable`` why it can't be read now.
    """

    changed = Signal()
    contested = Signal(list)
    lost = Signal()
    found = Signal()
    unreadable = Signal(str)

    def __init__(
        self,
        library: Library,
        id_: str,
        edited: RequestFile | None,
        parent: QObject | None = None,
        *,
        base: RequestFile | None = None,
    ) -> None:
        """``edited`` are edits that were kept, ``base`` is what the file said when they were made."""
        super().__init__(parent)
        self._library = library
        self._id = id_
        self._root = library.root
        self._opened: Opened[RequestFile] | None = None
        self._levels: Levels = ()
        self._is_lost = False
        self._trouble = ""
        self._followed = ""
        self._theirs: RequestFile | None = None
        self._contested: frozenset[str] = frozenset()
        self._base = base
        self._waiting = edited
        self.draft = RequestDraft(None, edited)
        self.draft.on_change(self._on_draft_changed)
        library.opened.connect(self._on_workspace_opened)
        library.request_changed.connect(self._on_file_changed)
        library.moved.connect(self._on_moved)
        library.removed.connect(self._on_removed)
        if library.workspace is not None:
            self._read(edited)

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def id(self) -> str:
        """The request's id in the workspace, empty while it has no file."""
        return self._id

    @property
    def name(self) -> str:
        """What the request is called, empty for an untitled one."""
        if self._opened is not None and self._opened.value.name:
            return self._opened.value.name
        return self._id.rpartition("/")[2].removesuffix(_ENDING)

    @property
    def levels(self) -> Levels:
        """The folders above, from the collection down."""
        return self._levels

    @property
    def has_file(self) -> bool:
        """Whether there is a file to save into."""
        return self._opened is not None and not self._is_lost

    @property
    def is_lost(self) -> bool:
        """Whether its file went away."""
        return self._is_lost

    @property
    def trouble(self) -> str:
        """Why the file could not be read when the tab began; empty where it was read, or is gone."""
        return self._trouble

    @property
    def has_place(self) -> bool:
        """Whether saving can go where the file is, or was: a folder is there, and nothing that can't be read."""
        return self.has_file or (self._is_lost and not self._trouble and bool(self._folder_left()))

    @property
    def is_dirty(self) -> bool:
        """Whether closing the tab would lose something of the request."""
        return self._is_lost or self.draft.is_dirty

    @property
    def theirs(self) -> RequestFile | None:
        """What the file says where both sides changed the same."""
        return self._theirs

    @property
    def base(self) -> RequestFile | None:
        """What the file said when the edits were made, as far as they still have to be compared with it."""
        return self._base if self._theirs is not None else self.draft.saved

    # -------------------------------------------------------------------------------------------------- public methods

    def save(self, *, force: bool = False) -> None:
        """Write the edits into the file. Raises `WorkspaceError`, of which `Conflict` has the other version."""
        if self._is_lost:
            self._make_again()
            return
        if self._opened is None:
            raise RuntimeError("a request without a file is saved with save_as")
        self._adopt(self._library.save(self._opened, self._to_write(self._opened.value), force=force))

    def save_as(self, parent: str, name: str) -> None:
        """Make a file for the request. Raises `WorkspaceError`."""
        id_ = self._library.create_request(parent, name, without_empty_rows(self.draft.edited))
        self._unfollow()
        self._id, self._is_lost, self._trouble, self._root = id_, False, "", self._library.root
        self._adopt(self._library.request(id_))
        self._read_levels()

    def save_copy(self) -> str:
        """Write what stands here into a file of its own beside the other; answers its id. Raises `WorkspaceError`."""
        parent = self._id.rpartition("/")[0]
        return self._library.create_request(parent, self.name, without_empty_rows(self.draft.edited))

    def lose(self) -> None:
        """The file turned out to be gone."""
        if self._id:
            self._on_removed(self._id)

    def read_again(self) -> None:
        """Look at the file, which turned out to be another one than was read."""
        self._read_again()

    def take_theirs(self) -> None:
        """Let go of the edits and show what the file says. Raises `WorkspaceError`."""
        self._adopt(self._library.request(self._id))

    def keep_mine(self) -> None:
        """Go on with the edits; the next save puts them in the place of what the file says."""
        self._theirs = None
        self.found.emit()

    def change_messages(self, change: Callable[[Messages], Messages]) -> None:
        """Change the saved messages, in the file at once where there is one. Raises `WorkspaceError`."""
        if not self.has_file:
            self.draft.change(**_with_messages(self.draft.edited, change))
            return
        opened = self._library.request(self._id)
        changed = _with_messages(opened.value, change)
        saved = self._library.save(opened, replace(opened.value, **changed))
        self._take_from_disk(saved)
        # What is edited here and not saved yet names them too.
        mine = renamed(self.draft.edited.on_open, opened.value.messages, saved.value.messages)
        self.draft.change(on_open=mine)

    def close(self) -> None:
        """Stop following the file."""
        self._unfollow()
        for signal, slot in (
            (self._library.opened, self._on_workspace_opened),
            (self._library.request_changed, self._on_file_changed),
            (self._library.moved, self._on_moved),
            (self._library.removed, self._on_removed),
        ):
            signal.disconnect(slot)

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _on_workspace_opened(self) -> None:
        if self._root is None:
            self._root = self._library.root
            self._read(self._waiting)
        elif self._root != self._library.root and self._id:
            # The file is another workspace's: here it would be another one, or none.
            self._opened = None
            self._id = self._followed = ""
            self._levels = ()
            self.draft.forget_file()
            self.changed.emit()

    @Slot(str)
    def _on_file_changed(self, id_: str) -> None:
        if not self._id:
            return
        if id_ == self._id:
            self._read_again()
        elif self._id.startswith(id_ + "/"):
            self._read_levels()
            self.changed.emit()

    @Slot(str, str)
    def _on_moved(self, old: str, new: str) -> None:
        if self._id != old and not self._id.startswith(old + "/"):
            return
        self._id = new + self._id[len(old) :]
        if self._followed:
            self._followed = self._id  # the library follows it under its new name
        self._read_again()
        self._read_levels()
        self.changed.emit()

    @Slot(str)
    def _on_removed(self, id_: str) -> None:
        if self._id and not self._is_lost and (self._id == id_ or self._id.startswith(id_ + "/")):
            self._is_lost = True
            self.lost.emit()
            self.changed.emit()

    def _on_draft_changed(self, _fields: frozenset[str]) -> None:
        self.changed.emit()

    # ------------------------------------------------------------------------------------------------------- internals

    def _read(self, edited: RequestFile | None) -> None:
        """Read the file for the first time; ``edited`` is what was kept of unsaved edits."""
        if not self._id:
            return
        try:
            opened = self._library.request(self._id)
        except WorkspaceError as error:
            self._is_lost = True
            if self._root is not None and not (self._root / self._id).exists():
                self.lost.emit()
            else:
                self._trouble = str(error)
                self.unreadable.emit(self._trouble)
            self.changed.emit()
            return
        self._adopt(opened)
        if edited is not None:
            self._take_up(edited, opened)
        self._read_levels()
        self.changed.emit()

    def _take_up(self, edited: RequestFile, opened: Opened[RequestFile]) -> None:
        """Go on with edits that were kept: others may have changed the file meanwhile."""
        base = self._base
        if base is not None:
            self.draft.settle(base)
        self.draft.change(**{name: getattr(edited, name) for name in RequestFile.__struct_fields__})
        if base is not None:
            self._take_from_disk(opened)

    def _read_again(self) -> None:
        try:
            opened = self._library.request(self._id)
        except WorkspaceError as error:
            if not self._is_lost:
                self.unreadable.emit(str(error))
            return
        was_lost, self._is_lost = self._is_lost, False
        if self._opened is None:
            self._adopt(opened)
        elif was_lost or opened.text != self._opened.text or opened.id != self._opened.id:
            self._take_from_disk(opened)
        self._read_levels()

    def _take_from_disk(self, opened: Opened[RequestFile]) -> None:
        """The file says something else now: what was not edited here follows it."""
        was_dirty, before = self.draft.is_dirty, self.base
        self._opened = opened
        self._follow(opened)
        contested = self.draft.rebase(opened.value) if was_dirty else frozenset[str]()
        if not was_dirty:
            self.draft.settle(opened.value)
        if self._theirs is not None and was_dirty:
            # A later change of other fields settles nothing about those that are contested already.
            contested |= {name for name in self._contested if self._differs(name, opened.value)}
        self._contested = contested
        if contested:
            self._theirs, self._base = opened.value, before
            self.contested.emit(sorted(contested))
        else:
            self._theirs = None
            self.found.emit()
        self.changed.emit()

    def _differs(self, name: str, theirs: RequestFile) -> bool:
        return getattr(self.draft.edited, name) != getattr(theirs, name)

    def _adopt(self, opened: Opened[RequestFile]) -> None:
        """The file and what stands here are the same now."""
        self._opened = opened
        self._is_lost, self._trouble = False, ""
        self._theirs = None
        self._follow(opened)
        self.draft.settle(opened.value)
        self.found.emit()

    def _make_again(self) -> None:
        """Write a file that went away anew, in its old place as far as that is there."""
        parent = self._folder_left()
        if not parent:
            raise WorkspaceError(self.tr("The folder of this request is gone: save it into another one."))
        self.save_as(parent, self.name)

    def _folder_left(self) -> str:
        """The innermost folder above the file that is there; empty: not even its collection is."""
        parent = self._id.rpartition("/")[0]
        while parent and self._root is not None and not (self._root / parent).is_dir():
            parent = parent.rpartition("/")[0]
        return parent

    def _to_write(self, read: RequestFile) -> RequestFile:
        """The edits as the file is to say them: a query that its author wrote into the url stays where it is."""
        edited, saved = without_empty_rows(self.draft.edited), self.draft.saved
        if saved is None:
            return edited
        if self.draft.edited.path_params == saved.path_params:
            edited = replace(edited, path_params=read.path_params)
        if (edited.url, edited.params) == (saved.url, saved.params):
            return replace(edited, url=read.url, params=read.params)
        return edited

    def _read_levels(self) -> None:
        try:
            self._levels = self._library.levels(self._id) if self._id else ()
        except WorkspaceError:
            self._levels = ()  # the row of the folder says what is wrong with it

    def _follow(self, opened: Opened[RequestFile]) -> None:
        if self._followed != opened.id:
            self._unfollow()
            self._followed = opened.id
            self._library.follow(opened.id, opened.text)

    def _unfollow(self) -> None:
        if self._followed:
            self._library.unfollow(self._followed)
            self._followed = ""


def _with_messages(file: RequestFile, change: Callable[[Messages], Messages]) -> dict[str, Any]:
    """The fields that change with the messages: what is sent on opening follows their names."""
    messages = change(file.messages)
    return {"messages": messages, "on_open": renamed(file.on_open, file.messages, messages)}
