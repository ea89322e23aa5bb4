"""Settings that the window changes: by its keys and buttons, and in the Settings window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.services import Services
from wireyard.gui.theme.look import MAX_ZOOM_PERCENT, MIN_ZOOM_PERCENT
from wireyard.gui.window import parts
from wireyard.settings.model import Settings
from wireyard.settings.rows import Value, topics, value_of
from wireyard.settings.store import SettingsError

if TYPE_CHECKING:
    from wireyard.gui.preferences.preferences_window import PreferencesWindow

ZOOM_STEP_PERCENT = 10


class SettingsErrands(QObject):
    """``noticed`` carries a sentence for a toast: why a setting can't be kept."""

    noticed = Signal(str)

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._preferences: PreferencesWindow | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """The commands of `wireyard.gui.commands` that change settings."""
        return {
            "zoom_in": partial(self.zoom_by, ZOOM_STEP_PERCENT),
            "zoom_out": partial(self.zoom_by, -ZOOM_STEP_PERCENT),
            "zoom_reset": partial(self.change, "appearance.zoom_percent", 100),
            "open_settings": self.open,
        }

    @Slot()
    def open(self, topic: str = "") -> None:
        """Show the Settings window, at a topic by the name of its table where one is given."""
        if self._preferences is None:
            self._preferences = parts.make_preferences(self._services, self._window)
            self._preferences.settings_changed.connect(self._on_preferences_changed)
            self._services.settings.on_change(self._on_settings_changed)
        if topic:
            self._preferences.show_topic(topic)
        self._preferences.show()
        self._preferences.raise_()
        self._preferences.activateWindow()

    def close(self) -> None:
        """Close the Settings window, and hear of no setting any more."""
        preferences, self._preferences = self._preferences, None
        if preferences is not None:
            self._services.settings.forget(self._on_settings_changed)
            preferences.close()
            preferences.deleteLater()

    def change(self, key: str, value: Value) -> None:
        """Give a setting another value."""
        try:
            self._services.settings.change(key, value)
        except SettingsError as error:
            self.noticed.emit(str(error))

    def zoom_by(self, percent: int) -> None:
        """Make everything larger or smaller."""
        wanted = self._services.look.zoom_percent + percent
        self.change("appearance.zoom_percent", max(MIN_ZOOM_PERCENT, min(MAX_ZOOM_PERCENT, wanted)))

    @Slot()
    def switch_theme(self) -> None:
        """From light to dark, and back."""
        self.change("appearance.scheme", "light" if self._services.look.is_dark else "dark")

    @Slot(object)
    def _on_preferences_changed(self, wanted: Settings) -> None:
        store = self._services.settings
        for topic in topics():
            for row in topic.rows:
                value = value_of(wanted, row.key)
                if value != value_of(store.settings, row.key):
                    self.change(row.key, value)

    def _on_settings_changed(self, settings: Settings) -> None:
        # A key or a question changed one, which the open Settings window must not undo.
        if self._preferences is not None and self._preferences.settings != settings:
            self._preferences.show_settings(settings)
