"""Which saved request is meant."""

from __future__ import annotations

import pytest

from wireyard.cli.finding import matching, near, paths
from wireyard.workspace.tree import Item, Tree


def request(item_id: str, name: str) -> Item:
    return Item(id=item_id, kind="request", name=name)


TREE = Tree(
    name="Team",
    items=(
        Item(
            id="Orders",
            kind="collection",
            name="Orders",
            children=(
                Item(
                    id="Orders/Live",
                    kind="folder",
                    name="Live",
                    children=(request("Orders/Live/Updates.ws.yaml", "Updates"),),
                ),
                request("Orders/in-out.ws.yaml", "in/out"),
                request("Orders/Twin.ws.yaml", "Twin"),
                request("Orders/Twin 2.ws.yaml", "Twin"),
                request("Orders/Straße.ws.yaml", "Straße"),
            ),
        ),
    ),
)


def ids(wanted: str) -> list[str]:
    return [item.id for item in matching(TREE, wanted)]


def test_paths_are_the_names_from_the_collection_down() -> None:
    assert [path for path, _ in paths(TREE)] == [
        "Orders/Live/Updates",
        "Orders/in/out",
        "Orders/Twin",
        "Orders/Twin",
        "Orders/Straße",
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        "Orders/Live/Updates",
        "Orders/Live/Updates.ws.yaml",
        "/Orders/Live/Updates/",
        "orders/LIVE/updates",
    ],
)
def test_a_request_is_found_by_names_and_by_its_file(wanted: str) -> None:
    assert ids(wanted) == ["Orders/Live/Updates.ws.yaml"]


def test_a_name_may_have_a_slash_in_it() -> None:
    assert ids("Orders/in/out") == ids("Orders/in-out") == ["Orders/in-out.ws.yaml"]


def test_capitals_and_the_spelling_of_letters_do_not_matter() -> None:
    assert ids("orders/STRASSE") == ["Orders/Straße.ws.yaml"]


def test_two_of_one_name_are_both_meant_and_their_files_tell_them_apart() -> None:
    assert ids("Orders/Twin") == ["Orders/Twin.ws.yaml", "Orders/Twin 2.ws.yaml"]
    assert ids("Orders/Twin.ws.yaml") == ["Orders/Twin.ws.yaml"]
    assert ids("Orders/Twin 2") == ["Orders/Twin 2.ws.yaml"]


def test_what_is_not_there_is_not_found() -> None:
    assert ids("Orders/Live") == ids("") == ids("Updates") == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Orders/Live/Update", "Orders/Live/Updates"),
        ("Order/Live/Updates", "Orders/Live/Updates"),
        ("updates", "Orders/Live/Updates"),
        ("Live/Updates", "Orders/Live/Updates"),
        ("Else/Updats", "Orders/Live/Updates"),
    ],
)
def test_what_it_could_have_been_is_told(wanted: str, found: str) -> None:
    assert near(TREE, wanted)[0] == found


def test_nothing_is_near_to_something_else() -> None:
    assert near(TREE, "ws.example.com:8080/socket") == []
