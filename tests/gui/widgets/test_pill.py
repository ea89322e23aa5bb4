"""Pills grow with their words and are named by them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.pill import Pill, PillButton


def test_a_pill_grows_with_its_words(look: Look, qtbot: QtBot) -> None:
    pill = Pill(look, "Open", "ok")
    qtbot.addWidget(pill)
    narrow = pill.sizeHint().width()
    pill.show_as("Closed 1001 · Going away", "neutral", "ring")
    assert pill.sizeHint().width() > narrow


def test_a_pill_button_is_named_by_its_words(look: Look, qtbot: QtBot) -> None:
    pill = PillButton(look)
    qtbot.addWidget(pill)
    pill.show_as("TLS failed", "err", "triangle")
    assert pill.accessibleName() == "TLS failed"
