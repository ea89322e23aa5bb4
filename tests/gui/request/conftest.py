"""What the tests of panes share: levels to inherit from, and variables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.request.context import Context
from wireyard.gui.widgets.variable_source import VariableValue
from wireyard.workspace.documents import Level
from wireyard.workspace.model import Field, FolderFile, NetworkSettings, TlsSettings
from wireyard.workspace.variables.scope import Value


class Source:
    """Two variables, one of them secret."""

    def __init__(self) -> None:
        self._values = {"host": Value("h.example", "Staging"), "token": Value("hush", "Staging", is_secret=True)}

    def lookup(self, name: str) -> VariableValue | None:
        return self._values.get(name)

    def names(self) -> Sequence[tuple[str, VariableValue]]:
        return list(self._values.items())


@pytest.fixture
def context() -> Context:
    collection = FolderFile(
        headers=(Field(name="X-Tenant", value="berlin"), Field(name="X-Old", value="1")),
        tls=TlsSettings(ca_file="certs/ca.pem"),
        network=NetworkSettings(open_timeout_s=3),
    )
    folder = FolderFile(headers=(Field(name="x-old", value="2"),))
    levels = (Level(id="o", name="Orders", file=collection), Level(id="o/l", name="Live", file=folder))
    return Context(levels=levels, source=Source())


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window for sheets."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made
