"""The composer pane: a message in its format, what is wrong with it, and Send."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from wireyard.domain.frame import Opcode
from wireyard.formats.hexdump import HexError, parse_hex
from wireyard.gui.composer.checking import Verdict, check
from wireyard.gui.composer.draft import FORMATS, Draft, Format, draft_of, hex_text, payload_of
from wireyard.gui.composer.editor import MessageEditor, is_editable
from wireyard.gui.composer.history import SendHistory
from wireyard.gui.composer.templated_json import beautify
from wireyard.gui.composer.well import LargeWell
from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.kbd import Kbd
from wireyard.gui.widgets.label import ElidedLabel, Label
from wireyard.gui.widgets.segments import Segments

ConnectionState = Literal["idle", "connecting", "open", "closing"]
_AT_ONCE_CHARS = 64 * 1024
_CHECK_MS = 120
_SEND_AS = (Opcode.TEXT, Opcode.BINARY)


class ComposerPanel(QWidget):
    """Writes one message.

    ``send_requested`` carries the opcode and the payload's bytes; whoever hears it connects first if need be.
    ``draft_changed`` tells of every change; ``noticed`` has a sentence for the person.
    """

    send_requested = Signal(object, object)
    draft_changed = Signal()
    noticed = Signal(str)

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
        self.history = SendHistory()
        self.editor = MessageEditor(look)
        self.well = LargeWell(look)
        self._stack = QStackedWidget(self)
        self._format_button = Button(look, "JSON", size="small", chevron=True)
        self._format_actions: dict[Format, QAction] = {}
        self._send_as = Segments(look, (self.tr("Text"), self.tr("Binary")), label=self.tr("Send as"))
        self._send_as_label = Label(look, self.tr("Send as"), "small", "text.3")
        self.beautify_button = Button(look, self.tr("Beautify"), "ghost", icon="indent", size="small")
        self.verdict_label = ElidedLabel(look, "", "small", "text.3")
        self._keys = Kbd(look, "Ctrl ↵")
        self.send_button = Button(look, self.tr("Send"), "primary", icon="send")
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
        return bool(draft.text) and draft != self._settled

    def draft(self) -> Draft:
        """What stands here now."""
        text = self.well.text or self.editor.text
        return Draft(self._format, text, _SEND_AS[self._send_as.index])

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
        try:
            payload = payload_of(draft)
        except HexError as fault:
            self._check_now()
            self.editor.go_to(fault.position)
            return
        self.history.add(draft)
        self._settled = draft
        self.send_requested.emit(draft.send_as, payload)

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
        if format_ == self._format:
            return
        before, self._format = self._format, format_
        if "hex" in (before, format_) and not self.well.text:
            self._convert(before)
            self._send_as.choose(1 if format_ == "hex" else 0)
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

    def _on_format_chosen(self, format_: Format, _is_checked: bool) -> None:
        self.set_format(format_)

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
        if len(draft.text) <= _AT_ONCE_CHARS:
            self._show_verdict(check(draft))
        else:
            self._check_job = self._jobs.start("check", lambda _: check(draft), self._show_verdict)

    def _show_verdict(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self.verdict_label.set_text(verdict.words)
        self.verdict_label.set_tone("err" if verdict.blocks else "warn" if verdict.is_faulty else "text.3")
        if self.well.text or verdict.position is None:
            self.editor.set_fault(None)
        else:
            position = len(self.editor.text[: verdict.position].encode("utf-16-le", "surrogatepass")) // 2
            self.editor.set_fault(position, verdict.words)
        self._show_state()

    def _put(self, draft: Draft) -> None:
        self._is_settling = True
        self._format = draft.format
        self._send_as.choose(_SEND_AS.index(draft.send_as))
        is_large = not is_editable(draft.text)
        self.well.hold(draft.text if is_large else "")
        self.editor.set_text("" if is_large else draft.text)
        self._stack.setCurrentWidget(self.well if is_large else self.editor)
        self._is_settling = False
        self._show_format()
        self._on_changed()

    def _convert(self, before: Format) -> None:
        text = self.editor.text
        try:
            if before == "hex":
                converted = draft_of(parse_hex(text), Opcode.TEXT)
                if converted.format != "hex":
                    self.editor.replace_text(converted.text)
            elif text:
                self.editor.replace_text(hex_text(text.encode("utf-8", "surrogatepass")))
        except HexError:
            return  # half-typed hex stays as typed, to be gone on with as text

    def _show_format(self) -> None:
        names: dict[Format, str] = {"text": self.tr("Text"), "json": "JSON", "hex": "Hex"}
        self._format_button.setText(names[self._format])
        self._format_button.setAccessibleName(self.tr("Format: {0}").format(names[self._format]))
        self._format_button.updateGeometry()
        self._format_actions[self._format].setChecked(True)
        is_json = self._format == "json"
        self.editor.set_json(is_json)
        self.beautify_button.setVisible(is_json)
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
        menu = QMenu(self._format_button)
        group = QActionGroup(menu)
        for format_, name in zip(FORMATS, (self.tr("Text"), "JSON", "Hex"), strict=True):
            action = QAction(name, menu)
            action.setCheckable(True)
            action.triggered.connect(functools.partial(self._on_format_chosen, format_))
            group.addAction(action)
            menu.addAction(action)
            self._format_actions[format_] = action
        self._format_button.setMenu(menu)
        self._bar = Panel("bg.surface", "", self)
        self._row = QHBoxLayout(self._bar)
        self.verdict_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self._format_button, self._send_as_label, self._send_as, self.beautify_button):
            self._row.addWidget(widget)
        self._row.addWidget(self.verdict_label, 1)
        self._row.addWidget(self._keys)
        self._row.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bar)
        self.editor.setPlaceholderText(self.tr("Write or paste a message"))
        self._fit()

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._bar.setFixedHeight(look.px(48))
        self._row.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))
        self._row.setSpacing(look.px(8))

    def _connect(self) -> None:
        self._checking.timeout.connect(self._check_now)
        self.editor.textChanged.connect(self._on_changed)
        self.editor.too_large.connect(self._on_too_large)
        self.well.cleared.connect(self._on_well_cleared)
        self._send_as.chosen.connect(self._on_changed)
        self.beautify_button.clicked.connect(self.beautify)
        self.send_button.clicked.connect(self.send)
        self._look.changed.connect(self._fit)
