"""Whatever the keyboard can reach has a name for screen readers, and is large enough to hit."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from wireyard.domain.event import Step
from wireyard.domain.failure import Answer, Certificate, Failure
from wireyard.gui.connection.close_dialog import CloseDialog
from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.gui.connection.state import ConnectBarState
from wireyard.gui.export.export_sheet import ExportSheet
from wireyard.gui.export.model import ExportModel
from wireyard.gui.failure.failure_view import FailureView
from wireyard.gui.library import Library
from wireyard.gui.preferences.preferences_window import PreferencesWindow
from wireyard.gui.sidebar.sidebar import Sidebar
from wireyard.gui.status.facts import RoundTrips, StatusFacts
from wireyard.gui.status.status_bar import StatusBar
from wireyard.gui.theme.look import Look
from wireyard.gui.welcome.welcome_page import WelcomePage
from wireyard.gui.widgets.state import ConnectionState
from wireyard.gui.widgets.tab_bar import TabFacts
from wireyard.gui.widgets.tab_strip import TabStrip
from wireyard.gui.widgets.toasts import Toasts
from wireyard.gui.window.rail import Rail
from wireyard.session.wording import words
from wireyard.settings.model import Settings
from wireyard.settings.profile import Profile

MIN_TARGET = 24


def connect_bar(look: Look) -> QWidget:
    bar = ConnectBar(look)
    bar.set_address("wss://example.com")
    bar.show_state(ConnectBarState(ConnectionState.OPEN, time.monotonic_ns()))
    return bar


def failed_bar(look: Look) -> QWidget:
    bar = ConnectBar(look)
    bar.show_state(ConnectBarState(ConnectionState.ERROR, words="TLS failed"))
    return bar


def status_bar(look: Look) -> QWidget:
    bar = StatusBar(look)
    trips = RoundTrips(1, 1, 1, 1)
    bar.show_facts(
        StatusFacts(ConnectionState.OPEN, "Open", encryption="plain", round_trips=trips, recording="failing")
    )
    return bar


def tab_strip(look: Look) -> QWidget:
    strip = TabStrip(look)
    for number in range(20):
        strip.add_tab(TabFacts(f"Tab {number}"))
    return strip


def sidebar(look: Look) -> QWidget:
    return Sidebar(look, Library(Profile.at(Path("nowhere"))), lambda: Path("nowhere", "sessions"))


def history(look: Look) -> QWidget:
    made = Sidebar(look, Library(Profile.at(Path("nowhere"))), lambda: Path("nowhere", "sessions"))
    made.show_view("history")
    return made


def rail(look: Look) -> QWidget:
    return Rail(look, QMenu())


def welcome(look: Look) -> QWidget:
    page = WelcomePage(look, (("Send", "Ctrl ↵"),))
    page.set_echo("ws://127.0.0.1:9600/")
    page.set_address("wss://example.com")
    return page


def failure_by_certificate(look: Look) -> QWidget:
    failure = Failure(
        code="tls_untrusted",
        step="tls",
        technical="x",
        certificate=Certificate(names=("a.example",), issuer="CA", not_after=1, sha256="ab" * 32),
    )
    view = FailureView(look)
    view.show_failure(failure, words(failure), (Step(ts_ns=0, mono_ns=0, name="tcp", ok=True, ms=1),))
    return view


def failure_by_answer(look: Look) -> QWidget:
    failure = Failure(code="status", step="upgrade", technical="x", answer=Answer(status=404, body=b"no"))
    view = FailureView(look)
    view.show_failure(failure, words(failure), ())
    return view


def preferences(look: Look) -> QWidget:
    return PreferencesWindow(look, Settings())


def with_toast(look: Look) -> QWidget:
    window = QWidget()
    Toasts(look, window).show_toast("Cleared", "Undo")
    return window


def with_close_dialog(look: Look) -> QWidget:
    window = QWidget()
    CloseDialog(look, window).open()
    return window


def with_export_sheet(look: Look) -> QWidget:
    window = QWidget()
    ExportSheet(look, window, ExportModel("Echo", 5, filtered_count=2, selected_count=1, folder=Path.cwd())).open()
    return window


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize(
    "make",
    [
        connect_bar,
        failed_bar,
        status_bar,
        tab_strip,
        sidebar,
        history,
        rail,
        welcome,
        failure_by_certificate,
        failure_by_answer,
        preferences,
        with_toast,
        with_close_dialog,
        with_export_sheet,
    ],
)
def test_all_that_takes_the_keyboard_is_named_and_can_be_hit(
    look: Look, qtbot: QtBot, make: Callable[[Look], QWidget], zoom: int
) -> None:
    look.set_zoom(zoom)
    widget = make(look)
    qtbot.addWidget(widget)
    widget.resize(1280, 720)
    widget.show()
    faults = [fault for part in widget.findChildren(QWidget) if part.isVisible() for fault in faults_of(part)]
    assert faults == []


def faults_of(part: QWidget) -> list[str]:
    if not part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return []
    text = part.text() if isinstance(part, QAbstractButton) else ""
    faults = [] if part.accessibleName() or text else [f"{part!r} has no name"]
    if isinstance(part, QAbstractButton | QTabBar) and min(part.width(), part.height()) < MIN_TARGET:
        faults.append(f"{part.accessibleName() or text} is {part.width()}×{part.height()}")
    return faults
