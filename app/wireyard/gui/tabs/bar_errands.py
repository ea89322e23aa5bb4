"""What the connect bar asks of the conversation that runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.session.conversation import Conversation


class BarErrands(QObject):
    """Ends the connection in every way, tries again at once, sends pings and pongs. ``tell`` says a sentence."""

    def __init__(self, bar: ConnectBar, conversation: Conversation, tell: Callable[[str], object]) -> None:
        super().__init__(bar)
        self._conversation = conversation
        self._tell = tell
        bar.cancel_requested.connect(conversation.cancel)
        bar.disconnect_requested.connect(conversation.disconnect)
        bar.force_close_requested.connect(conversation.drop)
        bar.close_requested.connect(self._on_close_requested)
        bar.drop_requested.connect(conversation.drop)
        bar.retry_requested.connect(conversation.connect_now)
        bar.control_requested.connect(self._on_control_requested)

    @Slot(int, str)
    def _on_close_requested(self, code: int, reason: str) -> None:
        self._conversation.disconnect(code, reason)

    @Slot(str, bytes)
    def _on_control_requested(self, kind: str, payload: bytes) -> None:
        send = self._conversation.ping if kind == "ping" else self._conversation.pong
        if not send(payload):
            self._tell(self.tr("Not sent: the connection is no longer open."))
