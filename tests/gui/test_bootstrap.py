"""How the window is opened: what a bad profile gets, and what the application is called."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from wireyard.gui import bootstrap
from wireyard.gui.bootstrap import EXIT_STORAGE, run
from wireyard.gui.workbench import Workbench


def test_a_profile_that_cannot_be_used_is_told_and_ends_with_the_code_of_storage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: QApplication
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    assert run(urls=[], connect=False, profile=taken) == EXIT_STORAGE
    assert str(taken) in capsys.readouterr().err


def test_python_collects_nothing_by_itself_from_start_to_end(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    automatic: list[bool] = []

    class LookingOn(Workbench):
        def open(self, *_arguments: Any, **_options: Any) -> None:
            automatic.append(gc.isenabled())
            self.quit()

        async def leave(self) -> None:
            await super().leave()
            automatic.append(gc.isenabled())

    monkeypatch.setattr(bootstrap, "make_application", lambda: qapp)
    monkeypatch.setattr(bootstrap, "Workbench", LookingOn)
    gc.enable()
    run(urls=[], connect=False, profile=tmp_path)
    assert automatic == [False, False]
