"""A workspace on disk, the library over it, and the view of its collections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from wireyard.gui.library import Library
from wireyard.gui.sidebar.collections_view import CollectionsView
from wireyard.gui.theme.look import Look
from wireyard.settings.profile import Profile
from wireyard.workspace.model import RequestFile, SavedMessage
from wireyard.workspace.workspace import Workspace

ORDERS, LIVE, CHAT, MARKET = "Orders", "Orders/Live", "Orders/Chat", "Market"
UPDATES, COURIER, AGENT = f"{LIVE}/Updates.ws.yaml", f"{LIVE}/Courier.ws.yaml", f"{CHAT}/Agent.ws.yaml"
TRADES = f"{MARKET}/Trades.ws.yaml"


def build(root: Path) -> Workspace:
    """Two collections, two folders, four requests; one of them with three messages."""
    workspace = Workspace.create(root, "Test")
    workspace.create_collection("Orders")
    workspace.create_collection("Market")
    workspace.create_folder(ORDERS, "Live")
    workspace.create_folder(ORDERS, "Chat")
    messages = tuple(
        SavedMessage(name=name, body=body)
        for name, body in (("subscribe", '{"store": "berlin"}'), ("ping", '{"type": "ping"}'), ("bye", "bye"))
    )
    url = "wss://{{host}}/v2/stream"
    workspace.create_request(LIVE, "Updates", RequestFile(url=url, messages=messages, notes="The feed of the kitchen"))
    workspace.create_request(LIVE, "Courier", RequestFile(url="wss://courier.example/"))
    workspace.create_request(CHAT, "Agent", RequestFile(url="{{base}}/agent"))
    workspace.create_request(MARKET, "Trades", RequestFile(url="ws://127.0.0.1:9600/"))
    return workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def library(qtbot: QtBot, tmp_path: Path, root: Path) -> Iterator[Library]:
    profile = Profile.at(tmp_path / "profile")
    profile.prepare()
    build(root)
    library = Library(profile)
    with qtbot.waitSignal(library.tree_changed):
        library.open(root)
    yield library
    library.shut_down()


@pytest.fixture
def view(qtbot: QtBot, look: Look, library: Library) -> Iterator[CollectionsView]:
    view = CollectionsView(look, library)
    qtbot.addWidget(view)
    view.resize(260, 700)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    qtbot.waitUntil(lambda: view.model.index_of(TRADES).isValid())
    qtbot.waitUntil(lambda: view.model.row_of(f"{UPDATES}\n2") is not None)
    yield view
    view.shut_down()


Shown = Callable[[], list[str]]


@pytest.fixture
def shown(view: CollectionsView) -> Shown:
    """The names of the rows that can be seen, from the top down, two blanks for each level."""

    def names() -> list[str]:
        found: list[str] = []
        index = view.model.index(0, 0)
        while index.isValid():
            row = view.model.row_at(index)
            assert row is not None
            found.append("  " * view.model.depth(index) + row.name)
            index = view.tree.indexBelow(index)
        return found

    return names
