"""The find bar: what to look for, how many there are, and from one to the next. It searches off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from wireyard.formats.sizes import count
from wireyard.gui.inspector.code_view import Document
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.search import Hits, find_all
from wireyard.gui.jobs import Job, Jobs
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.chosen import outline_chosen
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.search_field import SearchField

_TYPING_MS = 60
_COUNT_WIDTH = 84
_MOST_SELECTED_BYTES = 200


class Searchable(Protocol):
    """A view that a search can be made in."""

    @property
    def document(self) -> Document | None: ...

    @property
    def selection(self) -> Selection: ...

    def select(self, selection: Selection, *, is_shown: bool = True) -> None: ...

    def set_hits(self, hits: Hits | None, hit: int = -1) -> None: ...


class FindBar(Panel):
    """Searches the view it was given last. ``closed`` tells that the person is done with it."""

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.sunken", "bottom", parent)
        self._look = look
        self._jobs = Jobs(self, lambda _: None)
        self._job: Job | None = None
        self._view: Searchable | None = None
        self._hits: Hits | None = None
        self._hit = -1
        self._from = 0
        self.field = SearchField(look, self.tr("Find"), height=28, parent=self)
        self.case_toggle = _CaseToggle(look, self)
        self.field.add_trailing(self.case_toggle)
        self._count = Label(look, "", "small", "text.3", parent=self)
        self._previous = IconButton(look, "chevron-up", self.tr("Previous hit"), shortcut="Shift+F3", parent=self)
        self._next = IconButton(look, "chevron-down", self.tr("Next hit"), shortcut="F3", parent=self)
        self._close = IconButton(look, "close", self.tr("Close find"), shortcut="Esc", parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.field, 1)
        for widget in (self._count, self._previous, self._next, self._close):
            self._row.addWidget(widget)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._connect()
        self._fit()

    @property
    def count_text(self) -> str:
        """What stands beside the field, such as "3 of 17"."""
        return self._count.text()

    @property
    def hits(self) -> Hits | None:
        return self._hits

    def open_on(self, view: Searchable, text: str = "") -> None:
        """Show the bar for a view, looking for ``text`` if there is one."""
        self.show()
        if text and "\n" not in text:
            self.field.set_text(text)
        self.field.edit.selectAll()
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_in(view)

    def search_in(self, view: Searchable) -> None:
        """Search another view, or the same one again because what it shows has changed."""
        if self._view is not None and self._view is not view:
            self._view.set_hits(None)
        self._view = view
        if self.isVisible():
            self._search()

    def go(self, step: int) -> None:
        """To the next hit (1) or the previous (-1), around the ends."""
        hits = self._hits
        if hits is None or not len(hits) or self._view is None:
            return
        if self._hit < 0:
            self._hit = hits.first_from(self._view.selection.caret)
        else:
            self._hit = (self._hit + step) % len(hits)
        self._show_hit()

    def finish(self) -> None:
        """Forget the search and hide."""
        self._cancel()
        if self._view is not None:
            self._view.set_hits(None)
        self._hits = None
        self.hide()

    def shut_down(self) -> None:
        self._jobs.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _search(self) -> None:
        self._cancel()
        view, needle = self._view, self.field.text
        document = None if view is None else view.document
        if view is None or document is None or not needle:
            self._hits = None
            if view is not None:
                view.set_hits(None)
            self._tell()
            return
        hits = self._hits = Hits()
        self._hit = -1
        self._from = view.selection.start
        match_case = self.case_toggle.isChecked()

        def work(job: Job) -> None:
            source = document.open_worker()
            try:
                for _ in find_all(source, needle, match_case, hits, lambda: job.is_cancelled):
                    job.report()
            finally:
                source.close()

        self._job = self._jobs.start("find", work, lambda _: self._on_found(), self._on_found)

    @Slot()
    def _on_found(self) -> None:
        if self._view is None or self._hits is None:
            return
        if self._hit < 0 and len(self._hits):
            # The first hit from the caret on; from the beginning only when it is known that none follows.
            number = self._hits.first_from(self._from)
            if number or self._hits.is_complete or self._hits.span(0)[0] >= self._from:
                self._hit = number
                self._show_hit()
                return
        self._view.set_hits(self._hits, self._hit)
        self._tell()

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(40))
        self._row.setContentsMargins(look.px(12), 0, look.px(8), look.px(1))
        self._row.setSpacing(look.px(2))
        self._count.setMinimumWidth(look.px(_COUNT_WIDTH))

    def _connect(self) -> None:
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.edit.installEventFilter(self)
        self.field.text_changed.connect(self._typing.start)
        self._typing.timeout.connect(self._search)
        self.case_toggle.toggled.connect(self._search)
        self._next.clicked.connect(lambda: self.go(1))
        self._previous.clicked.connect(lambda: self.go(-1))
        self._close.clicked.connect(self.closed)
        self._look.changed.connect(self._fit)
        self._tell()

    def _cancel(self) -> None:
        self._typing.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _show_hit(self) -> None:
        if self._view is None or self._hits is None:
            return
        start, end = self._hits.span(self._hit)
        self._view.set_hits(self._hits, self._hit)
        self._view.select(Selection(end, start))
        self._tell()

    def _tell(self) -> None:
        hits = self._hits
        number = 0 if hits is None else len(hits)
        self._next.setEnabled(number > 0)
        self._previous.setEnabled(number > 0)
        self.field.set_faulty(hits is not None and hits.is_complete and not number)
        if hits is None:
            self._count.setText("")
        elif not number:
            self._count.setText(self.tr("No match") if hits.is_complete else self.tr("Searching"))
        else:
            total = count(number) + ("+" if hits.is_capped else "" if hits.is_complete else "…")
            self._count.setText(self.tr("{0} of {1}").format(count(self._hit + 1), total))


class _CaseToggle(QToolButton):
    """`Aa`: whether capitals matter."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setCheckable(True)
        self.setAccessibleName(self.tr("Match case"))
        self.setToolTip(self.tr("Match case"))
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(26), self._look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent.bg" if self.isChecked() else "bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px(5), look.px(5))
        if self.isChecked():
            outline_chosen(painter, look, QRectF(self.rect()), look.px(5))
        painter.setFont(look.font("mono.small"))
        painter.setPen(look.color("accent.text" if self.isChecked() else "text.2"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, "Aa")

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()


def find_shortcuts(pane: QWidget, bar: FindBar, open_find: Callable[[], None]) -> list[QShortcut]:
    """The keys of the find bar, from anywhere in its pane."""
    keys: tuple[tuple[QKeySequence, Callable[[], None]], ...] = (
        (QKeySequence(QKeySequence.StandardKey.Find), open_find),
        (QKeySequence(Qt.Key.Key_F3), lambda: bar.go(1)),
        (QKeySequence(QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F3)), lambda: bar.go(-1)),
    )
    context = Qt.ShortcutContext.WidgetWithChildrenShortcut
    return [QShortcut(key, pane, slot, context=context) for key, slot in keys]


def selected_text(view: Searchable) -> str:
    """What is selected, if it is short enough to be looked for."""
    selection, document = view.selection, view.document
    if document is None or selection.is_empty or selection.end - selection.start > _MOST_SELECTED_BYTES:
        return ""
    return (document.source.read(selection.start, selection.end) or b"").decode("utf-8", "ignore")
