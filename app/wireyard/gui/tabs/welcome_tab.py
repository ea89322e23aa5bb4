"""The tab that stands there when there is nothing else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wireyard.gui.addresses import is_secure
from wireyard.gui.commands import COMMANDS, shown_keys
from wireyard.gui.services import Services
from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.welcome.welcome_page import WelcomePage
from wireyard.gui.widgets.tab_bar import TabFacts

ECHO_PATH = "echo"


class WelcomeTab(Tab):
    """``connect_requested`` carries the address that was entered."""

    connect_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.page = WelcomePage(services.look, _keys(), is_secure=lambda address: bool(is_secure(address)))
        self.page.connect_requested.connect(self.connect_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.show_echo()

    @property
    def title(self) -> str:
        return self.tr("Welcome")

    def tab_facts(self) -> TabFacts:
        return TabFacts(title=self.title, icon="book")

    def status_facts(self) -> StatusFacts:
        port = self.services.echo.port
        echo = f"127.0.0.1:{port}" if port else ""
        return StatusFacts(state_words=self.tr("No connection"), echo=echo)

    def regions(self) -> list[QWidget]:
        return [self.page.url]

    def show_recent(self, addresses: tuple[str, ...]) -> None:
        self.page.set_recent(addresses)

    def came_to_front(self) -> None:
        self.page.url.setFocus()

    def run(self, command: str) -> bool:
        if command == "focus_address":
            self.page.url.setFocus()
        elif command == "press_primary":
            self.connect_requested.emit(self.page.address)
        else:
            return False
        return True

    def show_echo(self) -> None:
        """Show whether the built-in echo server runs."""
        echo = self.services.echo
        self.page.set_echo(f"{echo.url}{ECHO_PATH}" if echo.is_running else "")
        self.changed.emit()


def _keys() -> tuple[tuple[str, str], ...]:
    """The keys worth knowing at a first start."""
    wanted = ("new_tab", "press_primary", "send", "focus_address", "export", "show_keys")
    known = {command.name: command for command in COMMANDS}
    return tuple(
        (QCoreApplication.translate("Commands", known[name].text), shown_keys(known[name].keys[0])) for name in wanted
    )
