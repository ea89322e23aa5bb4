"""Read-only mono text of moderate size: a server's answer, an exception's own words, lines of a preview."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look

# Qt lays out one endless line very slowly; pieces of this size cost nothing.
_MAX_LINE_CHARS = 4000


class TextBox(QPlainTextEdit):
    """Text that can be selected and copied. With ``max_lines`` it is as high as its text, up to that many lines."""

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        style: FontStyle = "mono",
        wraps: bool = True,
        max_lines: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._style: FontStyle = style
        self._max_lines = max_lines
        self.setAccessibleName(label)
        self.setProperty("focusRing", "outside")  # within, it would lie over the text, which has no margin
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if wraps else QTextOption.WrapMode.NoWrap
        self.setWordWrapMode(wrap)
        if wraps:
            # A blank at the end of a wrapped line would bring the bar, and the bar would hide the last line.
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if max_lines:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_text(self, text: str) -> None:
        self.setPlainText(_with_short_lines(text))
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()

    @Slot()
    def _on_look_changed(self) -> None:
        font = self._look.font(self._style)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._fit_height()

    def _fit_height(self) -> None:
        if not self._max_lines:
            return
        height, block = 0.0, self.document().begin()
        highest = self._max_lines * self._look.metrics(self._style).lineSpacing()
        while block.isValid() and height < highest:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        self.setFixedHeight(round(min(height, highest)) + 4)


def _with_short_lines(text: str) -> str:
    if len(text) <= _MAX_LINE_CHARS:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line[at : at + _MAX_LINE_CHARS] for at in range(0, len(line), _MAX_LINE_CHARS)] or [""]
    return "\n".join(lines)
