"""Gives freed memory back to the system after a large payload.

glibc keeps what was freed for itself: 50 MB after a message of 10 MB. Elsewhere the allocator sees to it.
"""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QObject, QTimer

from wireyard.gui.jobs import Jobs

_TRIM_MS = 1500
LARGE_BYTES = 1024 * 1024


def give_back() -> None:
    """Trim the heap where that can be done. Takes some milliseconds, without the interpreter's lock (worker)."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


class Trim:
    """Gives memory back a while after a large payload was let go."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        self._jobs = jobs
        self._soon = QTimer(parent)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TRIM_MS)
        self._soon.timeout.connect(self._on_due)

    def after(self, size_bytes: int) -> None:
        """A payload of so many bytes was let go."""
        if size_bytes >= LARGE_BYTES:
            self._soon.start()

    def stop(self) -> None:
        self._soon.stop()

    def _on_due(self) -> None:
        self._jobs.start("trim", lambda _: give_back())
