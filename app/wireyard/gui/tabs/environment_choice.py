"""The environment in a request tab: the button in its bar, and what is said while a connection keeps other values."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.gui.environments.menu import EnvironmentButton
from wireyard.gui.request.notices import Notices, Remedy, Switch
from wireyard.gui.services import Services
from wireyard.gui.tabs.request_talk import RequestTalk

_TOPIC = "environment"


class EnvironmentChoice(QObject):
    """An open connection keeps the values it was made with; messages take the new ones if a person says so."""

    def __init__(self, services: Services, bar: ConnectBar, talk: RequestTalk, notices: Notices) -> None:
        super().__init__(bar)
        self._library = services.library
        self._bar = bar
        self._talk = talk
        self._notices = notices
        self.button = EnvironmentButton(services.look)
        bar.set_environment_button(self.button)
        self.button.chosen.connect(self._library.choose_environment)
        self._library.environments_changed.connect(self.show)
        talk.environment_changed.connect(self.show)
        self.show()

    @Slot()
    def open_menu(self) -> None:
        """Offer the environments."""
        self.button.open_menu()

    @Slot()
    def show(self) -> None:
        """Show what is active, and what the open connection uses instead."""
        library = self._library
        self.button.set_environments(library.environments, library.active_environment)
        held = self._talk.held_environment
        if held is None:
            self._notices.unsay(_TOPIC)
            return
        active = self._name(library.active_environment)
        self._notices.say(
            _TOPIC,
            self.tr("Uses values from {0}").format(self._name(held)),
            tone="info",
            remedies=[Remedy(self.tr("Reconnect"), self._reconnect)],
            switch=Switch(self.tr("Send messages with {0}").format(active), is_on=False, act=self._on_switched),
        )

    def close(self) -> None:
        """Hear nothing of the workspace any more."""
        self._library.environments_changed.disconnect(self.show)

    def _reconnect(self) -> None:
        self._bar.reconnect_requested.emit(self._bar.address)

    def _on_switched(self, is_on: bool) -> None:
        if is_on:
            self._talk.use_active_environment()

    def _name(self, id_: str) -> str:
        if not id_:
            return self.tr("no environment")
        return next((each.name for each in self._library.environments if each.id == id_), id_)
