"""Conversations of closed tabs whose closing handshake goes on: they outlive their tab, and its window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wireyard.gui.bridge import Tasks
from wireyard.gui.memory import give_back

if TYPE_CHECKING:
    from wireyard.session.conversation import Conversation

FAREWELL_S = 8.0


class Farewells(QObject):
    """``ended`` tells that the session of a closed tab is all on disk."""

    ended = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._leaving: list[Conversation] = []

    @property
    def leaving(self) -> list[Conversation]:
        """Those that still say goodbye."""
        return list(self._leaving)

    def begin(self, conversation: Conversation) -> None:
        """Send 1000, and wait for the answer and the disk."""
        self._leaving.append(conversation)
        self._tasks.spawn(self._say_goodbye(conversation))

    async def _say_goodbye(self, conversation: Conversation) -> None:
        try:
            await conversation.close(timeout_s=FAREWELL_S)
            self.ended.emit()
            await asyncio.to_thread(give_back)
        finally:
            self._leaving.remove(conversation)
