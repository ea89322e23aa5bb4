"""Notes are plain text in the file."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wireyard.gui.request.badges import notes_badge
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.notes_pane import NotesPane
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import RequestFile


def test_notes_go_both_ways(qtbot: QtBot, look: Look) -> None:
    draft = RequestDraft(RequestFile(notes="a\nb"))
    pane = NotesPane(look, draft, "Write")
    qtbot.addWidget(pane)
    assert pane.toPlainText() == "a\nb"
    qtbot.keyClicks(pane, "x")
    assert draft.edited.notes == "xa\nb"
    draft.change(notes="")
    assert (pane.toPlainText(), notes_badge(draft.edited)) == ("", "")
