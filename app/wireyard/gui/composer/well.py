"""Stands in for the editor where a message can't be edited, being too large or a file: what it is, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wireyard.domain.frame import Opcode
from wireyard.formats import sizes, visible
from wireyard.formats.detect import detect, detect_text, is_text
from wireyard.formats.hexdump import hex_text
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel, Well
from wireyard.gui.widgets.label import ElidedLabel, Label
from wireyard.gui.widgets.text_box import TextBox
from wireyard.session.plan.files import FileLook

_SHOWN_CHARS = 400
_SHOWN_BYTES = 48
_SHOWN_LINES = 3
_ROOM_FOR_START_PX = 150
_ROOM_FOR_WORDS_PX = 96


class LargeWell(Panel):
    """Shows the size and the first words of a large text, or of a file its name, size, kind and first bytes.

    ``cleared`` asks for an empty editor, ``file_asked`` for another file.
    """

    cleared = Signal()
    file_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.surface", "", parent)
        self._look = look
        self._text = ""
        self._file = ""
        self._title = Label(look, "", "body.strong")
        self._place = ElidedLabel(look, "", "mono.small", "text.2")
        self._start = TextBox(look, self.tr("First bytes"), style="mono.small", max_lines=_SHOWN_LINES)
        self._why = Label(look, "", "small", "text.2", wraps=True)
        self._other = Button(look, self.tr("Other file…"), size="small")
        self._clear = Button(look, self.tr("Clear"), size="small")
        self._outer = QVBoxLayout(self)
        self._well = Well(self)
        self._column = QVBoxLayout(self._well)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._other)
        row.addWidget(self._clear)
        self._column.addLayout(row)
        for part in (self._place, self._start, self._why):
            self._column.addWidget(part)
        self._outer.addWidget(self._well)
        self._outer.addStretch(1)
        self.setFocusProxy(self._clear)
        self._clear.clicked.connect(self.cleared)
        self._other.clicked.connect(self.file_asked)
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
    def start(self) -> str:
        """The first words or bytes that are shown."""
        return self._start.toPlainText()

    @property
    def file(self) -> str:
        """The path of the file that is sent; empty for none."""
        return self._file

    def hold(self, text: str, file: str = "") -> None:
        """Take a text or a file, or with none let go of it."""
        self._text, self._file = text, file
        self._other.setVisible(bool(file))
        self._give_way()
        if file:
            self._title.setText(file.replace("\\", "/").rpartition("/")[2])
            self._place.set_text(file)
            self._show_start("")
            self._why.setText("")
            return
        self._why.setText(self.tr("Too large to be edited here. It is sent as it was pasted."))
        lines = text.count("\n") + 1
        size = sizes.size(len(text))
        words = self.tr("{0} of text on one line") if lines == 1 else self.tr("{0} of text on {1} lines")
        self._title.setText(words.format(size, sizes.count(lines)))
        self._show_start(visible.show(text[:_SHOWN_CHARS]))

    def show_look(self, look: FileLook | str) -> None:
        """Show what the file is now, or why it can't be read."""
        if isinstance(look, str):
            self._show_start("")
            self._why.setText(look)
            self._why.set_tone("err")
            return
        is_words = is_text(look.head)
        kind = detect_text(look.head) if is_words else detect(look.head, look.size_bytes, Opcode.BINARY)
        words = self.tr("{0} · {1}. Sent byte for byte, as the file is when it is sent.")
        if not look.size_bytes:
            words = self.tr("The file is empty, and so is the message.")
        self._why.setText(words.format(sizes.size(look.size_bytes), kind.label))
        self._why.set_tone("text.2")
        if is_words:
            self._show_start(visible.show(look.head.decode(errors="ignore")[:_SHOWN_CHARS]))
        else:
            self._show_start(hex_text(look.head[:_SHOWN_BYTES]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _show_start(self, text: str) -> None:
        self._start.set_text(text)
        self._give_way()

    def _give_way(self) -> None:
        """In a low pane the first bytes go first, and then all but the name and the buttons."""
        look, height = self._look, self.height()
        is_low = height < look.px(_ROOM_FOR_WORDS_PX)
        has_room = height >= look.px(_ROOM_FOR_START_PX)
        self._start.setVisible(has_room and bool(self._start.toPlainText()))
        self._place.setVisible(not is_low and bool(self._file))
        self._why.setVisible(not is_low)
        around, inside = (0, 0) if is_low else (look.px(12), look.px(12))
        self._outer.setContentsMargins(look.px(16), around, look.px(16), min(around, look.px(4)))
        self._column.setContentsMargins(look.px(16), inside, look.px(12), inside)

    @Slot()
    def _fit(self) -> None:
        self._column.setSpacing(self._look.px(8))
        self._give_way()
