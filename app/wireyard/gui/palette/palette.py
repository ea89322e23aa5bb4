"""The palette itself: a field, what fits it, and at the foot what the keys do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QWidget

from wireyard.gui.palette.entries import GROUPS, Entry, Group, How, Recent, Source
from wireyard.gui.palette.matching import MOST_ROWS, Index, Match, pick
from wireyard.gui.palette.model import PaletteModel, spoken
from wireyard.gui.palette.painter import CAPTION_PX, ROW_PX, PalettePainter
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.frames import Hairline
from wireyard.gui.widgets.kbd import Kbd
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

ACTIONS_PREFIX = ">"
_TOP_PX, _WIDTH_PX, _FIELD_PX = 104, 640, 56
_PREFIXES: dict[str, Group] = {ACTIONS_PREFIX: "actions", "@": "messages", "#": "environments"}
_ROW_PREFIX = ":"
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_SAY_AFTER_MS = 250
_LINES_PX = 4  # the sheet's own border, and a line above and below the list


class Palette(Sheet):
    """Enter runs what is chosen, Ctrl+Enter opens it in a new tab, Alt+Enter filters the timeline by what was typed.

    ``run_wanted`` carries the entry and how, after the palette has gone and the keyboard is back where it was.
    """

    run_wanted = Signal(object, str)

    def __init__(self, look: Look, window: QWidget, source: Source, recent: Recent, typed: str = "") -> None:
        # A sheet takes its place while it is made, and here that goes by what is listed.
        self.edit = QLineEdit()
        self.model = PaletteModel()
        self.nothing = Label(look, "", "body", "text.3")
        self._hints: list[QWidget] = []
        self._is_built = False
        super().__init__(look, window, window.tr("Search or run"), QSize(_WIDTH_PX, 0), has_head=False)
        self._source = source
        self._recent = recent
        self._index = Index(source.entries())
        self._keys = list(recent.keys)
        self.model.setParent(self)
        self.view = QListView()
        self._say = QTimer(self)
        self._say.setSingleShot(True)
        self._say.setInterval(_SAY_AFTER_MS)
        self._say.timeout.connect(self._on_say)
        self._build()
        self.edit.textChanged.connect(self._on_typed)
        self.view.clicked.connect(self._on_clicked)
        self.view.entered.connect(self._on_pointed)
        self.edit.installEventFilter(self)
        self._is_built = True
        self.edit.setText(typed)
        self._on_typed()
        self._fit()
        self.edit.setFocus()

    @property
    def current(self) -> Match | None:
        """The line that Enter runs."""
        return self.model.found(self.view.currentIndex().row())

    def look_again(self) -> None:
        """There may be other entries now; the keyboard stays on its line where that is still there."""
        before = self.current
        self._index = Index(self._source.entries())
        self._on_typed()
        for row in range(self.model.rowCount()):
            match = self.model.found(row)
            if before is not None and match is not None and match.entry.key == before.entry.key:
                self._go_to(row)
                return

    def place_in(self, room: QSize) -> QRect:
        """104 from the top, or higher where the window is low."""
        if not self._is_built:
            return super().place_in(room)
        px = self.look.px
        width = min(px(_WIDTH_PX), room.width() - px(32))
        wanted = px(_FIELD_PX) + _LINES_PX + self._list_height() + self.footer.sizeHint().height()
        top = min(px(_TOP_PX), max(px(16), (room.height() - wanted) // 2))
        return QRect((room.width() - width) // 2, top, width, min(wanted, room.height() - top - px(16)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Events come here before the field is made.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.edit:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------------------------------------------- building

    def _build(self) -> None:
        look = self.look
        self.edit.setAccessibleName(self.tr("Search or run"))
        self.edit.setPlaceholderText(self.tr("Requests, messages, environments, actions"))
        self.edit.setProperty("focusRing", "none")
        self.edit.setFont(look.font("heading"))
        row = QHBoxLayout()
        row.setContentsMargins(look.px(20), 0, look.px(16), 0)
        row.setSpacing(look.px(12))
        row.addWidget(_Glass(look))
        row.addWidget(self.edit, 1)
        row.addWidget(Kbd(look, "Esc"))
        self.edit.setFixedHeight(look.px(_FIELD_PX))
        self.body.addLayout(row)
        self.body.addWidget(Hairline())
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(PalettePainter(look, self.model))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self.tr("Found"))
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setContentsMargins(look.px(8), look.px(4), look.px(8), look.px(8))
        view.setViewportMargins(look.px(8), look.px(4), look.px(8), look.px(8))
        self.nothing.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self.body.addWidget(self.nothing)
        self.body.addWidget(view, 1)
        self._build_foot()

    def _build_foot(self) -> None:
        look = self.look
        hints = (
            ("↑ ↓", self.tr("Move")),
            ("↵", self.tr("Open")),
            ("Ctrl ↵", self.tr("Open in new tab")),
            (">", self.tr("Actions only")),
            ("@", self.tr("Messages only")),
            ("#", self.tr("Environments")),
            (":", self.tr("Go to a message")),
        )
        for keys, words in hints:
            hint = QWidget()
            row = QHBoxLayout(hint)
            row.setContentsMargins(0, 0, look.px(8), 0)
            row.setSpacing(look.px(8))
            row.addWidget(Kbd(look, keys))
            row.addWidget(Label(look, words, "small", "text.2"))
            self.footer.addWidget(hint)
            self._hints.append(hint)
        self.footer.addStretch(1)

    @Slot()
    def _fit(self) -> None:
        super()._fit()
        look = self.look
        self.footer.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(10))
        self.footer.setSpacing(look.px(4))
        # Hints that have no room are left out, the last first.
        room = self.width() - 2 * look.px(20)
        for hint in self._hints:
            room -= hint.sizeHint().width() + look.px(4)
            hint.setVisible(room >= 0)

    # ------------------------------------------------------------------------------------------------------- finding

    @Slot()
    def _on_typed(self) -> None:
        text = self.edit.text().lstrip()
        prefix, rest = text[:1], text[1:]
        if prefix == _ROW_PREFIX:
            self._show(_as_groups(self._source.row_entry(rest.strip()) if rest.strip() else None))
        elif prefix in _PREFIXES:
            self._show(pick(self._index.find(rest, self._keys, (_PREFIXES[prefix],)), is_mixed=False))
        else:
            matches = self._index.find(text, self._keys, GROUPS)
            extra = self._source.filter_entry(text.strip()) if text.strip() else None
            if extra is not None:
                matches.append(_marked(extra, text.strip()))
            self._show(pick(matches, is_mixed=True))

    def _show(self, groups: Sequence[tuple[Group, Sequence[Match]]]) -> None:
        self.model.show(groups)
        has_any = bool(groups)
        self.view.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self.nothing.setText(self._nothing_words())
        self._go_to(self.model.step(-1, 1))
        self.setGeometry(self.place_in(self._scrim.size()))

    def _nothing_words(self) -> str:
        text = self.edit.text().strip()
        if text.startswith(_ROW_PREFIX):
            return self.tr("Type the number of a message")
        return self.tr("Nothing called “{0}”").format(text.lstrip("".join(_PREFIXES)).strip())

    def _list_height(self) -> int:
        px = self.look.px
        rows = self.model.rows
        if not rows:
            return self.nothing.sizeHint().height()
        count = sum(1 for row in rows if isinstance(row, Match))
        captions = len(rows) - count
        return min(count, MOST_ROWS) * px(ROW_PX) + captions * px(CAPTION_PX) + px(12)

    # ----------------------------------------------------------------------------------------------------- keys, mouse

    def _on_key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _MOVES:
            self._go_to(self.model.step(self.view.currentIndex().row(), _MOVES[Qt.Key(key)]))
            return True
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._page(1 if key == Qt.Key.Key_PageDown else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter(modifiers)
            return True
        if key == Qt.Key.Key_K and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.reject()
            return True
        if key == Qt.Key.Key_K and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.edit.setText(ACTIONS_PREFIX)
            return True
        return False

    def _page(self, by: int) -> None:
        row = self.view.currentIndex().row()
        last = self.model.step(-1, by * -1) if by > 0 else self.model.step(-1, 1)
        for _ in range(MOST_ROWS - 1):
            if row == last:
                break
            row = self.model.step(row, by)
        self._go_to(row)

    def _on_enter(self, modifiers: Qt.KeyboardModifier) -> None:
        text = self.edit.text().strip()
        if modifiers == Qt.KeyboardModifier.AltModifier:
            entry = self._source.filter_entry(text) if text else None
            if entry is not None:
                self._run(entry, "run")
            return
        match = self.current
        if match is not None:
            self._run(match.entry, "new_tab" if modifiers == Qt.KeyboardModifier.ControlModifier else "run")

    def _run(self, entry: Entry, how: How) -> None:
        if entry.reason:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, entry.reason))
            return
        if entry.group != "timeline":
            self._recent.add(entry.key)
        self.accept()
        self.run_wanted.emit(entry, how)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        match = self.model.found(index.row())
        if match is not None:
            self._run(match.entry, "run")

    @Slot(QModelIndex)
    def _on_pointed(self, index: QModelIndex) -> None:
        if self.model.found(index.row()) is not None:
            self.view.setCurrentIndex(index)

    def _go_to(self, row: int) -> None:
        index = self.model.index(row, 0)
        # One that can't be run is disabled, and Qt makes such a line the current one only when told to.
        self.view.selectionModel().setCurrentIndex(index, self.view.selectionModel().SelectionFlag.ClearAndSelect)
        if row >= 0:
            self.view.scrollTo(self.model.index(0 if row == 1 else row, 0))
        self._say.start()

    @Slot()
    def _on_say(self) -> None:
        match = self.current
        words = spoken(match) if match is not None else self.nothing.text()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, words))


class _Glass(QWidget):
    """The magnifying glass before the field."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(look.px(18), look.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        pixmap = self._look.pixmap("search", "text.2", 18, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPoint(0, 0), pixmap)


def _as_groups(entry: Entry | None) -> list[tuple[Group, list[Match]]]:
    return [] if entry is None else [(entry.group, [Match(entry, 0.0)])]


def _marked(entry: Entry, text: str) -> Match:
    at = entry.title.find(text)
    return Match(entry, 0.0, ((at, at + len(text)),) if at >= 0 else ())
