"""Repeats the message of a tab's composer: asks how, keeps it going in the session, and shows how far it is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.composer.draft import Draft, message_of
from wireyard.gui.composer.panel import ComposerPanel
from wireyard.gui.composer.repeat_sheet import RepeatSheet
from wireyard.gui.tabs.request_talk import RequestTalk
from wireyard.gui.theme.look import Look
from wireyard.session import states
from wireyard.session.repeating import Cadence, Repeating

_SHOW_EVERY_MS = 100


class MessageRepeat(QObject):
    """``started`` tells that it goes on, or will once it is connected; ``noticed`` carries a sentence for a toast."""

    started = Signal()
    noticed = Signal(str)

    def __init__(self, look: Look, tab: QWidget, talk: RequestTalk, composer: ComposerPanel) -> None:
        super().__init__(tab)
        self._look = look
        self._tab = tab
        self._talk = talk
        self._composer = composer
        self._cadence = Cadence()
        self._repeating: Repeating | None = None
        # Counting is shown at a pace for the eye: no message costs the window anything.
        self._showing = QTimer(self)
        self._showing.setInterval(_SHOW_EVERY_MS)
        self._showing.timeout.connect(self._show)
        foot = composer.foot
        foot.repeat_button.clicked.connect(self._on_pressed)
        foot.cadence_button.clicked.connect(self.ask)

    @property
    def is_running(self) -> bool:
        return self._repeating is not None and self._repeating.is_running

    @Slot()
    def ask(self) -> None:
        """Ask how to repeat what stands in the composer; while something is repeated, how to go on."""
        why_not = self._composer.why_not_sendable
        if why_not and not self.is_running:
            self.noticed.emit(why_not)
            return
        sheet = RepeatSheet(self._look, self._tab, self._cadence, is_running=self.is_running)
        sheet.chosen.connect(self._on_chosen)
        sheet.stopped.connect(self.stop)
        sheet.open()

    @Slot()
    def stop(self) -> None:
        """Send no more."""
        if self._repeating is not None:
            self._repeating.stop()

    def start(self, draft: Draft, cadence: Cadence, *, keep_undefined: bool = False) -> None:
        """Repeat a message; connects first if need be."""
        self.stop()
        message = message_of(draft)

        def go() -> None:
            make = partial(self._talk.make, message, keep_undefined=keep_undefined, chosen=draft.is_chosen)
            repeating = Repeating(self._talk.conversation, make, cadence, lambda: self._on_changed(repeating, draft))
            self._repeating = repeating
            self._showing.start()
            self._show()
            self.started.emit()

        if self._talk.may_connect:
            self._talk.connect_now(go, keep_undefined=keep_undefined)
        elif isinstance(self._talk.conversation.state, states.Connecting | states.Open):
            go()
        else:
            self.noticed.emit(self.tr("The connection is closing: nothing was repeated."))

    @Slot()
    def _on_pressed(self) -> None:
        self.stop() if self.is_running else self.ask()

    @Slot(object)
    def _on_chosen(self, cadence: Cadence) -> None:
        self._cadence = cadence
        if self._repeating is not None and self._repeating.is_running:
            self._repeating.change(cadence)
            self._show()
            return
        draft = self._composer.draft()
        self.start(draft, cadence)
        if self.is_running:
            self._composer.mark_sent(draft)

    def _on_changed(self, repeating: Repeating, draft: Draft) -> None:
        if repeating is not self._repeating:
            return
        self._show()
        if repeating.ending == "failed" and repeating.error is not None:

            def again(keep: bool) -> None:
                self.start(draft, repeating.cadence, keep_undefined=keep)

            self._talk.block(repeating.error, again)
        elif repeating.ending == "closed" and repeating.sent:
            words = self.tr("Repeating ended with the connection, after {0} messages.")
            self.noticed.emit(words.format(f"{repeating.sent:,}"))

    @Slot()
    def _show(self) -> None:
        repeating = self._repeating
        foot = self._composer.foot
        if repeating is None or not repeating.is_running:
            self._showing.stop()
            foot.show_repeat("")
            return
        count = repeating.cadence.count
        sent = f"{repeating.sent:,}"
        words = self.tr("Stop · {0}").format(sent)
        if count is not None:
            words = self.tr("Stop · {0} of {1}").format(sent, f"{count:,}")
        foot.show_repeat(words, is_waiting=repeating.is_waiting)
