"""Where something that is dragged over the tree would land."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData, QRect

from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_rows import TreeRow

ITEMS_MIME = "application/x-wireyard-items"
MESSAGE_MIME = "application/x-wireyard-message"


@dataclass(frozen=True, slots=True)
class DropPlace:
    """In ``parent`` (a key, empty for the workspace) in front of ``before``, at the end without it.

    The line is drawn at ``line_y``; without one the whole row ``parent`` is outlined.
    """

    parent: str
    before: str | None
    line_y: int | None = None
    depth: int = 0


def mime_of(rows: Sequence[TreeRow]) -> QMimeData:
    """What is dragged: the rows, and for a single message what the composer takes."""
    data = QMimeData()
    data.setData(ITEMS_MIME, QByteArray(json.dumps([row.key for row in rows]).encode()))
    first = rows[0]
    if len(rows) == 1 and first.kind == "message":
        message = {"request": first.id, "index": first.message}
        data.setData(MESSAGE_MIME, QByteArray(json.dumps(message).encode()))
    return data


def keys_in(data: QMimeData) -> list[str]:
    """The keys of the rows that are dragged."""
    if not data.hasFormat(ITEMS_MIME):
        return []
    return [str(key) for key in json.loads(bytes(data.data(ITEMS_MIME).data()))]


def drop_place(model: TreeModel, keys: Sequence[str], over: TreeRow | None, box: QRect, y: int) -> DropPlace | None:
    """Where these rows would go when dropped at ``y`` on the row ``over`` (None: below the last), None for nowhere."""
    rows = [row for key in keys if (row := model.row_of(key)) is not None]
    if not rows or len(rows) != len(keys):
        return None
    kinds = {row.kind for row in rows}
    if kinds == {"message"}:
        return _message_place(model, rows, over, box, y)
    if "message" in kinds or (len(kinds) > 1 and "collection" in kinds):
        return None
    place = _collection_place(model, over, box, y) if kinds == {"collection"} else _item_place(model, over, box, y)
    if place is None or _is_inside(model, place.parent, keys):
        return None
    return place


def _collection_place(model: TreeModel, over: TreeRow | None, box: QRect, y: int) -> DropPlace | None:
    if over is None:
        return DropPlace("", None, box.bottom() + 1)
    if over.kind != "collection":
        return None
    return _beside(model, over.key, "", box, y)


def _item_place(model: TreeModel, over: TreeRow | None, box: QRect, y: int) -> DropPlace | None:
    if over is None or over.is_broken:
        return None
    if over.kind == "message":
        return None
    parent = model.parent_key(over.key)
    if over.kind == "request":
        return _beside(model, over.key, parent, box, y)
    edge = box.height() // 4
    if over.kind == "folder" and (y < box.top() + edge or y > box.bottom() - edge):
        return _beside(model, over.key, parent, box, y)
    return DropPlace(over.key, None)


def _message_place(
    model: TreeModel, rows: Sequence[TreeRow], over: TreeRow | None, box: QRect, y: int
) -> DropPlace | None:
    # Messages are put in order; into another request they are copied by hand, where their variables are at hand.
    request = rows[0].id
    if over is None or over.kind != "message" or over.id != request or any(row.id != request for row in rows):
        return None
    return _beside(model, over.key, request, box, y)


def _beside(model: TreeModel, key: str, parent: str, box: QRect, y: int) -> DropPlace:
    depth = model.depth(model.index_of(key))
    if y < box.center().y():
        return DropPlace(parent, key, box.top(), depth)
    siblings = model.sibling_keys(key)
    at = siblings.index(key) + 1
    return DropPlace(parent, siblings[at] if at < len(siblings) else None, box.bottom() + 1, depth)


def _is_inside(model: TreeModel, parent: str, keys: Sequence[str]) -> bool:
    """Whether a row would be put into itself."""
    while parent:
        if parent in keys:
            return True
        parent = model.parent_key(parent)
    return False
