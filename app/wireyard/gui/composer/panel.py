"""The composer pane: a message in its format, what is wrong with it, and Send."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wireyard.domain.frame import Opcode
from wireyard.gui.composer.checking import Verdict, check, file_verdict
from wireyard.gui.composer.draft import (
    BYTE_FAULTS,
    BYTE_FORMATS,
    Draft,
    Format,
    draft_of,
    parse_bytes,
    payload_of,
    spelled_bytes,
)
from wireyard.gui.composer.drops import ComposerDrops
from wireyard.gui.composer.editor import MessageEditor, is_editable
from wireyard.gui.composer.file_lookout import FileLookout
from wireyard.gui.composer.foot import ComposerFoot
from wireyard.gui.composer.history import SendHistory
from wireyard.gui.composer.templated_json import beautify
from wireyard.gui.composer.well import LargeWell
from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import ElidedLabel
from wireyard.session.plan.files import FileLook
from wireyard.workspace.variables.template import references

ConnectionState = Literal["idle", "connecting", "open", "closing"]
_AT_ONCE_CHARS = 64 * 1024
_CHECK_MS = 120


class ComposerPanel(QWidget):
    """Writes one message.

    ``send_requested`` carries the `Draft`; whoever hears it puts in the values of variables, connects first if need be,
    and calls `mark_sent`. ``draft_changed`` tells of every change; ``noticed`` has a sentence for the person.
    ``message_dropped`` carries what was dropped here of a saved message, ``file_asked`` wants a file to be chosen,
    ``file_dropped`` carries the path of one.
    """

    send_requested = Signal(object)
    draft_changed = Signal()
    noticed = Signal(str)
    message_dropped = Signal(bytes)
    file_asked = Signal()
    file_dropped = Signal(Path)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._jobs = Jobs(self)
        self._check_job: Job | None = None
        self._format: Format = "json"
        self._state: ConnectionState = "idle"
        self._verdict = Verdict("", 0)
        self._settled = Draft()
        self._is_settling = False
        self._is_chosen = False
        self.files = FileLookout(self._jobs, self)
        self._drops = ComposerDrops(self)
        self.history = SendHistory()
        self.editor = MessageEditor(look)
        self.well = LargeWell(look)
        self._stack = QStackedWidget(self)
        self.foot = ComposerFoot(look)
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(_CHECK_MS)
        self.send_action = self._action(self.tr("Send"), "Ctrl+Return", self.send)
        self.beautify_action = self._action(self.tr("Beautify message"), "Ctrl+Shift+F", self.beautify)
        self.older_action = self._action(self.tr("Older in send history"), "Alt+Up", self.show_older)
        self.newer_action = self._action(self.tr("Newer in send history"), "Alt+Down", self.show_newer)
        self._lay_out()
        self._connect()
        self._show_format()
        self._show_state()
        self._check_now()

    @property
    def verdict(self) -> Verdict:
        """What is said about the present text."""
        return self._verdict

    @property
    def is_dirty(self) -> bool:
        """Whether there is something here that was neither sent nor put here by `set_draft`."""
        draft = self.draft()
        return bool(draft.text or draft.file) and draft != self._settled

    @property
    def why_not_sendable(self) -> str:
        """Why what stands here can't be turned into bytes; empty where it can."""
        return self._verdict.words if self._verdict.blocks else ""

    @property
    def send_button(self) -> Button:
        return self.foot.send_button

    @property
    def beautify_button(self) -> Button:
        return self.foot.beautify_button

    @property
    def verdict_label(self) -> ElidedLabel:
        return self.foot.verdict_label

    def draft(self) -> Draft:
        """What stands here now."""
        file = self.well.file
        text = "" if file else self.well.text or self.editor.text
        return Draft(self._format, text, self.foot.send_as, file, bool(file) and self._is_chosen)

    def set_draft(self, draft: Draft) -> None:
        """Put another message here, which then counts as not dirty."""
        self._put(draft)
        self._settled = self.draft()

    def set_payload(self, payload: bytes, opcode: Opcode) -> None:
        """Put a message here to be edited and sent again, byte for byte: as text if it can be, else as hex."""
        self._put(draft_of(payload, opcode))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_state(self, state: ConnectionState) -> None:
        """Say how the connection is: the button follows."""
        if state != self._state:
            self._state = state
            self._show_state()

    def set_connected(self, is_connected: bool) -> None:
        """Short for `set_state` with ``open`` or ``idle``."""
        self.set_state("open" if is_connected else "idle")

    def shut_down(self) -> None:
        """Stop the panel's threads; to be called before it is thrown away."""
        self._checking.stop()
        self._jobs.stop()

    @Slot()
    def send(self) -> None:
        """Ask for what stands here to be sent; what can't be turned into bytes is pointed at instead."""
        draft = self.draft()
        if draft.format in BYTE_FORMATS and not draft.file and "{{" not in draft.text:
            try:
                parse_bytes(draft.format, draft.text)
            except BYTE_FAULTS as fault:
                self._check_now()
                self.editor.go_to(fault.position)
                return
        self.send_requested.emit(draft)

    def insert_text(self, text: str) -> None:
        """Put a text where the caret is, in place of a file that stands here; as if it were pasted."""
        if self.well.file or self.well.text:
            self._put(Draft("text"))
        pasted = QMimeData()
        pasted.setText(text)
        self.editor.insertFromMimeData(pasted)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_sent(self, draft: Draft) -> None:
        """It went out: it goes into the history, and nothing would be lost with it."""
        self.history.add(draft)
        self._settled = draft

    def settle(self) -> None:
        """What stands here is kept elsewhere: nothing would be lost with it."""
        self._settled = self.draft()

    @Slot()
    def beautify(self) -> None:
        """Lay JSON out over lines without changing a value; what isn't JSON stays as it is."""
        if self._format != "json":
            return
        text = self.well.text or self.editor.text
        if len(text) <= _AT_ONCE_CHARS:
            self._on_beautified(text, beautify(text))
        else:
            self._jobs.start("beautify", lambda _: beautify(text), functools.partial(self._on_beautified, text))

    @Slot()
    def show_older(self) -> None:
        draft = self.history.older(self.draft())
        if draft is not None:
            self._put(draft)

    @Slot()
    def show_newer(self) -> None:
        draft = self.history.newer(self.draft())
        if draft is not None:
            self._put(draft)

    def set_format(self, format_: Format) -> None:
        """Write the same bytes in another format, where that can be done; else keep the text as it is."""
        if self.well.file:
            self._put(Draft(format_, "", self.foot.send_as))
            return
        if format_ == self._format:
            return
        before, self._format = self._format, format_
        if (before in BYTE_FORMATS or format_ in BYTE_FORMATS) and not self.well.text:
            self._convert(before)
            self.foot.show_send_as(Opcode.BINARY if format_ in BYTE_FORMATS else Opcode.TEXT)
        self._show_format()
        self._on_changed()

    def _on_beautified(self, text: str, pretty: str | None) -> None:
        if text != (self.well.text or self.editor.text):
            return  # it was changed meanwhile
        if pretty is None:
            self._check_now()
            if self._verdict.position is not None and not self.well.text:
                self.editor.go_to(self._verdict.position)
            elif self._verdict.position is None:
                self.noticed.emit(self.tr("A variable is only a part of a value here, so the layout stays as it is."))
        elif not is_editable(pretty):
            self.noticed.emit(self.tr("Still too large to be edited when it is laid out over lines."))
        elif self.well.text:
            self._put(Draft("json", pretty, self.draft().send_as))
        elif pretty != text:
            self.editor.replace_text(pretty)

    @Slot(str)
    def _on_format_chosen(self, format_: Format) -> None:
        self.set_format(format_)
        self._show_format()

    @Slot()
    def _on_variable_clicked(self) -> None:
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.variables.open()

    @Slot()
    def _on_changed(self) -> None:
        if self._is_settling:
            return
        if self.editor.document().characterCount() <= _AT_ONCE_CHARS and not self.well.text:
            self._check_now()
        else:
            self._checking.start()
        self.draft_changed.emit()

    @Slot(str)
    def _on_too_large(self, text: str) -> None:
        self._put(Draft(self._format, text, self.draft().send_as))

    @Slot()
    def _on_well_cleared(self) -> None:
        self._put(Draft(self._format, "", self.draft().send_as))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _check_now(self) -> None:
        self._checking.stop()
        if self._check_job is not None:
            self._check_job.cancel()
        draft = self.draft()
        if self.well.file:
            return  # it is followed, and told of when it was looked at
        if len(draft.text) <= _AT_ONCE_CHARS:
            self._show_verdict(check(draft))
        else:
            self._check_job = self._jobs.start("check", lambda _: check(draft), self._show_verdict)

    @Slot(object)
    def _on_file_seen(self, look: FileLook | str) -> None:
        self.well.show_look(look)
        self._show_verdict(file_verdict(look))

    def _show_verdict(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self.verdict_label.set_text(verdict.words)
        self.verdict_label.set_tone(
            "err" if verdict.blocks else "warn" if verdict.is_faulty or verdict.warns else "text.3"
        )
        if self.well.text or verdict.position is None:
            self.editor.set_fault(None)
        else:
            position = len(self.editor.text[: verdict.position].encode("utf-16-le", "surrogatepass")) // 2
            self.editor.set_fault(position, verdict.words)
        self._show_state()

    def _put(self, draft: Draft) -> None:
        self._is_settling = True
        self._format = draft.format
        self._is_chosen = draft.is_chosen
        self.foot.show_send_as(draft.send_as)
        is_large = bool(draft.file) or not is_editable(draft.text)
        self.well.hold(draft.text if is_large else "", draft.file)
        self.editor.set_text("" if is_large else draft.text)
        self._stack.setCurrentWidget(self.well if is_large else self.editor)
        self._is_settling = False
        self.files.follow(draft.file, chosen=draft.is_chosen)
        self._show_format()
        self._on_changed()

    def _convert(self, before: Format) -> None:
        text = self.editor.text
        try:
            if not text or references(text):
                return  # which bytes a variable stands for is known when it is sent
            payload = payload_of(Draft(before, text))
            if self._format in BYTE_FORMATS:
                written = spelled_bytes(self._format, payload)
                if is_editable(written):
                    self.editor.replace_text(written)
                return
            converted = draft_of(payload, Opcode.TEXT)
            if converted.format != "hex":
                self.editor.replace_text(converted.text)
        except BYTE_FAULTS:
            return  # what is half-typed stays as typed, to be gone on with as text

    def _show_format(self) -> None:
        is_file = bool(self.well.file)
        is_json = self._format == "json" and not is_file
        self.foot.show_format(self._format, is_file=is_file)
        self.editor.set_json(is_json)
        self.beautify_action.setEnabled(is_json)

    def _show_state(self) -> None:
        words = {
            "idle": self.tr("Connect and send"),
            "connecting": self.tr("Send when open"),
            "open": self.tr("Send"),
            "closing": self.tr("Send"),
        }
        text = words[self._state]
        if self.send_button.text() != text:
            self.send_button.setText(text)
            self.send_button.updateGeometry()
        self.send_button.setEnabled(self._state != "closing" and not self._verdict.blocks)
        why = self._verdict.words if self._verdict.blocks else ""
        if self._state == "closing":
            why = self.tr("The connection is closing")
        self.send_button.setToolTip(why or self.tr("Send (Ctrl+Enter)"))

    def _action(self, text: str, key: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        keys = [QKeySequence(key)]
        if key == "Ctrl+Return":
            keys.append(QKeySequence("Ctrl+Enter"))
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self.well)
        self.setAcceptDrops(True)
        self._drops.watch(self)
        self._drops.watch(self.editor.viewport())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self.editor.setPlaceholderText(self.tr("Write or paste a message"))

    def _connect(self) -> None:
        self._checking.timeout.connect(self._check_now)
        self.editor.textChanged.connect(self._on_changed)
        self.editor.too_large.connect(self._on_too_large)
        self._drops.message_dropped.connect(self.message_dropped)
        self._drops.file_dropped.connect(self.file_dropped)
        self.files.seen.connect(self._on_file_seen)
        self.well.file_asked.connect(self.file_asked)
        self.well.cleared.connect(self._on_well_cleared)
        self.foot.send_as_chosen.connect(self._on_changed)
        self.foot.format_chosen.connect(self._on_format_chosen)
        self.foot.file_asked.connect(self.file_asked)
        self.foot.variable_button.clicked.connect(self._on_variable_clicked)
        self.beautify_button.clicked.connect(self.beautify)
        self.send_button.clicked.connect(self.send)
