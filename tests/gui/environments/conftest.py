"""A workspace with environments, and a window to edit them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.library import Library
from wireyard.settings.profile import Profile
from wireyard.workspace.model import EnvironmentFile, Field, RequestFile, Variable
from wireyard.workspace.secrets.keyring_store import KeyringStore
from wireyard.workspace.workspace import Workspace

STAGING = {
    "host": Variable(value="staging.example.com", note="The shared cluster"),
    "token": Variable(value="plain-token"),
    "old": Variable(value="old.example.com", off=True),
}


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    column = QVBoxLayout(window)
    column.addStretch(1)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace: three requests, and environments of which Production inherits from Staging."""
    workspace = Workspace.create(tmp_path / "orders", "Orders")
    collection = workspace.create_collection("Orders")
    for number in range(3):
        headers = (Field(name="X-Trace", value="{{trace}}"),) if number else ()
        url = "wss://{{host}}/v2?t={{token}}&own={{own}}"
        request = RequestFile(url=url, headers=headers, variables={"own": Variable(value="1")})
        workspace.create_request(collection, f"Request {number}", request)
    staging = workspace.create_environment("Staging", EnvironmentFile(color="amber", variables=STAGING))
    workspace.create_environment("Production", EnvironmentFile(color="red", inherits=staging))
    return workspace.root


@pytest.fixture
def library(root: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The library with that workspace, on a machine without a keyring."""
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))
    profile = Profile.at(tmp_path / "profile")
    profile.prepare()
    library = Library(profile)
    library.open(root)
    qtbot.waitUntil(lambda: library.tree is not None and all(item.is_loaded for item in library.tree.walk()))
    library.choose_environment("Staging")
    yield library
    library.shut_down()
