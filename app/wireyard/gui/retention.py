"""Removes sessions beyond the age and size that the settings allow: at start, each hour, and after one ended."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wireyard.formats import sizes
from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.services import Services
from wireyard.recording.errors import RecordingError

FIRST_MS = 3_000
EVERY_MS = 60 * 60 * 1000
SOON_MS = 2_000


class Retention(QObject):
    """Looks on a worker, one look at a time.

    ``warned`` carries a sentence: what will be removed and from when. ``removed`` carries one that tells what was, and
    what undoes it. ``changed`` says that the list of sessions is another now, ``noticed`` carries what went wrong.
    """

    warned = Signal(str)
    removed = Signal(str, object)
    changed = Signal()
    noticed = Signal(str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = Jobs(self, self._on_failed)
        self._job: Job | None = None
        self._is_wanted_again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.run)

    @property
    def is_idle(self) -> bool:
        """Whether no look is under way."""
        return self._job is None

    @property
    def due_in_ms(self) -> int:
        """When it looks again."""
        return self._timer.remainingTime()

    def start(self) -> None:
        """Look for the first time in a moment, when the window stands."""
        self._timer.start(FIRST_MS)

    def soon(self) -> None:
        """A session has ended: look in a moment."""
        if not self._timer.isActive() or self._timer.remainingTime() > SOON_MS:
            self._timer.start(SOON_MS)

    def stop(self) -> None:
        """Stop what runs beside the GUI thread; what was removed is removed, the rest stays."""
        self._timer.stop()
        self._jobs.stop()

    @Slot()
    def run(self) -> None:
        """Look now."""
        from wireyard.session.recorder import sessions_folder
        from wireyard.session.retention import Outcome, tend

        self._timer.start(EVERY_MS)
        if self._job is not None:
            self._is_wanted_again = True
            return
        profile, settings = self._services.profile, self._services.settings.settings
        folder = sessions_folder(profile, settings)

        def work(job: Job) -> Outcome:
            return tend(profile, settings, folder, should_stop=lambda: job.is_cancelled, breathe=job.breathe)

        def done(outcome: Outcome) -> None:
            self._job = None
            self._tell(outcome)
            if self._is_wanted_again:
                self._is_wanted_again = False
                self.soon()

        self._job = self._jobs.start("retention", work, done)

    def _tell(self, outcome: object) -> None:
        from wireyard.session.retention import Outcome, rule_words

        if not isinstance(outcome, Outcome) or not outcome.pruned.sessions:
            return
        count, size = len(outcome.pruned.sessions), sizes.size(outcome.pruned.size_bytes)
        many = self.tr("1 session") if count == 1 else self.tr("{0} sessions").format(sizes.count(count))
        if outcome.is_warning:
            rule = rule_words(self._services.settings.settings)
            self.warned.emit(
                self.tr(
                    "{0} ({1}): {2}. Such sessions will be removed from tomorrow on, the oldest first. "
                    "Those you keep stay."
                ).format(many, size, rule)
            )
            return
        self.changed.emit()
        deletion = outcome.pruned.deletion
        self.removed.emit(self.tr("Removed {0} by age or size, {1}.").format(many, size), lambda: self._undo(deletion))

    def _undo(self, deletion: object) -> None:
        from wireyard.recording.history import Deletion
        from wireyard.recording.retention import bring_back

        def work(_job: Job) -> list[Path]:
            return bring_back(deletion) if isinstance(deletion, Deletion) else []

        def done(paths: list[Path]) -> None:
            self.changed.emit()
            said = self.tr("1 session is back, and kept.") if len(paths) == 1 else ""
            self.noticed.emit(said or self.tr("{0} sessions are back, and kept.").format(sizes.count(len(paths))))

        self._jobs.start("retention-undo", work, done)

    def _on_failed(self, error: RecordingError) -> None:
        self._job = None
        self.changed.emit()
        self.noticed.emit(str(error))
