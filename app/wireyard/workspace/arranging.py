"""Making, renaming, copying and moving what is in the tree: one rename of a file is one rename for git.

Each change goes to the disk at once. The order of siblings stands in their parent's file and is written only where the
names don't give it.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from wireyard.workspace import names
from wireyard.workspace.assemble import stem_of
from wireyard.workspace.disk import save_error
from wireyard.workspace.documents import Opened
from wireyard.workspace.errors import FileProblem, WorkspaceError
from wireyard.workspace.files import Files
from wireyard.workspace.listing import COLLECTION_FILE, ENVIRONMENTS, FOLDER_FILE, level_name
from wireyard.workspace.lock import locked
from wireyard.workspace.model import FolderFile, RequestFile
from wireyard.workspace.order import Order
from wireyard.workspace.tree import Item, Tree


def parent_of(item_id: str) -> str:
    """The id of the folder or collection that an item is in, "" for the workspace."""
    return item_id.rpartition("/")[0]


class Arranger:
    """The changes to the tree. ``tree`` gives it as it is now, for names and order."""

    def __init__(self, files: Files, order: Order, tree: Callable[[], Tree]) -> None:
        self._files = files
        self._order = order
        self._tree = tree

    def create_folder(self, parent_id: str, name: str, value: FolderFile) -> str:
        """Make a folder, or a collection when ``parent_id`` is empty."""
        name = names.free_name(name, self._shown(parent_id))
        new_id = self._free_id(parent_id, name, is_folder=True)
        path = f"{new_id}/{level_name(new_id)}"
        opened = Opened(id=new_id, path=path, value=FolderFile(), text="")
        self._files.save(opened, msgspec.structs.replace(value, name=_kept_name(new_id, name)))
        return new_id

    def create_request(self, parent_id: str, name: str, value: RequestFile) -> str:
        """Make a request."""
        if not parent_id:
            raise WorkspaceError("A request needs a collection to be in.")
        name = names.free_name(name, self._shown(parent_id))
        new_id = self._free_id(parent_id, name, is_folder=False)
        opened = Opened(id=new_id, path=new_id, value=RequestFile(), text="")
        self._files.save(opened, msgspec.structs.replace(value, name=_kept_name(new_id, name)))
        return new_id

    def rename(self, item_id: str, name: str) -> str:
        """Call an item something else; its new id. The file is renamed, and says its name only where it must."""
        parent_id, is_folder = parent_of(item_id), self._is_folder(item_id)
        siblings = [item.name for item in self._children(parent_id) if item.id != item_id]
        name = names.free_name(name, siblings)
        new_id = self._free_id(parent_id, name, is_folder=is_folder, besides=item_id)
        opened = self._named_file(item_id, is_folder=is_folder)
        kept = _kept_name(new_id, name)
        if opened is None and kept:
            # It can't be read, so the name can't be written into it.
            self._named_file(item_id, is_folder=is_folder, is_strict=True)
        self._rename_file(item_id, new_id)
        if opened is not None and opened.value.name != kept:
            path = new_id if not is_folder else f"{new_id}/{opened.path.rpartition('/')[2]}"
            moved = msgspec.structs.replace(opened, id=new_id, path=path)
            try:
                self._files.save(moved, msgspec.structs.replace(moved.value, name=kept))
            except WorkspaceError:
                self._rename_file(new_id, item_id)
                raise
        self._order.rename(parent_id, stem_of(item_id), stem_of(new_id))
        return new_id

    def duplicate(self, item_id: str) -> str:
        """Copy an item to right behind itself, with its comments and all; the copy's id."""
        parent_id, is_folder = parent_of(item_id), self._is_folder(item_id)
        item = self._item(item_id)
        name = names.free_name(f"{item.name} copy", self._shown(parent_id))
        new_id = self._free_id(parent_id, name, is_folder=is_folder)
        source, target = self._files.disk.path(item_id), self._files.disk.root / new_id
        try:
            if is_folder:
                shutil.copytree(source, target, symlinks=True)
            else:
                shutil.copy(source, target)
        except OSError as error:
            if is_folder:
                shutil.rmtree(target, ignore_errors=True)
            raise save_error(item_id, error, "copied") from error
        opened = self._named_file(new_id, is_folder=is_folder)
        if opened is not None and opened.value.name != _kept_name(new_id, name):
            self._files.save(opened, msgspec.structs.replace(opened.value, name=_kept_name(new_id, name)))
        siblings = [each for each in self._children(parent_id) if each.id != new_id]
        copy = Item(id=new_id, kind=item.kind, name=name)
        place = next((index for index, each in enumerate(siblings) if each.id == item_id), len(siblings) - 1) + 1
        self._set_order(parent_id, [*siblings[:place], copy, *siblings[place:]])
        return new_id

    def move(self, ids: Sequence[str], parent_id: str, before: str | None) -> list[str]:
        """Put items into a folder, in front of ``before`` or at the end; the new id of each, in the same order.

        What is inside another of them comes along in it.
        """
        tree = self._tree()
        items = [self._item(item_id, tree) for item_id in _outermost(ids)]
        self._check_move(items, parent_id)
        self._order.open(parent_id)  # a parent whose order can't be written refuses before anything is moved
        moved: list[Item] = []
        try:
            for item in items:
                new_id = item.id if parent_of(item.id) == parent_id else self._move_one(item, parent_id)
                moved.append(_at(item, new_id))
        except WorkspaceError:
            for item, there in reversed(list(zip(items, moved, strict=False))):
                if item.id != there.id:
                    with contextlib.suppress(WorkspaceError):
                        self._move_one(there, parent_of(item.id))
            raise
        for item, there in zip(items, moved, strict=True):
            if item.id != there.id:
                self._order.remove(parent_of(item.id), stem_of(item.id))
        gone = {item.id for item in items} | {item.id for item in moved}
        siblings = [item for item in self._children(parent_id) if item.id not in gone]
        place = next((index for index, item in enumerate(siblings) if item.id == before), len(siblings))
        self._order.set(parent_id, [*siblings[:place], *moved, *siblings[place:]])
        became = {old.id: new.id for old, new in zip(items, moved, strict=True)}
        return [_became(each, became) for each in ids]

    def _check_move(self, items: Iterable[Item], parent_id: str) -> None:
        if parent_id and not self._is_folder(parent_id):
            raise WorkspaceError(f"{parent_id} is no folder.")
        for item in items:
            if item.kind == "request" and not parent_id:
                raise WorkspaceError("A request needs a collection to be in.")
            if parent_id == item.id or parent_id.startswith(f"{item.id}/"):
                raise WorkspaceError(f"{item.name} can't be moved into itself.")

    def _move_one(self, item: Item, parent_id: str) -> str:
        is_folder = item.kind != "request"
        new_id = self._free_id(parent_id, stem_of(item.id), is_folder=is_folder)
        opened = self._named_file(item.id, is_folder=is_folder)
        self._rename_file(item.id, new_id)
        path = new_id
        if is_folder:
            path = f"{new_id}/{level_name(new_id)}"
            old = self._files.disk.root / new_id / (COLLECTION_FILE if path.endswith(FOLDER_FILE) else FOLDER_FILE)
            if old.exists():
                self._rename_file(f"{new_id}/{old.name}", path)
        kept = _kept_name(new_id, item.name)
        if opened is not None and opened.value.name != kept:
            moved = msgspec.structs.replace(opened, id=new_id, path=path)
            self._files.save(moved, msgspec.structs.replace(moved.value, name=kept))
        return new_id

    def _rename_file(self, old_id: str, new_id: str) -> None:
        if old_id == new_id:
            return
        disk = self._files.disk
        source, target = (disk.path(parent_of(each)) / each.rpartition("/")[2] for each in (old_id, new_id))
        with locked(disk.root):
            try:
                # Where case does not count, the new name may already be this very file's.
                if target.exists() and not target.samefile(source):
                    raise FileExistsError(errno.EEXIST, f"there is a {target.name} already")
                source.rename(target)
            except OSError as error:
                raise save_error(old_id, error, "moved") from error

    def _named_file(
        self, item_id: str, *, is_folder: bool, is_strict: bool = False
    ) -> Opened[RequestFile] | Opened[FolderFile] | None:
        """The file that can say an item's name; None for one that can't be read."""
        try:
            if is_folder:
                return self._files.open_or_new(f"{item_id}/{level_name(item_id)}", FolderFile, item_id)
            return self._files.open(item_id, RequestFile)
        except FileProblem:
            if is_strict:
                raise
            return None

    def _free_id(self, parent_id: str, name: str, *, is_folder: bool, besides: str = "") -> str:
        """An id for a new name that no file or folder there has, in any spelling."""
        suffix = "" if is_folder else names.REQUEST_SUFFIX
        taken = [entry.name for entry in self._entries(parent_id)]
        own = besides.rpartition("/")[2]
        stems = [each.removesuffix(suffix) for each in taken if each.endswith(suffix) and each != own]
        if is_folder and not parent_id:
            stems.append(ENVIRONMENTS)
        stem = names.file_name(name, stems)
        return f"{parent_id}/{stem}{suffix}" if parent_id else f"{stem}{suffix}"

    def _entries(self, parent_id: str) -> list[Path]:
        try:
            return list(self._files.disk.path(parent_id).iterdir())
        except OSError as error:
            raise save_error(parent_id or str(self._files.disk.root), error) from error

    def _is_folder(self, item_id: str) -> bool:
        return self._files.disk.path(item_id).is_dir()

    def _children(self, parent_id: str) -> tuple[Item, ...]:
        tree = self._tree()
        if not parent_id:
            return tree.items
        parent = tree.find(parent_id)
        return parent.children if parent is not None else ()

    def _shown(self, parent_id: str) -> list[str]:
        return [item.name for item in self._children(parent_id)]

    def _item(self, item_id: str, tree: Tree | None = None) -> Item:
        item = (tree or self._tree()).find(item_id)
        if item is None:
            raise WorkspaceError(f"{item_id} is not there any more.")
        return item

    def _set_order(self, parent_id: str, items: Sequence[Item]) -> None:
        """Keep an order where that is possible; for changes that are good without it, too."""
        try:
            self._order.set(parent_id, items)
        except FileProblem:
            return


def _kept_name(item_id: str, name: str) -> str:
    """What a file has to say of its name: nothing where its own name says it."""
    return "" if names.shown(stem_of(item_id)) == name else name


def _at(item: Item, new_id: str) -> Item:
    """The item in its new place: what is right below the workspace is a collection."""
    kind = item.kind if item.kind == "request" else ("folder" if "/" in new_id else "collection")
    return msgspec.structs.replace(item, id=new_id, kind=kind)


def _became(item_id: str, became: dict[str, str]) -> str:
    """The new id of an item that was moved, or that is in one that was."""
    old = next(old for old in became if item_id == old or item_id.startswith(f"{old}/"))
    return became[old] + item_id[len(old) :]


def _outermost(ids: Sequence[str]) -> list[str]:
    """The ids without those that are inside another one of them."""
    chosen = set(ids)
    unique = list(dict.fromkeys(ids))
    return [each for each in unique if not any(each.startswith(f"{other}/") for other in chosen)]
