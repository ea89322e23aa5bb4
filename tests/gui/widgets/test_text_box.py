"""The text box fits its text and bears any line."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.text_box import TextBox


def test_a_text_box_is_as_high_as_its_text_up_to_a_limit(look: Look, qtbot: QtBot) -> None:
    box = TextBox(look, "Detail", max_lines=4)
    qtbot.addWidget(box)
    box.resize(400, 100)
    box.show()
    box.set_text("one")
    low = box.height()
    box.set_text("\n".join("x" * 20))
    assert low < box.height() < 6 * low


def test_an_endless_line_is_broken_into_pieces(look: Look, qtbot: QtBot) -> None:
    box = TextBox(look, "Detail")
    qtbot.addWidget(box)
    box.set_text("x" * 100_000)
    assert box.document().blockCount() == 25
