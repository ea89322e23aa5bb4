"""XML and HTML in the inspector: laid out, coloured where they are looked at, and honest where that is not possible."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from wireyard.domain.frame import Opcode
from wireyard.formats.xml_text import MAX_BYTES
from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.panel import InspectorPanel
from wireyard.recording.recording import Recording

from .conftest import put, received

_XML = b'<order id="7"><item sku="A-204">two &amp; a half</item><!-- open\n\nstill open --><empty/></order>'


def show(qtbot: QtBot, panel: InspectorPanel, recording: Recording, seq: int) -> None:
    with qtbot.waitSignal(panel.shown, check_params_cb=lambda shown: shown == seq):
        panel.show_event(recording.reader, seq)


def text_of(view: CodeView) -> str:
    document = view.document
    return "" if document is None else (document.source.read(0, document.source.size()) or b"").decode()


def colors_of(view: CodeView, number: int) -> list[tuple[str, str]]:
    """The coloured parts of a row."""
    row = None if view.rows is None else view.rows.row(number)
    if view.rows is None or row is None:
        return []
    return [(row.text[run.start : run.end], run.role) for run in view.rows.runs(row)]


def test_xml_begins_pretty_in_colour(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(_XML))
    show(qtbot, panel, recording, 1)
    view = panel.pretty_view
    qtbot.waitUntil(lambda: view.is_indexed and bool(colors_of(view, 0)))
    view.grab()

    assert panel.tabs.currentIndex() == 0
    assert text_of(view).split("\n")[:2] == ['<order id="7">', '  <item sku="A-204">two &amp; a half</item>']
    assert colors_of(view, 0) == [
        ("<order", "syn.key"),
        ("id=", "syn.literal"),
        ('"7"', "syn.string"),
        (">", "syn.key"),
    ]
    assert ("&amp;", "syn.literal") in colors_of(view, 1)
    assert colors_of(view, 4) == [("still open -->", "syn.punct")]
    assert panel.foot.facts.text() == "XML · 7 lines"


def test_xml_in_a_binary_message_is_xml(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(_XML, Opcode.BINARY))
    show(qtbot, panel, recording, 1)

    assert panel.tabs.currentIndex() == 0


def test_html_is_laid_out_though_its_tags_do_not_pair(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(b"<!doctype html><ul><li>one<li>two</ul><script>var x = 1</script>"))
    show(qtbot, panel, recording, 1)
    view = panel.pretty_view
    qtbot.waitUntil(lambda: view.is_indexed and bool(colors_of(view, 0)))

    assert text_of(view).split("\n")[1:3] == ["<ul>", "  <li>"]
    assert ("var", "syn.literal") in colors_of(view, 7)
    assert not panel.note_label.isVisible()


def test_xml_whose_tags_do_not_pair_is_shown_as_it_came_and_says_so(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(b"<a><b></a>"), received(b"<a/>"))
    show(qtbot, panel, recording, 1)
    qtbot.waitUntil(panel.note_label.isVisible)

    assert panel.note_label.text() == "Shown as it came: its tags do not pair up"
    assert text_of(panel.pretty_view) == "<a><b></a>"
    show(qtbot, panel, recording, 2)
    assert not panel.note_label.isVisible()


def test_what_takes_too_long_to_lay_out_is_shown_as_it_came(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    payload = b"<a>" + b"<b>x</b>" * (MAX_BYTES // 8) + b"</a>"
    put(recording, received(payload))
    show(qtbot, panel, recording, 1)
    qtbot.waitUntil(panel.note_label.isVisible)
    qtbot.waitUntil(lambda: panel.pretty_view.is_indexed)

    assert panel.note_label.text() == "Shown as it came: larger than 1 MB"
    assert text_of(panel.pretty_view).encode() == payload


def test_raw_has_colours_too_in_the_middle_of_an_endless_line(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    payload = b'<a b="' + b"x" * 30_000 + b'"><c>y</c>' + b"<d/>" * 1000 + b"</a>"
    put(recording, received(payload))
    panel.restore_tab_choices({"xml": "raw"})
    show(qtbot, panel, recording, 1)
    view = panel.raw_view
    qtbot.waitUntil(lambda: view.is_indexed and bool(colors_of(view, 0)))
    rows = view.rows
    assert rows is not None
    in_value = rows.index.row_at(15_000, rows.source)
    behind = rows.index.row_at(payload.index(b"<c>"), rows.source)
    assert in_value is not None
    assert behind is not None

    # The lower one first: what stands above it has not been coloured.
    assert ("<c", "syn.key") in colors_of(view, behind)
    assert [role for _, role in colors_of(view, in_value)] == ["syn.string"]


def test_raw_json_has_colours_and_keeps_them_when_it_is_wrapped_anew(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(b'{"a":1}'))
    panel.restore_tab_choices({"json": "raw"})
    show(qtbot, panel, recording, 1)
    colors = colors_of(panel.raw_view, 0)
    panel.raw_view.set_wrapped(False)

    assert ('"a"', "syn.key") in colors
    assert colors_of(panel.raw_view, 0) == colors


@pytest.mark.parametrize("wrapped", [True, False])
def test_colours_follow_the_rows_when_these_are_cut_anew(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording, wrapped: bool
) -> None:
    put(recording, received(_XML * 3))
    panel.restore_tab_choices({"xml": "raw"})
    show(qtbot, panel, recording, 1)
    view = panel.raw_view
    qtbot.waitUntil(lambda: bool(colors_of(view, 0)))
    view.set_wrapped(not wrapped)
    view.grab()
    view.set_wrapped(wrapped)

    assert colors_of(view, 0)[0] == ("<order", "syn.key")


def test_no_lexer_is_imported_before_there_is_markup() -> None:
    found = "any(name.startswith('pygments') for name in sys.modules)"
    code = f"import sys, wireyard.gui.inspector.panel; sys.exit({found})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
