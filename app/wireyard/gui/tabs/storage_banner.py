"""The lasting warning while a session can't be written: what is kept, what fell out, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wireyard.formats import sizes
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label
from wireyard.recording.values import StorageHealth


class StorageBanner(Panel):
    """Hidden while all is well; ``save_elsewhere_requested`` asks for a new place."""

    save_elsewhere_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("warn.bg", "bottom", parent)
        self._look = look
        self._shown = StorageHealth()
        self._icon = QLabel(self)
        self._text = Label(look, "", "small.medium", "warn", wraps=True, selectable=True)
        self._save = Button(look, self.tr("Save elsewhere…"), size="small")
        self._save.clicked.connect(self.save_elsewhere_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._save)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_health(self, health: StorageHealth) -> None:
        """Say how the recording is; messages that were lost are told of for good."""
        if health == self._shown:
            return
        was_hidden = self.isHidden()
        self._shown = health
        self._text.setText(self._words(health))
        self._save.setVisible(health.failing)
        self.setVisible(health.failing or health.lost_messages > 0)
        if was_hidden and not self.isHidden():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._text.text()))

    def _words(self, health: StorageHealth) -> str:
        lost = sizes.count(health.lost_messages)
        if not health.failing:
            return self.tr("{0} entries are missing: they came while the session could not be written.").format(lost)
        kept = sizes.count(health.kept_messages)
        text = self.tr("The session can't be written. {0} The newest {1} entries are kept in memory").format(
            health.reason, kept
        )
        return f"{text}; {self.tr('{0} fell out.').format(lost)}" if health.lost_messages else f"{text}."

    @Slot()
    def _on_look_changed(self) -> None:
        self._icon.setPixmap(self._look.pixmap("alert", "warn", 16, self.devicePixelRatioF()))
