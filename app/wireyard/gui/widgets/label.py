"""Text in one of the look's styles and tones."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName


class Label(QLabel):
    """Plain text; markup in it is shown as typed, since much of it comes from servers."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        style: FontStyle = "body",
        tone: TokenName = "text.1",
        *,
        wraps: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._style: FontStyle = style
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setFont(look.font(style))
        if wraps:
            self.setWordWrap(True)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        look.changed.connect(self._on_look_changed)

    def minimumSizeHint(self) -> QSize:
        # A label that wraps asks for the height of its narrowest shape; layouts give it what its width needs.
        return QSize(0, self.fontMetrics().height()) if self.wordWrap() else super().minimumSizeHint()

    def set_tone(self, tone: TokenName) -> None:
        """Change the colour role of the text."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
            # Unpolishing gives back the font of the first polish, of another zoom perhaps.
            self.setFont(self._look.font(self._style))

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFont(self._look.font(self._style))


class ElidedLabel(Label):
    """One line that ends in … where there is no room, with the whole text as tool tip."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        style: FontStyle = "body",
        tone: TokenName = "text.1",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, "", style, tone, parent=parent)
        self._mode = mode
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, self._mode, max(0, self.width()))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._text if shown != self._text else "")
