"""A workspace on a machine without a keyring, and a window for sheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.library import Library
from wireyard.settings.profile import Profile
from wireyard.workspace.secrets.keyring_store import KeyringStore
from wireyard.workspace.workspace import Workspace


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def library(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))
    profile = Profile.at(tmp_path / "profile")
    profile.prepare()
    library = Library(profile)
    library.open(Workspace.create(tmp_path / "orders", "Orders").root)
    yield library
    library.shut_down()
