"""When the disk or the file fails, the list says so once and goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot
from tests.gui.timeline.conftest import Session

from wireyard.domain.session import SessionInfo
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.recording.errors import RecordingError
from wireyard.recording.open import open_recording
from wireyard.recording.recording import Recording
from wireyard.recording.row import lost_row


def test_a_file_cut_short_under_our_hands_is_told_once(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.many(20_000, "%d" + "x" * 200)
    session.recording.close()
    panel = TimelinePanel(look)
    qtbot.addWidget(panel)
    panel.resize(690, 530)
    with qtbot.waitExposed(panel):
        panel.show()
    path = session.recording.path
    panel.attach(lambda: open_recording(path), is_read_only=True)
    failures: list[RecordingError] = []
    panel.failed.connect(failures.append)
    os.truncate(path, path.stat().st_size // 4)
    listed = panel.list_widget
    assert isinstance(listed, QTableView)
    for place in (0.9, 0.7, 0.99):
        listed.verticalScrollBar().setValue(int(listed.verticalScrollBar().maximum() * place))
        listed.viewport().repaint()
    assert len(failures) == 1
    assert "damaged" in str(failures[0]) or "read" in str(failures[0])
    panel.shut_down()


def test_a_session_that_cannot_be_opened_leaves_the_list_as_it_was(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None], tmp_path: Path
) -> None:
    session.many(3)
    wait_rows(3)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"SQLite format 3\0" + os.urandom(5_000))
    try:
        panel.attach(lambda: open_recording(broken))
    except RecordingError:
        pass
    else:
        raise AssertionError("it opened")
    assert panel.row_count == 3


def test_a_lost_record_has_a_row_without_a_time(qtbot: QtBot, look: Look, panel: TimelinePanel) -> None:
    from wireyard.gui.timeline.accessible_row import row_sentence

    assert row_sentence(lost_row(5), None) == "Not kept it could not be written to disk and no longer fit in memory"


def test_payloads_of_every_kind_are_drawn(
    qtbot: QtBot, panel: TimelinePanel, listed: QTableView, session: Session, wait_rows: Callable[[int], None]
) -> None:
    texts = (
        "", "\0", "\n\t\r", "a" * 100_000, "日本語のテキスト" * 50, "שלום עולם " * 40, "مرحبا",
        "👩‍💻👨‍👩‍👧‍👦" * 60, "e\u0301" * 200,
        "\u202eoverride\u2066", '{"a":' * 60, '"' * 300, "\ufeff\u200b\u200d", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢" * 40, "{" + " " * 500,
    )  # fmt: skip
    session.received(*texts)
    for payload in (b"", b"\xff", bytes(range(256)), b"\x82\xa1a\x01\xa1b\x02", b"\x89PNG\r\n\x1a\n"):
        session.binary(payload)
    wait_rows(len(texts) + 5)
    for width in (690, 340, 1_400):
        panel.resize(width, 900)
        listed.viewport().repaint()
        listed.viewport().repaint()


def test_detach_lets_go_of_the_file(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    info = SessionInfo(id="01B", url="ws://h/", created_ts_ns=1)
    recording = Recording.create(tmp_path, info)
    panel = TimelinePanel(look)
    qtbot.addWidget(panel)
    panel.attach(recording.reader)
    panel.detach()
    assert panel.row_count == 0
    recording.close()
    panel.shut_down()


def test_another_session_takes_the_place_of_the_first(
    qtbot: QtBot, panel: TimelinePanel, session: Session, wait_rows: Callable[[int], None], tmp_path: Path
) -> None:
    session.many(30)
    wait_rows(30)
    panel.select(4)
    other = Session(tmp_path / "other")
    other.many(2)
    other.flush()
    with qtbot.waitSignal(panel.message_selected, check_params_cb=lambda seq: seq is None):
        panel.attach(other.recording.reader)
    assert panel.row_count == 2
    panel.detach()
    other.recording.close()
