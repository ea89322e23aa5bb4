"""Jobs: answers on the GUI thread, silence after a cancel, and failures told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from wireyard.gui.bridge import GuiCalls
from wireyard.gui.jobs import Job, Jobs
from wireyard.recording.errors import RecordingError


def test_work_runs_beside_the_gui_thread_and_its_answer_comes_back_there(qtbot: QtBot) -> None:
    parent = QObject()
    jobs, answers = Jobs(parent), list[tuple[int, int]]()
    jobs.start("name", lambda _: threading.get_ident(), lambda where: answers.append((where, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(answers))
    ((worked_on, answered_on),) = answers
    assert worked_on != answered_on == threading.get_ident()
    jobs.stop()


def test_a_cancelled_job_is_not_heard_any_more(qtbot: QtBot) -> None:
    parent = QObject()
    jobs, go, answers = Jobs(parent), threading.Event(), list[str]()

    def work(job: Job) -> str:
        go.wait(10)
        return "too late"

    job = jobs.start("late", work, answers.append)
    job.cancel()
    go.set()
    jobs.stop()
    jobs.start("after", lambda _: "in time", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["in time"]
    jobs.stop()


def test_a_recording_that_cannot_be_read_is_told(qtbot: QtBot) -> None:
    parent = QObject()
    failures: list[RecordingError] = []
    jobs = Jobs(parent, failures.append)

    def work(job: Job) -> None:
        raise RecordingError("It is gone.", Path("x"), "Look elsewhere.")

    jobs.start("fails", work)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].what == "It is gone."
    jobs.stop()


def test_progress_is_told_at_most_thirty_times_a_second(qtbot: QtBot) -> None:
    parent = QObject()
    jobs, told, done = Jobs(parent), list[int](), list[None]()

    def work(job: Job) -> None:
        for _ in range(5_000):
            job.report()

    jobs.start("busy", work, done.append, lambda: told.append(1))
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert 1 <= len(told) < 500
    jobs.stop()


def test_a_view_may_go_while_threads_hand_calls_to_it(qapp: QApplication) -> None:
    for _ in range(20):
        parent = QObject()
        calls = GuiCalls(parent)
        is_over = threading.Event()

        def hand_over(post: Callable[[Callable[[], None]], None] = calls.post, over: threading.Event = is_over) -> None:
            while not over.is_set():
                post(lambda: None)

        threads = [threading.Thread(target=hand_over) for _ in range(3)]
        for thread in threads:
            thread.start()
        parent.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        is_over.set()
        for thread in threads:
            thread.join()
        assert not isValid(calls)


def test_calls_for_a_view_that_is_gone_are_dropped(qtbot: QtBot) -> None:
    heard: list[str] = []
    gone, there = GuiCalls(parent := QObject()), GuiCalls()
    gone.post(lambda: heard.append("gone"))
    parent.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    there.post(lambda: heard.append("there"))
    qtbot.waitUntil(lambda: "there" in heard)
    assert heard == ["there"]
