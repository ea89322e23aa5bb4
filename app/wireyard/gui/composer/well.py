"""Stands in for the editor where a message can't be edited, being too large or a file: what it is, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wireyard.formats import sizes, visible
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel, Well
from wireyard.gui.widgets.label import ElidedLabel, Label

_SHOWN_CHARS = 400


class LargeWell(Panel):
    """Shows the size and the first words of a large text. ``cleared`` asks for an empty editor."""

    cleared = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.surface", "", parent)
        self._look = look
        self._text = ""
        self._file = ""
        self._title = Label(look, "", "body.strong")
        self._start = ElidedLabel(look, "", "mono.small", "text.2")
        self._why = Label(look, "", "small", "text.2", wraps=True)
        self._clear = Button(look, self.tr("Clear"), size="small")
        self._outer = QVBoxLayout(self)
        self._well = Well(self)
        self._column = QVBoxLayout(self._well)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._clear)
        self._column.addLayout(row)
        self._column.addWidget(self._start)
        self._column.addWidget(self._why)
        self._outer.addWidget(self._well)
        self._outer.addStretch(1)
        self.setFocusProxy(self._clear)
        self._clear.clicked.connect(self.cleared)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """The whole text; empty while the editor is in use."""
        return self._text

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def file(self) -> str:
        """The path of the file that is sent; empty for none."""
        return self._file

    def hold(self, text: str, file: str = "") -> None:
        """Take a text or a file, or with none let go of it."""
        self._text, self._file = text, file
        if file:
            self._title.setText(file.rpartition("/")[2])
            self._start.set_text(file)
            self._why.setText(self.tr("Sent byte for byte, as the file is when it is sent."))
            return
        self._why.setText(self.tr("Too large to be edited here. It is sent as it was pasted."))
        lines = text.count("\n") + 1
        size = sizes.size(len(text))
        words = self.tr("{0} of text on one line") if lines == 1 else self.tr("{0} of text on {1} lines")
        self._title.setText(words.format(size, sizes.count(lines)))
        self._start.set_text(visible.show(text[:_SHOWN_CHARS]))

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._outer.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(4))
        self._column.setContentsMargins(look.px(16), look.px(12), look.px(12), look.px(12))
        self._column.setSpacing(look.px(8))
