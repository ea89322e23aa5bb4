"""The tree's model changes only what differs, so that selections, open rows and the place on the screen stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from wireyard.gui.sidebar.tree_model import TreeModel
from wireyard.gui.sidebar.tree_rows import (
    Found,
    TreeRow,
    all_rows,
    badge_of,
    found_in,
    message_key,
    moved_key,
    rows_found,
    rows_of,
)
from wireyard.workspace.errors import Problem
from wireyard.workspace.tree import Hit, Item, MessageLine, Tree

pytestmark = pytest.mark.usefixtures("qapp")


def request(id_: str, *messages: str, url: str = "wss://h") -> Item:
    name = id_.rpartition("/")[2].removesuffix(".ws.yaml")
    lines = tuple(MessageLine(name=each, excerpt=f"<{each}>") for each in messages)
    return Item(id=id_, kind="request", name=name, url=url, messages=lines)


def folder(id_: str, *children: Item) -> Item:
    kind = "folder" if "/" in id_ else "collection"
    return Item(id=id_, kind=kind, name=id_.rpartition("/")[2], children=children)


def tree(*items: Item) -> Tree:
    return Tree(name="T", items=items)


def watched() -> TreeModel:
    model = TreeModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def names(model: TreeModel, parent: QModelIndex | None = None) -> list[object]:
    """Nested: each row's name, followed by the list of its children where it has some."""
    parent = parent if parent is not None else QModelIndex()
    found: list[object] = []
    for place in range(model.rowCount(parent)):
        index = model.index(place, 0, parent)
        found.append(model.data(index))
        if model.hasChildren(index):
            found.append(names(model, index))
    return found


FIRST = tree(folder("A", request("A/one.ws.yaml", "hi", "bye"), folder("A/B", request("A/B/two.ws.yaml"))), folder("C"))


def test_shows_collections_folders_requests_and_messages() -> None:
    model = watched()
    model.show(rows_of(FIRST))
    assert names(model) == ["A", ["one", ["hi", "bye"], "B", ["two"]], "C"]


def test_counts_the_requests_in_all_folders() -> None:
    (first, second) = rows_of(FIRST)
    assert (first.count, second.count) == (2, 0)


def test_rows_that_stay_keep_their_indexes() -> None:
    model = watched()
    model.show(rows_of(FIRST))
    kept = QPersistentModelIndex(model.index_of("A/B/two.ws.yaml"))
    model.show(
        rows_of(
            tree(
                folder("0"),
                folder("A", folder("A/0"), folder("A/B", request("A/B/a.ws.yaml"), request("A/B/two.ws.yaml"))),
            )
        )
    )
    assert kept.isValid()
    assert kept.data() == "two"
    assert names(model) == ["0", "A", ["0", "B", ["a", "two"]]]


def test_a_new_order_moves_rows() -> None:
    model = watched()
    model.show(rows_of(tree(folder("A"), folder("B"), folder("C"))))
    kept = QPersistentModelIndex(model.index_of("C"))
    resets: list[bool] = []
    model.rowsRemoved.connect(lambda: resets.append(True))
    model.show(rows_of(tree(folder("C"), folder("B"), folder("A"))))
    assert kept.row() == 0
    assert resets == []


def test_a_renamed_item_stays_the_same_row() -> None:
    model = watched()
    model.show(rows_of(FIRST))
    kept = QPersistentModelIndex(model.index_of("A/B/two.ws.yaml"))
    model.rekey("A/B", "A/Bees")
    row = model.row_at(kept)
    assert row is not None
    assert row.id == "A/Bees/two.ws.yaml"
    model.show(rows_of(tree(folder("A", folder("A/Bees", request("A/Bees/two.ws.yaml"))))))
    assert kept.isValid()


def test_an_item_can_move_to_another_folder() -> None:
    model = watched()
    model.show(rows_of(tree(folder("A", request("A/x.ws.yaml")), folder("B"))))
    model.rekey("A/x.ws.yaml", "B/x.ws.yaml")
    model.show(rows_of(tree(folder("A"), folder("B", request("B/x.ws.yaml")))))
    assert names(model) == ["A", "B", ["x"]]
    assert model.parent_key("B/x.ws.yaml") == "B"


_names = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)
_trees = st.dictionaries(
    st.sampled_from("ABCD"), st.dictionaries(st.sampled_from("xyz"), _names, max_size=3), max_size=4
)


