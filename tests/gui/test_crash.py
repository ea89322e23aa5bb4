"""Our own failures: a report without secrets, a word in the window, and the rest goes on."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.helpers.window import Desk, windowed

from wireyard.gui.crash import MAX_REPORTS, CrashReporter, crash_report

SECRET = "hush-hush"


class SlipError(Exception):
    """Something that nobody thought of."""


def slip() -> None:
    raise SlipError(f"lost ws://user:{SECRET}@h.example/?token={SECRET} with Authorization: Bearer {SECRET}")


def slipped() -> SlipError:
    try:
        slip()
    except SlipError as error:
        return error
    raise AssertionError


@pytest.fixture(autouse=True)
def _pythons_own_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the program: pytest has hooks of its own."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)


def reports(desk: Desk) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(desk.profile.crashes.glob("crash-*.txt"))]


async def is_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    await desk.until_toast("Something in Wireyard failed. The rest goes on.")
    (report,) = reports(desk)
    assert "Slip" in report
    assert "in slip" in report
    assert SECRET not in report
    printed = capsys.readouterr().err
    assert "Slip" in printed
    assert SECRET not in printed
    desk.click(desk.button("Copy report"))
    assert QApplication.clipboard().text() == report
    desk.press("Ctrl+T")
    assert desk.tab.bar.address == ""


@pytest.mark.qt_no_exception_capture
@windowed
async def test_a_slip_in_a_slot(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    QTimer.singleShot(0, slip)
    await is_told(desk, capsys)


@pytest.mark.qt_no_exception_capture
@pytest.mark.expects_log("a task of the window failed")
@windowed
async def test_a_slip_in_a_task(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    async def work() -> None:
        slip()

    desk.workbench.services.tasks.spawn(work())
    await is_told(desk, capsys)


@pytest.mark.qt_no_exception_capture
@windowed
async def test_a_slip_in_a_callback_of_the_loop(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.get_running_loop().call_soon(slip)
    await is_told(desk, capsys)


@pytest.mark.qt_no_exception_capture
@windowed
async def test_a_slip_on_another_thread(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    threading.Thread(target=slip, daemon=True).start()
    await is_told(desk, capsys)


@pytest.mark.qt_no_exception_capture
@windowed
async def test_the_same_slip_over_and_over_is_told_once(desk: Desk) -> None:
    for _ in range(20):
        QTimer.singleShot(0, slip)
    await desk.until(lambda: desk.toasts)
    done: list[bool] = []
    QTimer.singleShot(0, lambda: done.append(True))
    await desk.until(lambda: done)
    assert len(reports(desk)) == len(desk.toasts) == 1


@pytest.mark.qt_no_exception_capture
@windowed
async def test_the_hooks_are_put_back_at_the_end(desk: Desk) -> None:
    await desk.leave()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


def test_a_report_names_versions_and_place_and_no_secret() -> None:
    text = crash_report(slipped())
    assert text.startswith("Wireyard ")
    assert "PySide6" in text
    assert "in slip" in text
    assert SECRET not in text


def test_old_reports_go(tmp_path: Path) -> None:
    told: list[str] = []
    reporter = CrashReporter(tmp_path, told.append, lambda call: call())
    for number in range(MAX_REPORTS + 5):
        reporter.report(SlipError(str(number)))
    assert len(told) == MAX_REPORTS + 5
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == MAX_REPORTS
    assert f"SlipError: {MAX_REPORTS + 4}" in kept[-1].read_text()


def test_a_report_that_cannot_be_kept_can_still_be_copied(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    told: list[str] = []
    CrashReporter(tmp_path / "file", told.append, lambda call: call()).report(slipped())
    assert "could not be kept" in told[0]
    assert SECRET not in told[0]


def test_secrets_in_use_are_in_no_report() -> None:
    report = crash_report(ValueError("the server said: hunter2"), secrets=["hunter2"])
    assert "the server said: (hidden)" in report
