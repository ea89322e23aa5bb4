"""Labels show what they are given, as it is, and say all of it where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.label import ElidedLabel, Label


def test_labels_show_markup_as_it_was_typed(look: Look, qtbot: QtBot) -> None:
    label = Label(look, "<b>bold</b> & co")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_label_changes_its_tone(look: Look, qtbot: QtBot) -> None:
    label = Label(look, "text", tone="text.2")
    qtbot.addWidget(label)
    label.show()
    label.set_tone("err")
    assert label.palette().color(label.foregroundRole()) == look.color("err")


def test_a_label_that_does_not_fit_keeps_its_text_as_name_and_tip(look: Look, qtbot: QtBot) -> None:
    label = ElidedLabel(look, "a very long text that cannot fit")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == "a very long text that cannot fit"


def test_a_change_of_tone_keeps_the_size_of_the_zoom(look: Look, qtbot: QtBot) -> None:
    label = Label(look, "text", "small", "text.2")
    qtbot.addWidget(label)
    label.show()
    look.set_zoom(200)
    label.set_tone("err")
    label.set_tone("warn")
    assert label.fontInfo().pixelSize() == look.font("small").pixelSize()
