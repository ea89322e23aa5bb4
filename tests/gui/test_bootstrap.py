"""How the window is opened: what a bad profile gets, and what the application is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from wireyard.gui.bootstrap import EXIT_STORAGE, run


def test_a_profile_that_cannot_be_used_is_told_and_ends_with_the_code_of_storage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: QApplication
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    assert run(urls=[], connect=False, profile=taken) == EXIT_STORAGE
    assert str(taken) in capsys.readouterr().err
