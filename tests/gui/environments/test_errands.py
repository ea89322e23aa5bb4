"""What the window asks of environments: one editor, the passphrase once, and nothing without a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.environments.editor_sheet import EnvironmentsSheet
from wireyard.gui.environments.errands import EnvironmentErrands
from wireyard.gui.library import Library
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.theme.look import Look
from wireyard.settings.profile import Profile


@pytest.fixture
def errands(look: Look, library: Library, window: QWidget) -> EnvironmentErrands:
    return EnvironmentErrands(look, library, window)


def test_a_second_call_leaves_the_open_editor_alone(errands: EnvironmentErrands, window: QWidget) -> None:
    errands.edit()
    errands.define("host")
    assert len(window.findChildren(EnvironmentsSheet)) == 1
    assert errands.sheet is not None
    errands.sheet.accept()
    assert errands.sheet is None


def test_using_one_in_the_editor_makes_it_active(errands: EnvironmentErrands, library: Library) -> None:
    errands.edit()
    assert errands.sheet is not None
    errands.sheet.use_wanted.emit("Production")
    assert library.active_environment == "Production"
    errands.sheet.accept()


def test_a_locked_file_of_secrets_asks_for_its_passphrase(
    errands: EnvironmentErrands, library: Library, window: QWidget
) -> None:
    library.secrets.unlock_wanted.emit()
    (sheet,) = window.findChildren(SecretPlaceSheet)
    assert sheet.isVisible()
    sheet.reject()


def test_locked_values_that_nobody_waits_for_are_only_told_of(
    errands: EnvironmentErrands, library: Library, window: QWidget, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(errands.offered) as told:
        library.secrets.found_locked.emit()
    assert not window.findChildren(SecretPlaceSheet)
    told.args[2]()
    (sheet,) = window.findChildren(SecretPlaceSheet)
    sheet.reject()


def test_without_a_workspace_it_says_so(look: Look, window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    library = Library(Profile.at(tmp_path / "empty"))
    errands = EnvironmentErrands(look, library, window)
    with qtbot.waitSignal(errands.noticed) as told:
        errands.edit()
    assert "Open a workspace first" in told.args[0]
    assert errands.sheet is None
    library.shut_down()
