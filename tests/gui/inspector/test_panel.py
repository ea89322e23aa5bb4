"""The inspector over a real recording: which views there are, what they show, find, copy, resend, and letting go."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from wireyard.domain.event import Closed, Control, Failed, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.exchange.secret_values import SecretValues
from wireyard.gui.inspector.loading import WHOLE_BYTES
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.panel import InspectorPanel
from wireyard.gui.inspector.source import PAGE_BYTES
from wireyard.gui.theme.look import Look
from wireyard.recording.recording import Recording
from wireyard.session.masked_reader import Masking

from .conftest import put, received

_ORDER = b'{"id":"7","total":12345678901234567890123,"rate":1.0,"id":"again","note":"\\ud800 x"}'
_TS_NS = 1_763_812_000_000_000_000


def show(qtbot: QtBot, panel: InspectorPanel, recording: Recording, seq: int) -> None:
    with qtbot.waitSignal(panel.shown, check_params_cb=lambda shown: shown == seq):
        panel.show_event(recording.reader, seq)


def pretty_text(panel: InspectorPanel) -> str:
    document = panel.pretty_view.document
    assert document is not None
    return (document.source.read(0, document.source.size()) or b"").decode()


def test_json_is_shown_pretty_and_nothing_of_it_is_lost(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(_ORDER))
    show(qtbot, panel, recording, 1)

    assert panel.tabs.currentIndex() == 0
    text = pretty_text(panel)
    for part in ("12345678901234567890123", "1.0", '"id": "7"', '"id": "again"', "\\ud800"):
        assert part in text
    assert panel.head.facts.toolTip() == ""
    assert "Text · 84 B" in panel.head.facts.accessibleName()
    assert panel.foot.facts.text().startswith("JSON · ")


def test_text_begins_raw_and_pretty_says_why_it_is_off(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(b"hello"))
    show(qtbot, panel, recording, 1)

    assert panel.tabs.currentIndex() == 1
    assert not panel.tabs.isTabEnabled(0)
    assert panel.tabs.tabToolTip(0) == "Pretty shows JSON, XML and HTML"
    assert panel.foot.facts.text() == "Text · 1 line"


def test_json_with_a_fault_is_shown_raw_with_the_fault_named(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(b'{"id": 7 "type": 1}'))
    show(qtbot, panel, recording, 1)

    assert panel.tabs.currentIndex() == 1
    assert panel.tabs.tabToolTip(0).startswith("Not valid JSON: ")


def test_binary_begins_as_hex(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(bytes(range(256)), Opcode.BINARY))
    show(qtbot, panel, recording, 1)

    assert panel.tabs.currentIndex() == 2
    assert panel.foot.facts.text() == "256 bytes"
    panel.hex_view.grab()


def test_the_tab_is_remembered_for_each_kind(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(_ORDER), received(b"hello"), received(b"[1]"))
    show(qtbot, panel, recording, 1)
    hex_tab = panel.tabs.tabRect(2).center()
    qtbot.mouseClick(panel.tabs, Qt.MouseButton.LeftButton, pos=hex_tab)
    show(qtbot, panel, recording, 2)
    assert panel.tabs.currentIndex() == 1
    show(qtbot, panel, recording, 3)
    assert panel.tabs.currentIndex() == 2
    assert panel.tab_choices["json"] == "hex"


def test_remembered_tabs_survive_a_restart_and_nonsense_does_not(panel: InspectorPanel) -> None:
    panel.restore_tab_choices({"json": "raw", "text": "tree", "moon": "hex"})

    assert panel.tab_choices["json"] == "raw"
    assert panel.tab_choices["text"] == "raw"
    assert "moon" not in panel.tab_choices


def test_the_message_can_be_sent_again_saved_and_the_panel_closed(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(_ORDER))
    show(qtbot, panel, recording, 1)

    with qtbot.waitSignal(panel.resend_requested) as resend:
        qtbot.mouseClick(panel.head.resend, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.edit_resend_requested) as edit:
        qtbot.mouseClick(panel.head.edit, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.save_requested) as save:
        qtbot.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.closed):
        qtbot.mouseClick(panel.head.close_button, Qt.MouseButton.LeftButton)
    assert (resend.args, edit.args, save.args) == ([1], [1], [1, "message-1.json"])


def test_find_counts_steps_and_wraps_around(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(b"one two ONE three one"))
    show(qtbot, panel, recording, 1)
    panel.open_find()
    qtbot.keyClicks(panel.find_bar.field.edit, "one")
    bar = panel.find_bar
    qtbot.waitUntil(lambda: bar.count_text == "1 of 3")

    qtbot.keyClick(bar.field.edit, Qt.Key.Key_Return)
    assert panel.raw_view.selection == Selection(11, 8)
    qtbot.keyClick(bar.field.edit, Qt.Key.Key_Return)
    qtbot.keyClick(bar.field.edit, Qt.Key.Key_Return)
    assert bar.count_text == "1 of 3"
    qtbot.keyClick(bar.field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count_text == "3 of 3"
    panel.raw_view.grab()


def test_find_can_mind_capitals_and_says_when_there_is_none(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received("Ärger ärger".encode()))
    show(qtbot, panel, recording, 1)
    panel.open_find()
    bar = panel.find_bar
    bar.field.set_text("ÄRGER")
    qtbot.waitUntil(lambda: bar.count_text == "1 of 2")
    qtbot.mouseClick(bar.case_toggle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.count_text == "No match")
    qtbot.keyClick(bar.field.edit, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_find_follows_to_the_other_view(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(b'{"a":1,"b":[1,1]}'))
    show(qtbot, panel, recording, 1)
    panel.open_find()
    panel.find_bar.field.set_text("1")
    qtbot.waitUntil(lambda: panel.find_bar.count_text == "1 of 3")
    panel.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: panel.hex_view.selection == Selection(6, 5))
    assert panel.find_bar.count_text == "1 of 3"


def test_copy_without_a_selection_takes_the_whole_text(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording, clipboard_text: Callable[[], str]
) -> None:
    put(recording, received(b'{"a":1.0}'))
    show(qtbot, panel, recording, 1)
    panel.tabs.setCurrentIndex(1)
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)

    assert clipboard_text() == '{"a":1.0}'


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("copy", "00 ff"),
        ("copy_base64", "AP8="),
        ("copy_c_array", "static const unsigned char payload[2] = {\n    0x00, 0xff\n};\n"),
    ],
)
def test_selected_bytes_copy_as_hex_base64_and_c(
    qtbot: QtBot,
    panel: InspectorPanel,
    recording: Recording,
    clipboard_text: Callable[[], str],
    copy: str,
    expected: str,
) -> None:
    put(recording, received(b"\x01\x00\xff\x02", Opcode.BINARY))
    show(qtbot, panel, recording, 1)
    view = panel.hex_view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    getattr(view, copy)()

    assert clipboard_text() == expected


def test_a_handshake_shows_both_sides_headers_and_the_steps(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording, clipboard_text: Callable[[], str]
) -> None:
    put(
        recording,
        Step(ts_ns=_TS_NS, mono_ns=1, name="tcp", ok=True, ms=21.0, detail="203.0.113.7:443"),
        Opened(
            ts_ns=_TS_NS,
            mono_ns=1,
            url="wss://example.dev/v2",
            request_target="/v2",
            request_headers=(("Host", "example.dev"), ("Authorization", "Bearer abc")),
            status=101,
            reason="Switching Protocols",
            headers=(("Upgrade", "websocket"),),
            subprotocol="chat",
            tls_version="TLS 1.3",
        ),
    )
    show(qtbot, panel, recording, 2)
    panel.grab()
    qtbot.mouseClick(panel.head.copy_button, Qt.MouseButton.LeftButton)

    text = clipboard_text()
    for part in ("GET /v2 HTTP/1.1", "Authorization: ••••••••", "Upgrade: websocket", "chat", "203.0.113.7:443"):
        assert part in text
    assert "certificate not verified" in text
    assert not panel.tabs.isVisible()


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            Closed(ts_ns=_TS_NS, mono_ns=1, by="server", code=1001, reason="deploy", clean=True, open_s=483),
            "1001 Going away",
        ),
        (Note(ts_ns=_TS_NS, mono_ns=1, text="Reading was paused."), "Reading was paused."),
        (Step(ts_ns=_TS_NS, mono_ns=1, name="tcp", ok=False, ms=3, detail="refused"), "This step failed"),
        (
            Failed(
                ts_ns=_TS_NS,
                mono_ns=1,
                failure=Failure(
                    code="status", step="upgrade", technical="status 403", answer=Answer(status=403, body=b"<p>\x00no")
                ),
            ),
            "HTTP/1.1 403",
        ),
        (
            Control(
                ts_ns=_TS_NS, mono_ns=1, direction=Direction.SENT, opcode=Opcode.PING, payload=b"\x00abc", wire_bytes=10
            ),
            "00 61 62 63",
        ),
    ],
)
def test_other_rows_have_words(
    qtbot: QtBot,
    panel: InspectorPanel,
    recording: Recording,
    event: Closed | Note | Step | Failed | Control,
    words: str,
) -> None:
    put(recording, event)
    show(qtbot, panel, recording, 1)
    panel.grab()

    assert panel.details_view.details is not None
    assert words in panel.details_view.details.as_text()


def test_what_was_wrong_with_a_message_stands_above_it(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(b"abc\xff", fault="Byte 3 is not valid UTF-8"))
    show(qtbot, panel, recording, 1)

    assert panel.note_label.isVisible()
    assert panel.note_label.text() == "Byte 3 is not valid UTF-8"


def test_several_rows_show_their_sums(panel: InspectorPanel) -> None:
    panel.show_summary(3912, 1_195_376, 12.4)

    assert panel.details_view.details is not None
    text = panel.details_view.details.as_text()
    assert "3,912" in text
    assert "1.14 MB" in text
    assert "12.4 s" in text


def test_while_a_key_repeats_only_the_first_and_the_last_row_are_read(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, *(received(b"%d" % number) for number in range(50)))
    asked: list[int] = []

    def open_reader():
        asked.append(1)
        return recording.reader()

    for seq in range(1, 51):
        panel.show_event(open_reader, seq)
    qtbot.waitUntil(lambda: panel.seq == 50)
    assert len(asked) == 2


def test_clear_lets_go_of_the_payload(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(b"[" + b"1," * 500_000 + b"1]"))
    show(qtbot, panel, recording, 1)
    qtbot.waitUntil(lambda: panel.pretty_view.is_indexed)
    document = panel.pretty_view.document
    assert document is not None
    gone = weakref.ref(document.source)
    del document
    panel.clear()
    gc.collect()

    assert gone() is None
    assert panel.seq is None


def test_a_number_that_is_not_there_shows_nothing(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    put(recording, received(b"x"))
    show(qtbot, panel, recording, 1)
    panel.show_event(recording.reader, 99)

    qtbot.waitUntil(lambda: panel.seq is None)
    assert not panel.tabs.isVisible()


def test_json_values_are_the_same_before_and_after(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    value = {"deep": [[[{"a": [1, 2.5, None, True, "x" * 100]}]]], "empty": {}, "list": []}
    put(recording, received(json.dumps(value).encode()))
    show(qtbot, panel, recording, 1)

    assert json.loads(pretty_text(panel)) == value


def test_the_path_under_the_caret_stands_below_and_is_copied(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording, clipboard_text: Callable[[], str]
) -> None:
    put(recording, received(b'{"a":[1,{"b":"' + b"x" * 80 + b'"}]}'))
    show(qtbot, panel, recording, 1)
    panel.pretty_view.select(Selection(pretty_text(panel).index('"b"'), pretty_text(panel).index('"b"')))
    qtbot.waitUntil(lambda: panel.foot.place.accessibleName() == "$.a[1].b")
    qtbot.mouseClick(panel.foot.copy_button, Qt.MouseButton.LeftButton)

    assert clipboard_text() == "$.a[1].b"


def test_a_large_text_with_a_fault_stays_pretty_up_to_it(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording
) -> None:
    put(recording, received(b"[" + b'"abc",' * 20_000 + b"oops]"))
    show(qtbot, panel, recording, 1)
    qtbot.waitUntil(panel.note_label.isVisible)

    assert panel.note_label.text().startswith("Not valid JSON: Line 1: oops")
    assert pretty_text(panel).startswith('[\n  "abc",\n')
    assert pretty_text(panel).endswith("oops]")


def test_ten_megabytes_are_selected_copied_and_searched(
    qtbot: QtBot, panel: InspectorPanel, recording: Recording, clipboard_text: Callable[[], str]
) -> None:
    payload = b'["' + "é漢x".encode() * 1_700_000 + b'"]'
    put(recording, received(payload))
    panel.restore_tab_choices({"json": "raw"})
    show(qtbot, panel, recording, 1)
    qtbot.waitUntil(lambda: panel.raw_view.is_indexed, timeout=20_000)
    panel.raw_view.select_all()
    panel.raw_view.copy()
    assert clipboard_text() == payload.decode()

    panel.open_find()
    panel.find_bar.field.set_text("É漢X")
    qtbot.waitUntil(lambda: panel.find_bar.count_text == "1 of 1,000,000+", timeout=20_000)


def test_white_space_of_deep_nesting_stays_in_bounds(qtbot: QtBot, panel: InspectorPanel, recording: Recording) -> None:
    payload = b"[" * 60_000 + b'"deep"' + b"]" * 60_000
    put(recording, received(payload))
    show(qtbot, panel, recording, 1)
    qtbot.waitUntil(lambda: panel.pretty_view.is_indexed, timeout=20_000)

    text = pretty_text(panel)
    assert "".join(text.split()) == payload.decode()
    assert len(text) < 40 * len(payload)


def test_a_payload_on_disk_is_masked_page_by_page(qtbot: QtBot, look: Look, recording: Recording) -> None:
    masking = Masking()
    values = SecretValues(["hunter2-hunter2"])
    masking.follow(lambda: values)
    panel = InspectorPanel(look, masking)
    qtbot.addWidget(panel)
    panel.resize(480, 480)
    panel.show()
    border = PAGE_BYTES - 5
    payload = b"." * border + b"hunter2-hunter2" + b"." * (WHOLE_BYTES + 1)
    put(recording, received(payload))
    show(qtbot, panel, recording, 1)
    document = panel.raw_view.document
    assert document is not None
    assert document.masked is not None

    qtbot.waitUntil(lambda: document.source.read(border - 1, border + 16) is not None)
    assert document.source.read(border - 1, border + 16) == b"." + b"*" * 15 + b"."
    assert [*document.masked(0, border + 16)] == [(border, border + 5), (border + 5, border + 15)]
    assert document.masked(0, 9) == []
    qtbot.waitUntil(panel.head.eye.isVisible)
    worker = document.open_worker()
    assert b"hunter2" not in worker.take(border - 9, 40)
    worker.close()
    panel.shut_down()


def test_pretty_says_why_it_is_off_where_what_is_masked_is_of_its_structure(
    qtbot: QtBot, look: Look, recording: Recording
) -> None:
    masking = Masking()
    values = SecretValues(["482913"])
    masking.follow(lambda: values)
    panel = InspectorPanel(look, masking)
    qtbot.addWidget(panel)
    panel.show()
    put(recording, received(b'{"pin": 482913}'))
    show(qtbot, panel, recording, 1)
    assert panel.tabs.tabToolTip(0) == "With its secrets masked it is no valid JSON"
    masking.is_revealed = True
    with qtbot.waitSignal(panel.shown):
        panel.renew()
    assert pretty_text(panel) == '{ "pin": 482913 }'
    panel.shut_down()


def test_what_is_revealed_is_shown_at_the_same_place(qtbot: QtBot, look: Look, recording: Recording) -> None:
    masking = Masking()
    values = SecretValues(["hunter2"])
    masking.follow(lambda: values)
    panel = InspectorPanel(look, masking)
    qtbot.addWidget(panel)
    panel.resize(480, 480)
    panel.show()
    put(recording, received(b"line\n" * 400 + b"hunter2"))
    show(qtbot, panel, recording, 1)
    panel.raw_view.select(Selection(2000, 2007))
    place = panel.raw_view.verticalScrollBar().value()
    assert place > 0
    masking.is_revealed = True
    with qtbot.waitSignal(panel.shown):
        panel.renew()
    assert panel.raw_view.verticalScrollBar().value() == place
    assert panel.raw_view.selection == Selection(2000, 2007)
    panel.shut_down()