def _made(shape: dict[str, dict[str, list[str]]]) -> Tree:
    return tree(
        *(
            folder(
                top,
                *(
                    folder(f"{top}/{inner}", *(request(f"{top}/{inner}/{name}.ws.yaml", name) for name in leaves))
                    for inner, leaves in folders.items()
                ),
            )
            for top, folders in shape.items()
        )
    )


@given(st.lists(_trees, min_size=2, max_size=4))
def test_any_tree_can_follow_any_other(shapes: list[dict[str, dict[str, list[str]]]]) -> None:
    model = watched()
    for shape in shapes:
        model.show(rows_of(_made(shape)))
        fresh = TreeModel()
        fresh.show(rows_of(_made(shape)))
        assert names(model) == names(fresh)
        for row in all_rows(rows_of(_made(shape))):
            assert model.row_at(model.index_of(row.key)) == row


def test_says_that_a_request_is_connected_and_has_edits() -> None:
    model = watched()
    model.show(rows_of(FIRST))
    changed: list[str] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.data()))
    model.show_states({"A/one.ws.yaml"}, {"A/one.ws.yaml"})
    text = model.index_of("A/one.ws.yaml").data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "one, request, connected, has unsaved changes, 2 saved messages"
    assert changed == ["one"]


def test_says_where_a_file_cannot_be_read() -> None:
    item = Item(id="A/x.ws.yaml", kind="request", name="x", problem=Problem("A/x.ws.yaml", 3, "a tab"))
    model = watched()
    model.show(rows_of(tree(folder("A", item))))
    index = model.index_of("A/x.ws.yaml")
    assert "A/x.ws.yaml, line 3: a tab" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "can't be read" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_tool_tip_never_takes_a_name_for_markup() -> None:
    model = watched()
    model.show(rows_of(tree(folder("A", request("A/<b>x.ws.yaml")))))
    assert "&lt;b&gt;x" in model.index_of("A/<b>x.ws.yaml").data(Qt.ItemDataRole.ToolTipRole)


def test_a_typed_name_is_asked_for_and_not_taken_by_the_model() -> None:
    model = watched()
    model.show(rows_of(FIRST))
    asked: list[tuple[TreeRow, str]] = []
    model.rename_requested.connect(lambda row, name: asked.append((row, name)))
    index = model.index_of("C")
    assert not model.setData(index, "  ")
    assert not model.setData(index, "C")
    assert model.setData(index, " Z ")
    assert [(row.key, name) for row, name in asked] == [("C", "Z")]
    assert index.data() == "C"


@pytest.mark.parametrize(
    ("url", "badge"),
    [("wss://a", "WSS"), (" HTTPS://a", "WSS"), ("ws://a", "WS"), ("http://a", "WS"), ("{{base}}/x", "–"), ("", "–")],
)
def test_the_badge_is_that_of_the_scheme(url: str, badge: str) -> None:
    assert badge_of(url) == badge


def test_keys_inside_a_moved_item_move_with_it() -> None:
    assert moved_key("A/B/x", "A/B", "C") == "C/x"
    assert moved_key(message_key("A/B", 1), "A/B", "C") == message_key("C", 1)
    assert moved_key("A/Bx", "A/B", "C") is None


def test_a_search_keeps_what_is_above_its_hits() -> None:
    hits = [
        Hit(id="A/B/two.ws.yaml", where="name", text="two", spans=((0, 2),)),
        Hit(id="A/one.ws.yaml", where="payload", text="<bye>", spans=((1, 4),), message="bye", message_index=1),
    ]
    found = found_in(FIRST, hits)
    rows = list(all_rows(rows_found(FIRST, found)))
    assert [row.name for row in rows] == ["A", "one", "bye", "B", "two"]
    assert found["A/B/two.ws.yaml"] == Found(name_spans=((0, 2),))
    assert found[message_key("A/one.ws.yaml", 1)] == Found(text="<bye>", text_spans=((1, 4),))


def test_a_thousand_requests_are_shown_in_an_instant(qapp: QApplication) -> None:
    items = tuple(folder(f"C{c}", *(request(f"C{c}/r{r}.ws.yaml", "a", "b") for r in range(100))) for c in range(10))
    model = TreeModel()
    model.show(rows_of(tree(*items)))
    inserted: list[int] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append(last - first + 1))
    changed = folder("C5", *items[5].children, request("C5/new.ws.yaml"))
    model.show(rows_of(tree(*items[:5], changed, *items[6:])))
    assert inserted == [1]
