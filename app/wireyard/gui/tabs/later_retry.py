"""Trying again when the server may be ready, as it said (Retry-After, RFC 9110 section 10.2.3): a bar tells when, and
can be hurried or stopped."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Slot

from wireyard.formats import sizes
from wireyard.gui.request.notices import Notices, Remedy
from wireyard.gui.tabs.request_talk import RequestTalk

TOPIC = "retry_later"


class LaterRetry(QObject):
    """One wait at a time. It is off as soon as its bar is gone, whoever takes that away."""

    def __init__(self, talk: RequestTalk, notices: Notices) -> None:
        super().__init__(talk)
        self._talk = talk
        self._notices = notices
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    def begin(self, seconds: float) -> None:
        """Try again after so many seconds."""
        self._timer.start(round(seconds * 1000))
        when = sizes.clock(time.time_ns() + round(seconds * 1e9))[:8]
        self._notices.say(
            TOPIC,
            self.tr("Trying again at {0}, as the server asks.").format(when),
            tone="info",
            remedies=(Remedy(self.tr("Retry now"), self._on_timeout), Remedy(self.tr("Don't retry"), self.end)),
            may_dismiss=False,
        )

    @Slot()
    def end(self) -> None:
        """Don't try again."""
        self._timer.stop()
        self._notices.unsay(TOPIC)

    @Slot()
    def _on_timeout(self) -> None:
        if TOPIC in self._notices.topics:
            self.end()
            self._talk.connect_now()
