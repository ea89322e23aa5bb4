"""Closing a tab and leaving the program: what is asked first, and what still says goodbye afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wireyard.gui.memory import give_back
from wireyard.gui.services import Services
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.window.tab_area import TabArea
from wireyard.settings.store import SettingsError

if TYPE_CHECKING:
    from wireyard.gui.window.questions import CloseQuestion, SaveQuestion
    from wireyard.session.conversation import Conversation

FAREWELL_S = 8.0


class Closing(QObject):
    """Asks where something would be lost, and sends 1000 to the server of a closed tab.

    ``noticed`` carries a sentence for a toast; ``ended`` tells that the session of a closed tab is all on disk.
    """

    noticed = Signal(str)
    ended = Signal()

    def __init__(self, services: Services, window: QWidget, tabs: TabArea) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._tabs = tabs
        self._leaving: list[Conversation] = []
        self._question: CloseQuestion | SaveQuestion | None = None

    @property
    def leaving(self) -> list[Conversation]:
        """Conversations of closed tabs whose closing handshake goes on."""
        return list(self._leaving)

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
            self._ask(title, [reason], lambda: self._close(tab), self.tr("Disconnect and close"))
        else:
            self._close(tab)

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

    def _close(self, tab: Tab) -> None:
        saved = tab.saved()
        if saved is not None:
            self._tabs.remember_closed(saved)
        conversation = tab.conversation
        self._tabs.remove(tab)
        if conversation is not None:
            self._leaving.append(conversation)
            self._services.tasks.spawn(self._say_goodbye(conversation))

    async def _say_goodbye(self, conversation: Conversation) -> None:
        try:
            await conversation.close(timeout_s=FAREWELL_S)
            self.ended.emit()
            await asyncio.to_thread(give_back)
        finally:
            self._leaving.remove(conversation)
