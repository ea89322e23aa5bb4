"""When to give memory back after a large payload was shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from wireyard.gui.jobs import Jobs
from wireyard.gui.memory import give_back

_TRIM_MS = 1500
LARGE_BYTES = 1024 * 1024


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
