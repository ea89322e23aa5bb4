"""The cookies of the active environment: which are there, which go to this address, whether they are used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wireyard.domain.cookie import Cookie
from wireyard.gui.request.context import Context
from wireyard.gui.request.cookie_sheet import CookieSheet
from wireyard.gui.request.cookies_model import SENT, CookiesModel
from wireyard.gui.request.cookies_view import CookiesView
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.choices import CheckBox
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import ElidedLabel, Label

_BAR_PX = 40
_HEAD_PX = 26


class CookieSource(Protocol):
    """The jar of the active environment, and the address of the request."""

    @property
    def place(self) -> str:
        """What the environment is called."""
        ...

    @property
    def host(self) -> str:
        """The host of the address, empty where it has none yet."""
        ...

    @property
    def cookies(self) -> Sequence[Cookie]:
        """All that are kept."""
        ...

    @property
    def sent(self) -> Sequence[Cookie]:
        """Those that go to the address, in the order of the header."""
        ...

    def put(self, cookie: Cookie, instead_of: Cookie | None = None) -> None:
        """Keep a cookie, in the place of another."""
        ...

    def remove(self, cookies: Sequence[Cookie]) -> None:
        """Delete cookies."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Tell of every change from now on."""
        ...


class CookiesPane(QWidget):
    """``undo_offered`` carries what was done, and how to undo it."""

    undo_offered = Signal(str, object)

    def __init__(self, look: Look, draft: LevelDraft[Any], source: CookieSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._draft = draft
        self._source = source
        self._context = Context()
        self.switch = CheckBox(look, self.tr("Send and keep cookies"))
        self.reset_button = Button(look, self.tr("Reset"), "link", size="small")
        self.reset_button.setAccessibleName(self.tr("Reset “Send and keep cookies” to what is inherited"))
        self.words = ElidedLabel(look, "", "small", "text.2")
        self.add_button = Button(look, self.tr("Add…"), "link", size="small")
        self.add_button.setAccessibleName(self.tr("Add a cookie"))
        self.clear_button = Button(look, self.tr("Delete all"), "link", size="small")
        self.clear_button.setAccessibleName(self.tr("Delete all cookies of this environment"))
        self.model = CookiesModel(self)
        self.view = CookiesView(look, self.model, self.tr("Cookies"))
        self._empty = Label(look, "", "body", "text.3", wraps=True)
        self._stack = QStackedWidget()
        self._head = _Head(look, self.view, self.model)
        self._lay_out()
        self._connect()
        look.changed.connect(self._fit)
        self._fit()
        self.renew()

    def set_context(self, context: Context) -> None:
        self._context = context
        self._show_switch()
        self.renew()

    def commit(self) -> None:
        """Nothing is typed here: the sheet has its own buttons."""

    def take_keyboard(self) -> None:
        """Have the keyboard in the rows, or where the first one is made."""
        (self.view if self.model.rowCount() else self.add_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def renew(self) -> None:
        """Look again at the jar and the address."""
        source = self._source
        had_keyboard = self.view.hasFocus()
        self.model.show_cookies(source.cookies, source.sent if self.switch.isChecked() else ())
        count, sent = self.model.rowCount(), self.model.sent_count
        self._stack.setCurrentWidget(self.view if count else self._empty)
        self._head.setVisible(bool(count))
        self.clear_button.setEnabled(bool(count))
        if had_keyboard and not count:
            self.take_keyboard()
        where = self.tr("{0}, on this machine").format(source.place)
        if not count:
            self.words.set_text(where)
        elif not source.host:
            self.words.set_text(self.tr("{0} · {1} kept").format(where, count))
        else:
            words = self.tr("{0} · {1} kept, {2} for this address")
            self.words.set_text(words.format(where, count, sent))

    @Slot()
    def _on_add(self) -> None:
        cookie = Cookie(name="", domain=self._source.host)
        CookieSheet(self._look, self.window(), cookie, self._source.put, is_new=True).open()

    @Slot(object)
    def _on_edit(self, cookie: Cookie) -> None:
        def done(made: Cookie) -> None:
            self._source.put(made, cookie)

        CookieSheet(self._look, self.window(), cookie, done, is_new=False).open()

    @Slot(list)
    def _on_delete(self, cookies: list[Cookie]) -> None:
        if not cookies:
            return
        source = self._source
        source.remove(cookies)

        def undo() -> None:
            for cookie in cookies:
                source.put(cookie)

        said = self.tr("Deleted “{0}”").format(cookies[0].name) if len(cookies) == 1 else ""
        self.undo_offered.emit(said or self.tr("Deleted {0} cookies").format(len(cookies)), undo)

    @Slot()
    def _on_clear(self) -> None:
        self._on_delete(list(self._source.cookies))

    @Slot(bool)
    def _on_switched(self, is_on: bool) -> None:
        self._set(is_on)

    @Slot()
    def _on_reset(self) -> None:
        self._set(None)
        self.switch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set(self, is_on: bool | None) -> None:
        self._draft.change(network=replace(self._draft.edited.network, cookies=is_on))

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "network" in fields:
            self._show_switch()
        if fields & {"network", "address", "url", "path_params", "variables"}:
            self.renew()

    def _show_switch(self) -> None:
        own = self._draft.edited.network.cookies
        inherited = self._context.setting("network", "cookies")
        self.switch.setChecked(bool(inherited.value) if own is None else own)
        self.reset_button.setVisible(own is not None)
        self.switch.setToolTip(self.tr("From {0}").format(inherited.source) if own is None and inherited.source else "")
        self._empty.setText(
            self.tr("No cookies yet. What a server sets in its answer to the handshake is kept here.")
            if self.switch.isChecked()
            else self.tr("No cookies, and none are kept while this is off.")
        )

    def _connect(self) -> None:
        self.switch.clicked.connect(self._on_switched)
        self.reset_button.clicked.connect(self._on_reset)
        self.add_button.clicked.connect(self._on_add)
        self.clear_button.clicked.connect(self._on_clear)
        self.view.add_wanted.connect(self._on_add)
        self.view.edit_wanted.connect(self._on_edit)
        self.view.delete_wanted.connect(self._on_delete)
        self._draft.on_change(self._on_draft_changed)
        self._source.on_change(self.renew)
        self._show_switch()

    def _lay_out(self) -> None:
        self._bar = Panel("bg.surface", "bottom", self)
        self._row = QHBoxLayout(self._bar)
        for widget in (self.switch, self.reset_button):
            self._row.addWidget(widget)
        self._row.addWidget(self.words, 1)
        for widget in (self.add_button, self.clear_button):
            self._row.addWidget(widget)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._stack.setProperty("panel", "bg.surface")
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._bar.setFixedHeight(look.px(_BAR_PX))
        self._row.setContentsMargins(look.px(16), 0, look.px(8), 1)
        self._row.setSpacing(look.px(12))
        self._head.setFixedHeight(look.px(_HEAD_PX))
        self._empty.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))


class _Head(QWidget):
    """The captions, each over its column."""

    def __init__(self, look: Look, view: CookiesView, model: CookiesModel) -> None:
        super().__init__()
        self._look = look
        self._view = view
        self._model = model
        view.columns_changed.connect(self.update)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, view = self._look, self._view
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("bg.surface"))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text.3"))
        for column in range(self._model.columnCount()):
            if view.isColumnHidden(column):
                continue
            x, pad = view.columnViewportPosition(column), look.px(6 if column == SENT else 10)
            room = max(0, view.columnWidth(column) - pad)
            caption = str(self._model.headerData(column, Qt.Orientation.Horizontal))
            text = look.metrics("caption").elidedText(caption, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(x + pad, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
