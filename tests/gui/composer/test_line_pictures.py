"""Drawn lines of the editor: they look as if drawn anew, and are drawn anew only where they look different."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from tests.helpers.variables import staging

from wireyard.gui.composer import editor as module
from wireyard.gui.composer.editor import MessageEditor
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_source import NoVariables

LINES = "{\n" + "\n".join(f'  "k{at}": "{{{{host}}}} {{{{nobody}}}} é", "n": {at}, ?' for at in range(12)) + "\n}"


@pytest.fixture
def editor(qtbot: QtBot, look: Look) -> Iterator[MessageEditor]:
    made = MessageEditor(look)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.set_json(True)
    made.set_variables(staging())
    made.set_text(LINES)
    made.show()
    yield made
    made.close()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that are really drawn."""
    lines: list[str] = []
    paint = module.paint_chips

    def note(*given: object) -> None:
        lines.append(str(given[3]))
        paint(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "paint_chips", note)
    return lines


def picture(editor: MessageEditor) -> QImage:
    return editor.viewport().grab().toImage()


@pytest.mark.parametrize("zoom", [100, 175])
def test_a_picture_looks_as_the_line_does(
    editor: MessageEditor, look: Look, monkeypatch: pytest.MonkeyPatch, zoom: int
) -> None:
    look.set_zoom(zoom)
    kept = picture(editor)
    assert picture(editor) == kept
    monkeypatch.setattr(module, "_MOST_DRAWN_CHARS", -1)
    assert picture(editor) == kept


def test_what_looks_the_same_is_not_drawn_again(editor: MessageEditor, drawn: list[str]) -> None:
    editor.set_text(LINES.replace("k", "q"))
    editor.go_to(3)  # away from the brackets, which are marked together
    picture(editor)
    assert len(drawn) >= 12
    drawn.clear()
    picture(editor)
    assert drawn == []
    editor.textCursor().insertText("!")
    picture(editor)
    assert drawn == [' ! "q0": "{{host}} {{nobody}} é", "n": 0, ?']


def test_another_value_theme_or_width_draws_anew(editor: MessageEditor, look: Look, drawn: list[str]) -> None:
    before = picture(editor)
    editor.set_variables(NoVariables())
    other = picture(editor)
    assert other != before
    editor.set_variables(staging())
    assert picture(editor) == before
    look.set_scheme("dark")
    assert picture(editor) != before
    drawn.clear()
    editor.resize(350, 300)
    picture(editor)
    assert drawn


def test_a_selected_line_shows_its_selection(editor: MessageEditor) -> None:
    before = picture(editor)
    editor.selectAll()
    assert picture(editor) != before
