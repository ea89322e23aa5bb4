"""Which requests use which variables, and which names nobody defines."""

from __future__ import annotations

from wireyard.gui.environments.usage import Usage, find_usage
from wireyard.workspace.model import Field, FolderFile, RequestFile, SavedMessage, Variable
from wireyard.workspace.tree import Item, Tree

FILES: dict[str, RequestFile | FolderFile] = {
    "c": FolderFile(variables={"team": Variable(value="x")}, headers=(Field(name="A", value="{{team}}"),)),
    "c/a": RequestFile(url="wss://{{host}}/{{team}}?{{$uuid}}", messages=(SavedMessage(name="m", body="{{id}}"),)),
    "c/b": RequestFile(url=r"wss://{{host}}/\{{escaped}}", headers=(Field(name="T", value="{{id}}{{once}}"),)),
}
TREE = Tree(
    name="w",
    items=(
        Item(
            id="c",
            kind="collection",
            name="c",
            children=(
                Item(id="c/a", kind="request", name="a"),
                Item(id="c/b", kind="request", name="b"),
                Item(id="c/broken", kind="request", name="broken"),
            ),
        ),
    ),
)


def usage() -> Usage:
    return find_usage(TREE, lambda item: FILES.get(item.id), lambda: None, lambda: False)


def test_every_text_of_a_request_counts_and_each_request_once() -> None:
    assert usage().count("host") == 2
    assert usage().count("id") == 2
    assert usage().count("escaped") == 0


def test_names_without_a_value_come_by_how_often_they_are_wanted() -> None:
    assert usage().undefined({"host"}) == [("id", 2), ("once", 1)]


def test_a_search_that_is_cancelled_reads_no_more() -> None:
    assert find_usage(TREE, lambda item: FILES.get(item.id), lambda: None, lambda: True) == Usage()
