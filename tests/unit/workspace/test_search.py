"""Finding requests by all that is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.workspace.model import RequestFile, SavedMessage
from wireyard.workspace.tree import Hit
from wireyard.workspace.workspace import Workspace


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "space", "Space")
    workspace.create_collection("Börse")
    workspace.create_folder("Börse", "Straße")
    body = '{"op": "subscribe", ' + '"pad": "' + "x" * 400 + '", "channel": "Ticker"}'
    messages = (SavedMessage(name="Subscribe", body=body), SavedMessage(name="Bye", body="ticker off"))
    workspace.create_request("Börse", "Prices", RequestFile(url="wss://{{host}}/v1", notes="Team A", messages=messages))
    return workspace


def find(space: Workspace, text: str) -> list[tuple[str, str, list[str]]]:
    """Where it was found, and what is marked."""
    return [(hit.id, hit.where, _marked(hit)) for hit in space.search(space.scan(), text)]


def _marked(hit: Hit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.spans]


PRICES = "Börse/Prices.ws.yaml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("   ", []),
        ("nothing", []),
        ("BÖR", [("Börse", "name", ["Bör"])]),
        ("strasse", [("Börse/Straße", "name", ["Straße"])]),
        ("rice", [(PRICES, "name", ["rice"])]),
        ("host v1", [(PRICES, "url", ["host", "v1"])]),
        ("team", [(PRICES, "notes", ["Team"])]),
        ("prices team", [(PRICES, "name", ["Prices"]), (PRICES, "notes", ["Team"])]),
        ("subscribe", [(PRICES, "name", ["Subscribe"])]),
        ("ticker", [(PRICES, "payload", ["Ticker"]), (PRICES, "payload", ["ticker"])]),
        ("prices nothing", []),
    ],
)
def test_all_words_have_to_be_there(space: Workspace, text: str, found: list[tuple[str, str, list[str]]]) -> None:
    assert find(space, text) == found


def test_a_find_in_a_message_says_in_which(space: Workspace) -> None:
    hits = space.search(space.scan(), "ticker")
    assert [(hit.message, hit.message_index) for hit in hits] == [("Subscribe", 0), ("Bye", 1)]


def test_a_long_text_is_cut_around_the_find(space: Workspace) -> None:
    hit = space.search(space.scan(), "channel")[0]
    assert len(hit.text) <= 160
    assert _marked(hit) == ["channel"]


def test_what_changed_is_found(space: Workspace) -> None:
    assert find(space, "orders") == []
    opened = space.read_request(PRICES)
    space.save(opened, RequestFile(url="wss://orders"))
    assert find(space, "orders") == [(PRICES, "url", ["orders"])]


def test_of_very_many_items_one_find_each_is_told(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.workspace.search._MANY", 0)
    assert [hit.id for hit in space.search(space.scan(), "s")] == ["Börse", "Börse/Straße", PRICES]
