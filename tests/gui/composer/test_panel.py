"""The composer: formats, what goes out, what bars it, the button's words, history, large messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt
from pytestqt.qtbot import QtBot
from tests.helpers.dragging import drag_over, drop_on

from wireyard.domain.frame import Opcode
from wireyard.gui.composer.draft import Draft, Format
from wireyard.gui.composer.drops import MESSAGE_MIME
from wireyard.gui.composer.panel import ComposerPanel
from wireyard.gui.composer.panes import RequestPanes
from wireyard.gui.theme.look import Look


@pytest.fixture
def panes(qtbot: QtBot, look: Look) -> Iterator[RequestPanes]:
    made = RequestPanes(look)
    qtbot.addWidget(made)
    made.resize(900, 260)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.composer.shut_down()


@pytest.fixture
def composer(panes: RequestPanes) -> ComposerPanel:
    panes.composer.set_connected(True)
    panes.composer.send_requested.connect(panes.composer.mark_sent)  # as the tab does when it is sent
    panes.composer.editor.setFocus()
    return panes.composer


def test_control_enter_sends_what_is_written_and_it_stays(qtbot: QtBot, composer: ComposerPanel) -> None:
    qtbot.keyClicks(composer.editor, "[1]")
    with qtbot.waitSignal(composer.send_requested) as sent:
        qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert sent.args == [Draft("json", "[1]")]
    assert composer.editor.text == "[1]"
    assert not composer.is_dirty


@pytest.mark.parametrize("format_", ["text", "json", "hex", "base64"])
def test_every_format_goes_out_as_text_or_binary(qtbot: QtBot, composer: ComposerPanel, format_: Format) -> None:
    for opcode in (Opcode.TEXT, Opcode.BINARY):
        composer.set_draft(Draft(format_, "3132", opcode))
        with qtbot.waitSignal(composer.send_requested) as sent:
            qtbot.mouseClick(composer.send_button, Qt.MouseButton.LeftButton)
        assert sent.args == [Draft(format_, "3132", opcode)]


def test_invalid_json_is_pointed_at_and_still_sent(qtbot: QtBot, composer: ComposerPanel) -> None:
    qtbot.keyClicks(composer.editor, '{"id": 7')

    assert composer.verdict.is_faulty
    assert composer.verdict_label.accessibleName().startswith("Line 1: ")
    with qtbot.waitSignal(composer.send_requested):
        qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_hex_that_is_none_is_not_sent(qtbot: QtBot, composer: ComposerPanel) -> None:
    composer.set_draft(Draft("hex", "89 5x", Opcode.BINARY))
    assert not composer.send_button.isEnabled()
    with qtbot.assertNotEmitted(composer.send_requested):
        qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert composer.editor.textCursor().position() == 4


@pytest.mark.parametrize(
    ("state", "words", "enabled"),
    [
        ("idle", "Connect and send", True),
        ("connecting", "Send when open", True),
        ("open", "Send", True),
        ("closing", "Send", False),
    ],
)
def test_the_button_follows_the_connection(composer: ComposerPanel, state: str, words: str, enabled: bool) -> None:
    composer.set_state(state)  # type: ignore[arg-type]

    assert composer.send_button.text() == words
    assert composer.send_button.isEnabled() is enabled


def test_the_key_asks_to_send_while_closing_too_for_the_row_that_says_it_was_not_sent(
    qtbot: QtBot, composer: ComposerPanel
) -> None:
    composer.set_state("closing")
    with qtbot.waitSignal(composer.send_requested):
        qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_beautify_keeps_every_spelling_and_can_be_undone(qtbot: QtBot, composer: ComposerPanel) -> None:
    text = (
        '{"big":12345678901234567890123,"rate":1.0,"a":1,"a":2,"e":1E5,"s":"\\u00e9\\/\\ud800","long":"'
        + "x" * 80
        + '"}'
    )
    composer.set_draft(Draft("json", text))
    qtbot.keyClick(
        composer.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )

    pretty = composer.editor.text
    assert pretty.count("\n") > 5
    assert "".join(pretty.split()) == text
    qtbot.keyClick(composer.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert composer.editor.text == text


def test_variables_count_as_values_and_beautify_keeps_them(qtbot: QtBot, composer: ComposerPanel) -> None:
    composer.set_draft(Draft("json", '{"n":{{count}},"s":"{{$uuid}}"}'))
    assert composer.verdict.words == "Valid JSON · 31 B"
    qtbot.mouseClick(composer.beautify_button, Qt.MouseButton.LeftButton)
    assert composer.editor.text == '{ "n": {{count}}, "s": "{{$uuid}}" }'


def test_beautify_says_when_a_variable_is_in_its_way(qtbot: QtBot, composer: ComposerPanel) -> None:
    composer.set_draft(Draft("json", '{"port":80{{digits}}}'))
    with qtbot.waitSignal(composer.noticed) as told:
        composer.beautify()
    assert told.args is not None
    assert "part of a value" in told.args[0]
    assert composer.editor.text == '{"port":80{{digits}}}'


def test_beautify_leaves_what_is_no_json_and_goes_to_the_fault(qtbot: QtBot, composer: ComposerPanel) -> None:
    composer.set_draft(Draft("json", '{"id": 7 "a": 1}'))
    qtbot.mouseClick(composer.beautify_button, Qt.MouseButton.LeftButton)

    assert composer.editor.text == '{"id": 7 "a": 1}'
    assert composer.editor.textCursor().position() == 8


def test_another_format_writes_the_same_bytes(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("text", "hé"))
    composer.set_format("hex")
    assert composer.draft() == Draft("hex", "68 C3 A9", Opcode.BINARY)
    composer.set_format("text")
    assert composer.draft() == Draft("text", "hé", Opcode.TEXT)


def test_base64_hex_and_text_write_the_same_bytes(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("text", "hé>"))
    composer.set_format("base64")
    assert composer.draft() == Draft("base64", "aMOpPg==", Opcode.BINARY)
    composer.set_format("hex")
    assert composer.draft() == Draft("hex", "68 C3 A9 3E", Opcode.BINARY)
    composer.set_format("base64")
    composer.set_format("text")
    assert composer.draft() == Draft("text", "hé>", Opcode.TEXT)


def test_half_typed_base64_stays_as_it_is_typed(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("base64", "aMOp$", Opcode.BINARY))
    composer.set_format("text")
    assert composer.editor.text == "aMOp$"


def test_a_variable_is_not_turned_into_the_bytes_of_its_name(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("text", "{{token}}"))
    composer.set_format("base64")
    assert composer.draft() == Draft("base64", "{{token}}", Opcode.BINARY)
    assert composer.verdict.words == "Checked when its variables have their values"


def test_base64_that_is_none_is_pointed_at_and_not_sent(qtbot: QtBot, composer: ComposerPanel) -> None:
    composer.set_draft(Draft("base64", "AAAA\nAA$A", Opcode.BINARY))
    assert composer.verdict.words == 'Line 2: "$" is no Base64 digit'
    with qtbot.assertNotEmitted(composer.send_requested):
        qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert composer.editor.textCursor().position() == 7


def test_bytes_that_are_no_text_stay_hex_digits(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("hex", "FF FE", Opcode.BINARY))
    composer.set_format("json")

    assert composer.editor.text == "FF FE"


def test_a_received_message_is_edited_byte_for_byte(composer: ComposerPanel) -> None:
    composer.set_payload(b"SEND\r\n\x00", Opcode.TEXT)

    assert composer.draft() == Draft("hex", "53 45 4E 44 0D 0A 00", Opcode.TEXT)


def test_the_history_keeps_what_was_not_sent(qtbot: QtBot, composer: ComposerPanel) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    for text in ("[1]", "[2]"):
        composer.set_draft(Draft("json", text))
        composer.send()
    composer.set_draft(Draft("json", "half"))
    qtbot.keyClick(composer.editor, Qt.Key.Key_Up, alt)
    assert composer.editor.text == "[2]"
    qtbot.keyClick(composer.editor, Qt.Key.Key_Up, alt)
    assert composer.editor.text == "[1]"
    qtbot.keyClick(composer.editor, Qt.Key.Key_Down, alt)
    qtbot.keyClick(composer.editor, Qt.Key.Key_Down, alt)
    assert composer.editor.text == "half"


def test_dirty_is_what_was_neither_sent_nor_put_there(qtbot: QtBot, composer: ComposerPanel) -> None:
    assert not composer.is_dirty
    composer.set_draft(Draft("text", "saved"))
    assert not composer.is_dirty
    qtbot.keyClicks(composer.editor, "x")
    assert composer.is_dirty
    composer.send()
    assert not composer.is_dirty


def test_every_change_is_told(qtbot: QtBot, composer: ComposerPanel) -> None:
    with qtbot.waitSignal(composer.draft_changed):
        qtbot.keyClicks(composer.editor, "a")
    with qtbot.waitSignal(composer.draft_changed):
        composer.set_format("hex")


def test_a_large_paste_is_held_sent_and_cleared(qtbot: QtBot, composer: ComposerPanel) -> None:
    composer.set_draft(Draft("text", ""))
    data = QMimeData()
    data.setText("abc " * 3_000_000)
    composer.editor.insertFromMimeData(data)
    assert composer.well.isVisible()
    assert composer.well.title == "11.4 MB of text on one line"
    qtbot.waitUntil(lambda: composer.verdict.words == "11.4 MB")

    with qtbot.waitSignal(composer.send_requested) as sent:
        composer.send()
    assert sent.args is not None
    assert len(sent.args[0].text) == 12_000_000
    composer.well.cleared.emit()
    assert composer.editor.isVisible()
    assert composer.draft().text == ""


def test_large_json_on_one_line_can_be_laid_out_to_be_edited(qtbot: QtBot, composer: ComposerPanel) -> None:
    composer.set_draft(Draft("json", "[" + ",".join(f'"{number:020}"' for number in range(5000)) + "]"))
    assert composer.well.isVisible()
    qtbot.mouseClick(composer.beautify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(composer.editor.isVisible)

    assert composer.editor.blockCount() > 1000


def test_the_panes_collapse_to_their_tabs_and_back(qtbot: QtBot, panes: RequestPanes, composer: ComposerPanel) -> None:
    with qtbot.waitSignal(panes.collapsed_changed):
        qtbot.keyClick(composer.editor, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert panes.maximumHeight() == 40
    assert panes.tabs.hasFocus()
    qtbot.keyClick(panes.tabs, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert panes.composer.isVisible()


def test_every_control_has_a_name(panes: RequestPanes) -> None:
    panel = panes.composer
    for widget in (panel.editor, panel.send_button, panel.beautify_button, panes.tabs):
        assert widget.accessibleName() or widget.text()  # type: ignore[attr-defined]


def test_all_of_it_is_drawn_at_twice_the_size(panes: RequestPanes, composer: ComposerPanel, look: Look) -> None:
    composer.set_draft(Draft("json", '{"a": 1}'))
    look.set_zoom(200)
    look.set_scheme("dark")
    panes.grab()
    assert composer.send_button.height() == 60


def test_what_was_asked_for_and_not_sent_stays_dirty(panes: RequestPanes) -> None:
    panes.composer.set_draft(Draft("text", ""))
    panes.composer.editor.set_text("x")
    panes.composer.send()
    assert panes.composer.is_dirty
    assert len(panes.composer.history) == 0


def test_a_file_stands_instead_of_a_text_until_it_is_cleared(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("text", "", Opcode.BINARY, "files/picture.png"))
    assert composer.well.title == "picture.png"
    assert composer.draft().file == "files/picture.png"
    assert not composer.is_dirty
    composer.well.cleared.emit()
    assert composer.draft() == Draft("text", "", Opcode.BINARY)
    assert composer.editor.isVisible()


def test_hex_with_a_variable_is_not_barred(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("hex", "de {{byte}}", Opcode.BINARY))
    assert composer.send_button.isEnabled()


def test_a_saved_message_is_dropped_on_the_composer(qtbot: QtBot, composer: ComposerPanel) -> None:
    data = QMimeData()
    data.setData(MESSAGE_MIME, QByteArray(b'{"request": "a", "index": 1}'))
    with qtbot.waitSignal(composer.message_dropped) as dropped:
        drop_on(composer.editor.viewport(), data, QPointF(5, 5))
    assert dropped.args == [b'{"request": "a", "index": 1}']
    assert composer.editor.text == ""


def test_a_text_is_dropped_into_the_editor(composer: ComposerPanel) -> None:
    composer.set_draft(Draft("text", ""))
    data = QMimeData()
    data.setText("dropped")
    assert drag_over(composer.editor.viewport(), data, QPointF(5, 5), copies=True).isAccepted()
    drop_on(composer.editor.viewport(), data, QPointF(5, 5), copies=True)
    assert composer.editor.text == "dropped"
