"""The spinner keeps still for those who want no motion."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.spinner import Spinner


def test_a_spinner_stands_still_with_reduced_motion(look: Look, qtbot: QtBot) -> None:
    spinner = Spinner(look, "Loading")
    qtbot.addWidget(spinner)
    spinner.show()
    before = spinner.grab().toImage()
    qtbot.wait(120)
    assert spinner.grab().toImage() == before
    assert spinner.accessibleName() == "Loading"
