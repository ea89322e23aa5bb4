"""The inspector's first row: which way, what kind, how large, when; and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wireyard.domain.frame import Direction, Opcode
from wireyard.formats import sizes
from wireyard.gui.inspector.loading import Loaded
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import ElidedLabel
from wireyard.gui.widgets.pill import Pill, PillTone
from wireyard.gui.widgets.reveal_button import RevealButton
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row


class Head(Panel):
    """Shows facts of one row, or of several."""

    resend_clicked = Signal()
    edit_clicked = Signal()
    reveal_clicked = Signal()
    copy_clicked = Signal()
    close_clicked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.surface", "bottom", parent)
        self._look = look
        self.pill = Pill(look, parent=self)
        self.facts = ElidedLabel(look, "", "small", "text.2", parent=self)
        self.resend = IconButton(look, "send", self.tr("Resend"), shortcut="R", parent=self)
        self.edit = IconButton(look, "repeat", self.tr("Edit and resend"), shortcut="E", parent=self)
        self.eye = RevealButton(look, self)
        self.copy_button = IconButton(look, "copy", self.tr("Copy details"), parent=self)
        self.close_button = IconButton(look, "close", self.tr("Close inspector"), shortcut="Esc", parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.pill)
        self._row.addWidget(self.facts, 1)
        for button in (self.eye, self.resend, self.edit, self.copy_button, self.close_button):
            self._row.addWidget(button)
        self.resend.clicked.connect(self.resend_clicked)
        self.edit.clicked.connect(self.edit_clicked)
        self.eye.clicked.connect(self.reveal_clicked)
        self.copy_button.clicked.connect(self.copy_clicked)
        self.close_button.clicked.connect(self.close_clicked)
        look.changed.connect(self._fit)
        self._fit()
        self.show_nothing()

    def show_loaded(self, loaded: Loaded) -> None:
        is_message = loaded.row.kind == RowKind.MESSAGE
        self._offer(is_message=is_message, has_details=not is_message)
        if loaded.details is not None:
            self._show(loaded.details.pill, loaded.details.tone, loaded.details.facts)
        else:
            self._show(*message_words(loaded.row))

    def show_facts(self, pill: str, facts: str) -> None:
        """Facts of several rows."""
        self._offer(is_message=False, has_details=bool(pill))
        self._show(pill, "neutral", facts)

    def show_nothing(self) -> None:
        self.show_facts("", "")

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(40))
        self._row.setContentsMargins(look.px(16), 0, look.px(8), look.px(1))
        self._row.setSpacing(look.px(8))

    def _offer(self, *, is_message: bool, has_details: bool) -> None:
        self.resend.setVisible(is_message)
        self.edit.setVisible(is_message)
        self.copy_button.setVisible(has_details)

    def _show(self, pill: str, tone: PillTone, facts: str) -> None:
        self.pill.setVisible(bool(pill))
        self.pill.show_as(pill, tone)
        self.facts.set_text(facts)


def message_words(row: Row) -> tuple[str, PillTone, str]:
    """Pill, tone and facts of a message."""
    tone: PillTone
    if row.failed:
        pill, tone = _tr("Not sent"), "err"
    elif row.direction == Direction.SENT:
        pill, tone = "↑ " + _tr("Sent"), "sent"
    else:
        pill, tone = "↓ " + _tr("Received"), "recv"
    facts = [_tr("Binary") if row.opcode == Opcode.BINARY else _tr("Text"), sizes.size(row.size_bytes)]
    if row.rsv1:
        facts.append(_tr("{0} compressed").format(sizes.size(row.wire_bytes)))
    if row.fragments > 1:
        facts.append(_tr("{0} fragments").format(sizes.count(row.fragments)))
    facts.append(sizes.clock(row.ts_ns))
    return pill, tone, " · ".join(facts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Head", text)
