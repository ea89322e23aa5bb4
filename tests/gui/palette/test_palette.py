"""The palette by keyboard and mouse: what it lists, what each key does, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wireyard.gui.palette.entries import Entry, How
from wireyard.gui.palette.palette import Palette
from wireyard.gui.theme.look import Look

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Office:
    """Entries to be found, and what was remembered."""

    def __init__(self) -> None:
        self.keys: tuple[str, ...] = ()

    def entries(self) -> Sequence[Entry]:
        return (
            Entry("request:a", "requests", "Order updates", "Shop / Live", badge="WSS", pill="Open"),
            Entry("request:b", "requests", "Order archive", "Shop", badge="WSS"),
            Entry("message:0:a", "messages", "cancel order", "Sends to Order updates", icon="message", keys="Alt 1"),
            Entry("environment:s", "environments", "Staging", "In use", icon="braces"),
            Entry("action:export", "actions", "Export the session log…", icon="export", keys="Ctrl Shift E"),
            Entry("action:off", "actions", "Beautify the message", icon="indent", reason="No request is in front"),
        )

    def filter_entry(self, text: str) -> Entry | None:
        return Entry(f"filter:{text}", "timeline", f"Show messages containing “{text}”", icon="filter", keys="Alt ↵")

    def row_entry(self, number: str) -> Entry | None:
        return Entry(f"row:{number}", "timeline", f"Go to message {number}", icon="enter")

    def run(self, entry: Entry, how: How) -> None:
        raise AssertionError("the palette asks its owner")

    def add(self, key: str) -> None:
        self.keys = (key, *self.keys)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def palette(look: Look, window: QWidget, office: Office) -> Iterator[Palette]:
    palette = Palette(look, window, office, office)
    QAbstractItemModelTester(palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    palette.open()
    yield palette
    palette.reject()


def titles(palette: Palette) -> list[str]:
    return [str(palette.model.index(row, 0).data()) for row in range(palette.model.rowCount())]


def current(palette: Palette) -> str:
    return palette.current.entry.key if palette.current is not None else ""


def press(palette: Palette, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(palette.edit, key, modifiers or Qt.KeyboardModifier.NoModifier)


def test_typing_lists_groups_with_the_best_chosen(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, "ord")
    assert titles(palette) == [
        "Requests",
        "Order updates",
        "Order archive",
        "Saved messages",
        "cancel order",
        "In this timeline",
        "Show messages containing “ord”",
    ]
    assert current(palette) == "request:a"


def test_down_goes_over_captions_and_round_the_end(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, "ord")
    for _ in range(2):
        press(palette, qtbot, Qt.Key.Key_Down)
    assert current(palette) == "message:0:a"
    for _ in range(2):
        press(palette, qtbot, Qt.Key.Key_Down)
    assert current(palette) == "request:a"
    press(palette, qtbot, Qt.Key.Key_Up)
    assert current(palette) == "filter:ord"


@pytest.mark.parametrize(("modifiers", "how"), [(Qt.KeyboardModifier.NoModifier, "run"), (CONTROL, "new_tab")])
def test_enter_runs_and_control_enter_opens_in_a_new_tab(
    palette: Palette, qtbot: QtBot, office: Office, modifiers: Qt.KeyboardModifier, how: str
) -> None:
    qtbot.keyClicks(palette.edit, "updates")
    with qtbot.waitSignal(palette.run_wanted) as wanted:
        press(palette, qtbot, Qt.Key.Key_Return, modifiers)
    assert wanted.args is not None
    assert (wanted.args[0].key, wanted.args[1]) == ("request:a", how)
    assert office.keys == ("request:a",)
    assert not palette.isVisible()


def test_the_keyboard_is_back_before_the_action_runs(palette: Palette, window: QWidget, qtbot: QtBot) -> None:
    focus: list[QWidget | None] = []
    palette.run_wanted.connect(lambda *_: focus.append(window.focusWidget()))
    qtbot.keyClicks(palette.edit, "export")
    press(palette, qtbot, Qt.Key.Key_Return)
    assert focus == [window.findChild(QLineEdit)]


def test_alt_enter_filters_the_timeline_by_what_was_typed(palette: Palette, qtbot: QtBot, office: Office) -> None:
    qtbot.keyClicks(palette.edit, "ord")
    with qtbot.waitSignal(palette.run_wanted) as wanted:
        press(palette, qtbot, Qt.Key.Key_Return, ALT)
    assert wanted.args is not None
    assert wanted.args[0].key == "filter:ord"
    assert office.keys == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (">", "Actions"),
        ("@", "Saved messages"),
        ("#", "Environments"),
        (":120", "In this timeline"),
    ],
)
def test_a_sign_narrows_to_one_group(palette: Palette, qtbot: QtBot, typed: str, first: str) -> None:
    qtbot.keyClicks(palette.edit, typed)
    captions = [title for row, title in enumerate(titles(palette)) if palette.model.found(row) is None]
    assert captions == [first]


def test_a_number_goes_to_a_message(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, ":120")
    with qtbot.waitSignal(palette.run_wanted) as wanted:
        press(palette, qtbot, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0].key == "row:120"


def test_what_can_not_be_run_says_why_and_stays(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, ">beautify")
    spoken = palette.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Beautify the message, No request is in front"
    with qtbot.assertNotEmitted(palette.run_wanted):
        press(palette, qtbot, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_line_reads_out_with_its_keys(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, ">export")
    spoken = palette.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Export the session log…, Ctrl+Shift+E"


def test_nothing_found_is_said(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, "#nowhere")
    assert palette.current is None
    assert palette.nothing.text() == "Nothing called “nowhere”"
    assert palette.nothing.isVisible()
    press(palette, qtbot, Qt.Key.Key_Down)
    press(palette, qtbot, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_click_runs_a_line(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, "ord")
    rect = palette.view.visualRect(palette.model.index(2, 0))
    with qtbot.waitSignal(palette.run_wanted) as wanted:
        qtbot.mouseClick(palette.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert wanted.args is not None
    assert wanted.args[0].key == "request:b"


def test_recent_choices_come_first(look: Look, window: QWidget, office: Office) -> None:
    office.keys = ("action:export", "request:b")
    palette = Palette(look, window, office, office)
    assert titles(palette)[:2] == ["Actions", "Export the session log…"]
    assert titles(palette).index("Order archive") < titles(palette).index("Order updates")
    palette.reject()


def test_it_opens_with_a_sign_for_actions_only(look: Look, window: QWidget, office: Office) -> None:
    palette = Palette(look, window, office, office, ">")
    assert titles(palette)[0] == "Actions"
    assert palette.edit.text() == ">"
    palette.reject()


@pytest.mark.parametrize("zoom", [100, 200])
def test_it_stays_inside_a_small_window(look: Look, window: QWidget, office: Office, zoom: int) -> None:
    look.set_zoom(zoom)
    window.resize(960, 600)
    palette = Palette(look, window, office, office)
    palette.open()
    assert window.rect().contains(palette.geometry())
    assert palette.edit.isVisible()
    palette.reject()


def test_escape_leaves(palette: Palette, qtbot: QtBot, window: QWidget) -> None:
    press(palette, qtbot, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    qtbot.waitUntil(lambda: window.focusWidget() is window.findChild(QLineEdit))
