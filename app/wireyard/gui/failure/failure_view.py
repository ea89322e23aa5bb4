"""The whole view of a failure; it stays until the next attempt."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from wireyard.domain.event import Step
from wireyard.domain.failure import Failure
from wireyard.exchange.secret_mask import DOTS
from wireyard.gui.failure.evidence import Evidence
from wireyard.gui.failure.facts import stepper_facts
from wireyard.gui.failure.masked import Shown, masked
from wireyard.gui.failure.stepper import Stepper
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.frames import Card, Panel, Well
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.reveal_button import RevealButton
from wireyard.gui.widgets.text_box import TextBox
from wireyard.session.masked_reader import Masking
from wireyard.session.wording import FailureWords, Remedy

_MAX_WIDTH = 1000
_NARROW = 720
_TECHNICAL_LINES = 6


class FailureView(QScrollArea):
    """``remedy_chosen`` carries the `Remedy` whose button was pressed; ``copied`` what went to the clipboard.

    ``reveal_requested`` asks to have secrets shown, or masked again, in the whole tab, and `renew` follows;
    ``secrets_left_out`` tells that a copy has dots for them.
    """

    remedy_chosen = Signal(Remedy)
    copied = Signal(str)
    reveal_requested = Signal()
    secrets_left_out = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._masking = Masking()
        self._shown: Shown | None = None
        self._is_masked = False
        self._columns: QBoxLayout | None = None
        self._eye: RevealButton | None = None
        self.setAccessibleName(self.tr("What went wrong"))
        self.setProperty("panel", "bg.surface")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.changed.connect(self.renew)

    @property
    def words(self) -> FailureWords | None:
        """What is being said."""
        return self._shown.words if self._shown is not None else None

    def set_masking(self, masking: Masking) -> None:
        """Mask the secrets of a session."""
        self._masking = masking
        self.renew()

    def show_failure(self, failure: Failure, words: FailureWords, steps: tuple[Step, ...], address: str = "") -> None:
        """Show one failure; ``address`` is as it was typed, to point at a fault in it."""
        self._shown = Shown(failure, words, steps, address)
        self.renew()

    @Slot()
    def renew(self) -> None:
        """Show the same failure again: the look is another, or other secrets are masked."""
        if self._shown is None:
            return
        had_focus = self._eye is not None and self._eye.hasFocus()
        shown, has_secrets = masked(self._shown, self._masking.mask)
        self._is_masked = has_secrets and not self._masking.is_revealed
        self._show(shown if self._is_masked else self._shown, has_secrets=has_secrets)
        if had_focus and self._eye is not None:
            self._eye.setFocus()

    def _show(self, shown: Shown, *, has_secrets: bool) -> None:
        failure, words, steps, address = shown
        page = Panel("bg.surface")
        outer = QHBoxLayout(page)
        look = self._look
        outer.setContentsMargins(look.px(32), look.px(26), look.px(32), look.px(24))
        middle = QWidget()
        middle.setMaximumWidth(look.px(_MAX_WIDTH))
        outer.addStretch(1)
        outer.addWidget(middle, 1000)
        outer.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._add_words(column, failure, words, steps, has_secrets=has_secrets)
        self._add_columns(column, failure, words, steps, address)
        if failure.technical:
            column.addSpacing(look.px(16))
            column.addWidget(self._technical(failure.technical))
        column.addStretch(1)
        self.setWidget(page)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _add_words(
        self, column: QVBoxLayout, failure: Failure, words: FailureWords, steps: tuple[Step, ...], *, has_secrets: bool
    ) -> None:
        look = self._look
        stepper = Stepper(look)
        stepper.show_steps(stepper_facts(failure, steps, words.pill))
        column.addWidget(stepper)
        column.addSpacing(look.px(22))
        title = QHBoxLayout()
        title.addWidget(Label(look, words.title, "heading", wraps=True, selectable=True), 1)
        self._eye = RevealButton(look, self)
        self._eye.show_state(has_secrets=has_secrets, is_revealed=self._masking.is_revealed)
        self._eye.clicked.connect(self.reveal_requested)
        title.addWidget(self._eye, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(title)
        if words.explanation:
            column.addSpacing(look.px(6))
            column.addWidget(Label(look, words.explanation, "body", "text.2", wraps=True, selectable=True))
        column.addSpacing(look.px(16))

    def _add_columns(
        self, column: QVBoxLayout, failure: Failure, words: FailureWords, steps: tuple[Step, ...], address: str
    ) -> None:
        look = self._look
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(look.px(24))
        evidence = Evidence(look, failure, steps, address)
        if evidence.is_empty:
            evidence.deleteLater()
        else:
            self._columns.addWidget(evidence, 46)
        if words.remedies:
            self._columns.addWidget(self._remedies(words.remedies), 54)
        column.addLayout(self._columns)

    def _remedies(self, remedies: tuple[Remedy, ...]) -> QWidget:
        look = self._look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Label(look, self.tr("What you can do"), "caption", "text.3"))
        # What a card says is masked; what its button does has the real values.
        real = self._shown.words.remedies if self._shown is not None else remedies
        for remedy, chosen in zip(remedies, real, strict=True):
            column.addWidget(self._card(remedy, chosen))
        column.addStretch(1)
        return holder

    def _card(self, remedy: Remedy, chosen: Remedy) -> Card:
        look = self._look
        card = Card()
        row = QHBoxLayout(card)
        row.setContentsMargins(look.px(14), look.px(11), look.px(12), look.px(11))
        row.setSpacing(look.px(12))
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        words.addWidget(Label(look, remedy.title, "body.strong", wraps=True))
        if remedy.explanation:
            words.addWidget(Label(look, remedy.explanation, "small", "text.2", wraps=True))
        row.addLayout(words, 1)
        button = Button(look, remedy.button)
        button.setAccessibleDescription(f"{remedy.title}. {remedy.explanation}")
        button.clicked.connect(lambda _checked=False: self.remedy_chosen.emit(chosen))
        row.addWidget(button)
        return card

    def _technical(self, text: str) -> Well:
        look = self._look
        well = Well()
        row = QHBoxLayout(well)
        row.setContentsMargins(look.px(16), look.px(12), look.px(8), look.px(12))
        box = TextBox(look, self.tr("Technical detail"), max_lines=_TECHNICAL_LINES)
        box.set_text(text)
        box.setProperty("dim", "1")
        row.addWidget(box, 1, Qt.AlignmentFlag.AlignVCenter)
        copy = IconButton(look, "copy", self.tr("Copy technical detail"))
        copy.clicked.connect(lambda _checked=False: self._offer(text, is_masked=DOTS in text))
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return well

    def copy(self, text: str) -> None:
        """Put evidence on the clipboard, with secrets masked as they are here."""
        shown = text if self._masking.is_revealed else self._masking.mask.in_evidence(text)
        self._offer(shown, is_masked=shown != text)

    def _offer(self, text: str, *, is_masked: bool) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)
        if is_masked:
            self.secrets_left_out.emit()

    def _fold(self) -> None:
        """Side by side where there is room, else one below the other."""
        if self._columns is None:
            return
        is_narrow = self.viewport().width() < self._look.px(_NARROW)
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
