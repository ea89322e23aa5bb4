"""Closing a tab and leaving the program: what is asked first, and what still says goodbye afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wireyard.gui.services import Services
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.window.farewells import Farewells
from wireyard.gui.window.tab_area import TabArea
from wireyard.settings.store import SettingsError

if TYPE_CHECKING:
    from wireyard.gui.window.questions import CloseQuestion, SaveQuestion


class Closing(QObject):
    """Asks where something would be lost, and sends 1000 to the server of a closed tab.

    ``noticed`` carries a sentence for a toast.
    """

    noticed = Signal(str)

    def __init__(self, services: Services, window: QWidget, tabs: TabArea, farewells: Farewells) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._tabs = tabs
        self._farewells = farewells
        self._question: CloseQuestion | SaveQuestion | None = None

    def ask_to_close(self, tab: Tab) -> None:
        """Close a tab, after a question where one is due."""
        if tab.is_dirty:
            self._ask_to_save(tab)
        else:
            self._ask_to_disconnect(tab)

    def _ask_to_disconnect(self, tab: Tab) -> None:
        reason = tab.close_question()
        if reason and self._services.settings.settings.general.confirm_close:
            title = self.tr("Close “{0}”?").format(tab.title)
            self._ask(title, [reason], lambda: self.close_at_once(tab), self.tr("Disconnect and close"))
        else:
            self.close_at_once(tab)

    def _ask_to_save(self, tab: Tab) -> None:
        if self._question is not None:
            return
        from wireyard.gui.window.questions import SaveQuestion

        title = self.tr("Save “{0}”?").format(tab.title)
        text = self.tr("The request has changes that are not in its file.")
        question = SaveQuestion(self._services.look, self._window, title, text)
        question.save_chosen.connect(lambda: tab.save(lambda: self._ask_to_disconnect(tab)))
        question.discard_chosen.connect(lambda: self._ask_to_disconnect(tab))
        question.finished.connect(self._on_finished)
        self._question = question
        question.open()

    def ask_to_quit(self, tabs: list[Tab], leave: Callable[[], None]) -> None:
        """Leave, after one question for all tabs where one is due."""
        reasons = [f"{tab.title}: {reason}" for tab in tabs if (reason := tab.close_question())]
        if reasons and self._services.settings.settings.general.confirm_close:
            self._ask(self.tr("Quit Wireyard?"), reasons[:6], leave, self.tr("Disconnect and quit"))
        else:
            leave()

    def ask_to_close_window(self, tabs: list[Tab], close: Callable[[], None]) -> None:
        """Close a window and its tabs, after one question where one is due."""
        lost = self.tr("The request has changes that are not in its file.")
        unsaved = [f"{tab.title}: {lost}" for tab in tabs if tab.is_dirty]
        live = [f"{tab.title}: {reason}" for tab in tabs if (reason := tab.close_question())]
        if unsaved or (live and self._services.settings.settings.general.confirm_close):
            reasons = [*unsaved, *live]
            self._ask(self.tr("Close this window?"), reasons[:6], close, self.tr("Disconnect and close"))
        else:
            close()

    def _ask(self, title: str, reasons: list[str], on_yes: Callable[[], None], yes: str) -> None:
        if self._question is not None:
            return
        from wireyard.gui.window.questions import CloseQuestion

        question = CloseQuestion(self._services.look, self._window, title, reasons, on_yes, yes=yes)
        question.never_again.connect(self._on_never_again)
        question.finished.connect(self._on_finished)
        self._question = question
        question.open()

    def _on_finished(self) -> None:
        self._question = None

    def _on_never_again(self) -> None:
        try:
            self._services.settings.change("general.confirm_close", False)
        except SettingsError as error:
            self.noticed.emit(str(error))

    def close_at_once(self, tab: Tab) -> None:
        """Close a tab without a question; it can be opened again."""
        saved = tab.saved()
        if saved is not None:
            self._tabs.remember_closed(saved)
        conversation = tab.conversation
        self._tabs.remove(tab)
        if conversation is not None:
            self._farewells.begin(conversation)
