"""The table of a jar: arrows go through it, Enter edits, Space shows a value, Del deletes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from wireyard.domain.cookie import Cookie
from wireyard.gui.request.cookies_model import DOMAIN, EXPIRES, NAME, PATH, SENT, VALUE, CookiesModel
from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.chosen import fill_chosen
from wireyard.gui.widgets.own_keys import OwnKeys

_Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 32
_PAD_PX = 10
_EYE_PX = 24
_SENT_PX = 44
_EXPIRES_PX = 136
_EXPIRES_FROM_PX = 560
_PATH_FROM_PX = 420


class CookiesView(OwnKeys, QTableView):
    """``edit_wanted`` carries the cookie to edit, ``delete_wanted`` those to delete, ``add_wanted`` comes of Ins.

    ``columns_changed`` tells that they are of another width.
    """

    edit_wanted = Signal(object)
    delete_wanted = Signal(list)
    add_wanted = Signal()
    columns_changed = Signal()

    def __init__(self, look: Look, model: CookiesModel, label: str) -> None:
        super().__init__()
        self._look = look
        self._cookies = model
        self._delegate = _CookieDelegate(look, model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(label)
        self._set_up()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        self._here: tuple[str, str, str] | None = None
        self._at = 0
        look.changed.connect(self._fit)
        self._fit()

    @property
    def chosen(self) -> list[Cookie]:
        """The selected cookies, else the one with the ring."""
        ranges = self.selectionModel().selection()
        rows = {row for at in range(ranges.count()) for row in range(ranges.at(at).top(), ranges.at(at).bottom() + 1)}
        rows = rows or {self.currentIndex().row()}
        return [self._cookies.cookies[row] for row in sorted(rows) if 0 <= row < len(self._cookies.cookies)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        is_eye = index.isValid() and index.column() == VALUE
        if is_eye and self._delegate.eye(QRectF(self.visualRect(index))).contains(event.position()):
            self._cookies.toggle_reveal(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_eye = index.isValid() and index.column() == VALUE
        if index.isValid() and not (
            is_eye and self._delegate.eye(QRectF(self.visualRect(index))).contains(event.position())
        ):
            self._edit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @Slot()
    def _on_about_to_reset(self) -> None:
        self._at = max(0, self.currentIndex().row())
        rows = self._cookies.cookies
        self._here = rows[self._at].key if self._at < len(rows) else None

    @Slot()
    def _on_reset(self) -> None:
        """Stay at the cookie that was in use, else at its place."""
        row = self._cookies.row_of(self._here) if self._here is not None else -1
        row = row if row >= 0 else min(self._at, self._cookies.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(self._cookies.index(row, NAME))
            self.clearSelection()

    def own_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: lambda: self._cookies.toggle_reveal(self.currentIndex().row()),
            Qt.Key.Key_Return: self._edit,
            Qt.Key.Key_Enter: self._edit,
            Qt.Key.Key_F2: self._edit,
            Qt.Key.Key_Delete: lambda: self.delete_wanted.emit(self.chosen),
            Qt.Key.Key_Backspace: lambda: self.delete_wanted.emit(self.chosen),
            Qt.Key.Key_Insert: self.add_wanted.emit,
        }
        return keys.get(event.key())

    def _edit(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self._cookies.cookies):
            self.edit_wanted.emit(self._cookies.cookies[row])
        else:
            self.add_wanted.emit()

    def _set_up(self) -> None:
        self.setProperty("focusRing", "none")
        self.setProperty("panel", "bg.surface")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @Slot()
    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.px(_ROW_PX))
        self.setFont(self._look.font("mono"))
        self._fit_columns()
        self.viewport().update()

    def _fit_columns(self) -> None:
        look, width = self._look, self.viewport().width()
        self.setColumnHidden(EXPIRES, width < look.px(_EXPIRES_FROM_PX))
        self.setColumnHidden(PATH, width < look.px(_PATH_FROM_PX))
        expires = 0 if self.isColumnHidden(EXPIRES) else look.px(_EXPIRES_PX)
        room = max(0, width - look.px(_SENT_PX) - expires)
        path = 0 if self.isColumnHidden(PATH) else round(room * 0.16)
        name, domain = round(room * 0.24), round(room * 0.27)
        sizes = {SENT: look.px(_SENT_PX), NAME: name, VALUE: room - name - domain - path, DOMAIN: domain}
        for column, size in (sizes | {PATH: path, EXPIRES: expires}).items():
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, size)
        self.columns_changed.emit()


class _CookieDelegate(QStyledItemDelegate):
    """Draws the cells in the look's colours."""

    def __init__(self, look: Look, model: CookiesModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look
        self._cookies = model

    def eye(self, rect: QRectF) -> QRectF:
        """Where the button stands that shows a value."""
        side = self._look.px(_EYE_PX)
        return QRectF(rect.right() - side - 2, rect.center().y() - side / 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, rect = self._look, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        row, column = index.row(), index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            fill_chosen(painter, look, rect, is_first=column == 0, is_last=column == index.model().columnCount() - 1)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), look.color("bg.hover"))
        is_sent = self._cookies.is_sent(row)
        if column == SENT:
            if is_sent:
                self._draw_icon(painter, rect.center(), "arrow-up", "accent.text")
        else:
            right = self.eye(rect).left() if column == VALUE else rect.right()
            tone: TokenName = "text.1" if is_sent and column in (NAME, VALUE) else "text.2" if is_sent else "text.3"
            self._draw_text(painter, QRectF(rect.topLeft(), QPointF(right, rect.bottom())), index, tone)
        if column == VALUE and self._cookies.cookies[row].value:
            is_shown = self._cookies.is_revealed(row)
            self._draw_icon(painter, self.eye(rect).center(), "eye", "accent.text" if is_shown else "text.2")
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus.ring"), look.ring_px))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), look.px(4), look.px(4))
        painter.restore()

    def _draw_text(self, painter: QPainter, rect: QRectF, index: _Index, tone: TokenName) -> None:
        look = self._look
        style: FontStyle = "small" if index.column() == EXPIRES else "mono"
        area = rect.adjusted(look.px(_PAD_PX), 0, -look.px(_PAD_PX), 0)
        text = look.metrics(style).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(look.font(style))
        painter.setPen(look.color(tone))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _draw_icon(self, painter: QPainter, middle: QPointF, name: str, tone: TokenName) -> None:
        side = self._look.px(16)
        pixmap = self._look.pixmap(name, tone, 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(middle - QPointF(side / 2, side / 2), pixmap)
