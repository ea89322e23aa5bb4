"""Work off the GUI thread that can be cancelled: one daemon thread a job, its answers handed back in order.

A job's ``done`` and ``progressed`` run on the GUI thread and never after the job was cancelled, so a view that has
moved on to another payload hears nothing more of the last one.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from wireyard.gui.bridge import GuiCalls
from wireyard.recording.errors import RecordingError

_REPORT_EVERY_S = 0.033
_JOIN_S = 2.0
_BUSY_S = 0.003
_REST_S = 0.001

_T = TypeVar("_T")


class Job:
    """One piece of work. Workers look at `is_cancelled` between small steps and call `report` as they get on."""

    def __init__(self, post: Callable[[Callable[[], None]], None], progressed: Callable[[], None] | None) -> None:
        self._post = post
        self._progressed = progressed
        self._cancelled = threading.Event()
        self._is_report_pending = False
        self._reported_s = 0.0
        self._rested_s = time.monotonic()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it is heard any more."""
        self._cancelled.set()

    def breathe(self) -> None:
        """Let other threads run after some milliseconds of work (worker).

        Every call that the GUI thread makes into Qt gives the interpreter's lock away for a moment, and a busy worker
        gives it back only after 5 ms.
        """
        if time.monotonic() - self._rested_s > _BUSY_S:
            time.sleep(_REST_S)
            self._rested_s = time.monotonic()

    def report(self) -> None:
        """Tell the GUI thread that there is more to show, at most 30 times a second; then `breathe` (worker)."""
        self.breathe()
        now = time.monotonic()
        if self._progressed is None or self._is_report_pending or now - self._reported_s < _REPORT_EVERY_S:
            return
        self._is_report_pending = True
        self._reported_s = now
        self.tell(self._on_report)

    def tell(self, call: Callable[[], None]) -> None:
        """Run ``call`` on the GUI thread unless the job is cancelled by then (worker)."""
        if self.is_cancelled:
            return

        def run() -> None:
            if not self.is_cancelled:
                call()

        self._post(run)

    def _on_report(self) -> None:
        self._is_report_pending = False
        if self._progressed is not None:
            self._progressed()


class Jobs(QObject):
    """The jobs of one view. When the view goes, they are cancelled."""

    def __init__(self, parent: QObject, failed: Callable[[RecordingError], None] | None = None) -> None:
        """``failed`` hears on the GUI thread that the recording could not be read; for those who read one."""
        super().__init__(parent)
        self._failed = failed
        self._calls = GuiCalls(self)
        self._running: dict[Job, threading.Thread] = {}
        running = self._running
        self.destroyed.connect(lambda: _cancel(running))

    def start(
        self,
        name: str,
        work: Callable[[Job], _T],
        done: Callable[[_T], None] | None = None,
        progressed: Callable[[], None] | None = None,
    ) -> Job:
        """Run ``work`` on a thread of its own; ``done`` gets its answer on the GUI thread."""
        job = Job(self._calls.post, progressed)
        running, failed = self._running, self._failed

        def run() -> None:
            try:
                answer = work(job)
                if done is not None:
                    job.tell(functools.partial(done, answer))
            except RecordingError as error:
                if failed is None:
                    raise
                job.tell(functools.partial(failed, error))
            finally:
                running.pop(job, None)

        thread = threading.Thread(target=run, name=f"wireyard-{name}", daemon=True)
        running[job] = thread
        thread.start()
        return job

    def stop(self) -> None:
        """Cancel all jobs and wait for their threads to see it."""
        threads = list(self._running.values())
        _cancel(self._running)
        for thread in threads:
            thread.join(_JOIN_S)


def _cancel(running: dict[Job, Any]) -> None:
    for job in list(running):
        job.cancel()
