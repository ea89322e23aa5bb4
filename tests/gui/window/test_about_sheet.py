"""The sheet that says which versions are in use."""

from __future__ import annotations

from importlib import metadata

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.window.about_sheet import AboutSheet


def shown(look: Look, qtbot: QtBot) -> str:
    window = QWidget()
    qtbot.addWidget(window)
    return "\n".join(label.text() for label in AboutSheet(look, window).findChildren(QLabel))


def test_it_tells_the_version_and_licence_of_what_is_here(look: Look, qtbot: QtBot) -> None:
    assert f"keyring {metadata.version('keyring')} · MIT" in shown(look, qtbot)


def test_it_leaves_out_what_this_system_does_not_have(
    look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name == "jeepney":
            raise metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(metadata, "version", version)
    text = shown(look, qtbot)
    assert "SecretStorage 1.0" in text
    assert "jeepney" not in text
