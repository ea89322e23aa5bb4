"""Old sessions in the window: what is told first, what goes a day later, and what brings it back."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.helpers import recordings as make
from tests.helpers.scripted_server import echo, serving
from tests.helpers.window import Desk, windowed

from wireyard.gui.retention import EVERY_MS
from wireyard.recording.catalogue import Catalogue


def told_long_ago(desk: Desk) -> None:
    """As if it had been told two days ago."""
    folder = str(desk.profile.sessions)
    desk.profile.retention_file.write_text(json.dumps({folder: time.time() - 2 * 86400}))


def old_session(desk: Desk) -> Path:
    return make.record(desk.profile.sessions, [make.message(), make.closed()])  # of 2026-01


def shown_sessions(desk: Desk) -> int:
    return sum(1 for row in desk.window.sidebar.history.model.rows if row.session is not None)


@windowed
async def test_the_first_time_it_is_only_told_with_a_way_to_the_settings(desk: Desk) -> None:
    path = old_session(desk)
    desk.workbench.retention.run()
    await desk.until(lambda: desk.window.tabs.notices.topics == ("retention",))
    bar = desk.window.tabs.notices.bar("retention")
    assert bar is not None
    assert "1 session" in bar.text
    assert "older than 30 days, or beyond 2 GB" in bar.text
    assert path.exists()
    desk.click(desk.button("Settings", bar))
    await desk.until(lambda: "Remove sessions after" in desk.all_text())


@windowed
async def test_what_is_due_leaves_the_history_at_once_and_undo_brings_it_back_kept(desk: Desk) -> None:
    path = old_session(desk)
    told_long_ago(desk)
    desk.press("Alt+Shift+H")
    await desk.until(lambda: shown_sessions(desk) == 1)
    desk.workbench.retention.run()
    await desk.until_toast("Removed 1 session by age or size")
    await desk.until(lambda: shown_sessions(desk) == 0)
    assert not path.exists()
    desk.click(desk.button("Undo"))
    await desk.until_toast("1 session is back, and kept.")
    await desk.until(lambda: shown_sessions(desk) == 1)
    assert [each.kept for each in Catalogue(desk.profile.sessions).sessions()] == [True]


@windowed
async def test_one_that_is_open_in_a_log_tab_stays_until_the_tab_is_closed(desk: Desk) -> None:
    path = old_session(desk)
    told_long_ago(desk)
    await desk.open_log(path)
    desk.workbench.retention.run()
    await desk.until(lambda: desk.workbench.retention.is_idle)
    assert path.exists()
    desk.press("Ctrl+W")
    desk.workbench.retention.run()
    await desk.until(lambda: not path.exists())


@windowed
async def test_never_means_never(desk: Desk) -> None:
    path = old_session(desk)
    told_long_ago(desk)
    store = desk.workbench.services.settings
    store.change("recording.max_age_days", 0)
    store.change("recording.max_size_gb", 0.0)
    desk.workbench.retention.run()
    await desk.until(lambda: desk.workbench.retention.is_idle)
    assert path.exists()


@windowed
async def test_it_looks_again_soon_after_a_session_ended_and_each_hour(desk: Desk) -> None:
    retention = desk.workbench.retention
    retention.run()
    assert retention.due_in_ms == pytest.approx(EVERY_MS, rel=0.05)  # Qt's coarse timers are that exact
    async with serving(echo) as url:
        await desk.connect(url)
        desk.press("Ctrl+W")
        await desk.until(lambda: retention.due_in_ms < 10_000)
