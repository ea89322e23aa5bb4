"""How a grid's rows look: box, name, value and note on one line, variables as chips, a red line under what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from wireyard.gui.request.grid_model import END, NAME, NOTE, ON, SECRET, VALUE, FixedRow, GridModel, Section
from wireyard.gui.request.secret_row import SecretRow
from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.chosen import fill_chosen
from wireyard.gui.widgets.variable_source import DOTS
from wireyard.workspace.model import Field
from wireyard.workspace.variables.template import references

if TYPE_CHECKING:
    from wireyard.gui.widgets.variable_source import VariableSource

ROW_PX = 32
BOX_X = 24
BOX_PX = 16
EYE_PX = 24
GRIP_PX = 20
PAD_PX = 10
_Index = QModelIndex | QPersistentModelIndex


class GridPainter:
    """Draws one cell at a time. ``hovered`` is the row under the pointer, ``blank_words`` stand in the empty row."""

    def __init__(self, look: Look, model: GridModel, blank_words: str) -> None:
        self._look = look
        self._model = model
        self._blank_words = blank_words
        self.source: VariableSource | None = None
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a cell."""
        look, rect = self._look, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        row, column, line = index.row(), index.column(), self._model.line(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:  # Qt has filled it with a colour on which nothing can be read
            fill_chosen(painter, look, rect, is_first=column == 0, is_last=column == self._model.columnCount() - 1)
        elif row == self.hovered and not isinstance(line, Section):
            painter.fillRect(rect, look.color("bg.sunken"))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), look.color("bg.hover"))
        if isinstance(line, Section):
            self._paint_section(painter, rect, column, line)
        elif column == ON:
            self._paint_box(painter, rect, row, line)
        elif column == END:
            self._paint_end(painter, rect, row)
        elif column == SECRET:
            if isinstance(line, Field):
                self._draw_check(painter, self._middle(rect), is_on=isinstance(line, SecretRow))
        elif column == VALUE and isinstance(line, SecretRow):
            self._paint_secret(painter, rect, line)
        else:
            self._paint_text(painter, rect, row, column)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus.ring"), look.ring_px))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), look.px(4), look.px(4))
        painter.restore()

    def box(self, rect: QRectF) -> QRectF:
        """Where the check box of a row stands in its first cell."""
        look, side = self._look, self._look.px(BOX_PX)
        return QRectF(rect.x() + look.px(BOX_X), rect.y() + round((rect.height() - side) / 2), side, side)

    def eye(self, rect: QRectF) -> QRectF:
        """Where the button stands that shows a secret."""
        side = self._look.px(EYE_PX)
        return QRectF(rect.right() - side - 2, rect.center().y() - side / 2, side, side)

    def _middle(self, rect: QRectF) -> QRectF:
        side = self._look.px(BOX_PX)
        return QRectF(round(rect.center().x() - side / 2), round(rect.center().y() - side / 2), side, side)

    def _paint_secret(self, painter: QPainter, rect: QRectF, line: SecretRow) -> None:
        look, secrets = self._look, self._model.secrets
        area = QRectF(rect.topLeft(), QPointF(self.eye(rect).left(), rect.bottom()))
        if not self._model.has_value(line):
            self._draw_elided(painter, area, secrets.missing_words if secrets is not None else "", "small", "warn")
            return
        shown = secrets.revealed(line.name) if secrets is not None else None
        side = look.px(16)
        at = self.eye(rect).center() - QPointF(side / 2, side / 2)
        role: TokenName = "text.2" if shown is None else "accent.text"
        painter.drawPixmap(at, look.pixmap("eye", role, 16, self._dpr(painter)))
        self._draw_plain(painter, area, DOTS if shown is None else shown, "text.3" if line.off else "text.1")

    def _draw_plain(self, painter: QPainter, rect: QRectF, text: str, tone: TokenName) -> None:
        """Draw a text in which braces are text."""
        area = rect.adjusted(self._look.px(PAD_PX), 0, -self._look.px(PAD_PX), 0)
        shown = self._look.metrics("mono").elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(self._look.font("mono"))
        self._draw_run(painter, area.x(), area, shown, "mono", tone)

    def _paint_section(self, painter: QPainter, rect: QRectF, column: int, section: Section) -> None:
        look = self._look
        if column == ON:
            if section.is_on is not None:
                self._draw_check(painter, self.box(rect), is_on=section.is_on)
        elif column == NAME:
            painter.setFont(look.font("caption"))
            painter.setPen(look.color("text.2"))
            painter.setClipping(False)
            width = look.metrics("caption").horizontalAdvance(section.title)
            area = QRectF(rect.x() + look.px(PAD_PX), rect.y(), width + 4, rect.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, section.title)
        elif column == VALUE and section.hint:
            self._draw_elided(painter, rect, section.hint, "small", "text.3")

    def _paint_box(self, painter: QPainter, rect: QRectF, row: int, line: Field | FixedRow | None) -> None:
        look = self._look
        if isinstance(line, Field):
            self._draw_check(painter, self.box(rect), is_on=not line.off)
            if row == self.hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("border.control"))
                middle = rect.center().y()
                for x in (9.0, 14.0):
                    for y in (-5.0, 0.0, 5.0):
                        painter.drawEllipse(QPointF(rect.x() + look.px(x), middle + look.px(y)), 1.1, 1.1)
        elif isinstance(line, FixedRow) and line.is_on is not None:
            self._draw_check(painter, self.box(rect), is_on=line.is_on)
        elif isinstance(line, FixedRow) and line.is_editable:
            return
        elif isinstance(line, FixedRow):
            side = look.px(14)
            at = QPointF(rect.x() + look.px(BOX_X + 1), rect.y() + (rect.height() - side) / 2)
            painter.drawPixmap(at, look.pixmap("lock", "text.3", 14, self._dpr(painter)))
        else:
            side = look.px(14)
            at = QPointF(rect.x() + look.px(BOX_X + 1), rect.y() + (rect.height() - side) / 2)
            painter.drawPixmap(at, look.pixmap("plus", "text.3", 14, self._dpr(painter)))

    def _paint_end(self, painter: QPainter, rect: QRectF, row: int) -> None:
        if row == self.hovered and row < self._model.blank:
            side = self._look.px(14)
            at = QPointF(rect.center().x() - side / 2, rect.center().y() - side / 2)
            painter.drawPixmap(at, self._look.pixmap("trash", "text.2", 14, self._dpr(painter)))

    def _paint_text(self, painter: QPainter, rect: QRectF, row: int, column: int) -> None:
        line, text = self._model.line(row), str(self._model.data(self._model.index(row, column)) or "")
        if line is None:
            if column == NAME:
                self._draw_elided(painter, rect, self._blank_words, "body", "text.3")
            return
        style: FontStyle = "small" if column == NOTE else "mono"
        tone: TokenName = "text.1"
        if isinstance(line, FixedRow) and line.is_editable:
            tone = "text.2" if column == NOTE else "text.1"
        elif isinstance(line, FixedRow):
            tone = "text.3" if column == NOTE or line.is_replaced or line.is_on is False else "text.2"
        elif isinstance(line, Field) and line.off:
            tone = "text.3"
        elif column == NOTE:
            tone = "text.2"
        width = self._draw_elided(painter, rect, text, style, tone)
        if isinstance(line, FixedRow) and line.is_replaced and column in (NAME, VALUE) and text:
            painter.setPen(QPen(self._look.color("text.3"), 1))
            x, y = rect.x() + self._look.px(PAD_PX), rect.center().y()
            painter.drawLine(QPointF(x, y), QPointF(x + width, y))
        fault = self._model.fault(row)
        if fault is not None and column == (NAME if fault.cell == "name" else VALUE):
            self._draw_fault(painter, rect, width)

    def _draw_elided(self, painter: QPainter, rect: QRectF, text: str, style: FontStyle, tone: TokenName) -> float:
        """Draw a text with its variables as chips; answers how wide it is."""
        look, metrics = self._look, self._look.metrics(style)
        area = rect.adjusted(look.px(PAD_PX), 0, -look.px(PAD_PX), 0)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(look.font(style))
        x, done = area.x(), 0
        for found in references(shown):
            x += self._draw_run(painter, x, area, shown[done : found.start], style, tone)
            spelled = shown[found.start : found.end]
            width = metrics.horizontalAdvance(spelled)
            chip = QRectF(x, area.center().y() - look.px(9), width, look.px(18))
            is_known = self.source is None or self.source.lookup(found.name) is not None
            tone_of_chip: TokenName = "var" if is_known else "err"
            is_contrast = look.is_contrast  # there the tint is the ground's own colour
            painter.setPen(QPen(look.color(tone_of_chip), 1) if is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.color("var.bg" if is_known else "err.bg"))
            painter.drawRoundedRect(chip, look.px(4), look.px(4))
            x += self._draw_run(painter, x, area, spelled, style, tone_of_chip)
            done = found.end
        x += self._draw_run(painter, x, area, shown[done:], style, tone)
        return x - area.x()

    def _draw_run(
        self, painter: QPainter, x: float, area: QRectF, text: str, style: FontStyle, tone: TokenName
    ) -> float:
        if not text:
            return 0.0
        width: float = self._look.metrics(style).horizontalAdvance(text)
        painter.setPen(self._look.color(tone))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(x, area.y(), width + 2, area.height()), flags, text)
        return width

    def _draw_check(self, painter: QPainter, box: QRectF, *, is_on: bool) -> None:
        look = self._look
        painter.setPen(QPen(look.color("accent" if is_on else "border.control"), 1))
        painter.setBrush(look.color("accent" if is_on else "bg.field"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
        if is_on:
            side = look.px(14)
            at = box.center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(at, look.pixmap("check", "on.accent", 14, self._dpr(painter), stroke=2.0))

    def _draw_fault(self, painter: QPainter, rect: QRectF, width: float) -> None:
        look = self._look
        pen = QPen(look.color("err.dot"), 1.5, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        x, y = rect.x() + look.px(PAD_PX), rect.center().y() + look.px(9)
        painter.drawLine(QPointF(x, y), QPointF(x + max(width, look.px(24)), y))
        side = look.px(14)
        at = QPointF(rect.right() - side - look.px(6), rect.center().y() - side / 2)
        painter.drawPixmap(at, look.pixmap("alert", "err", 14, self._dpr(painter)))

    @staticmethod
    def _dpr(painter: QPainter) -> float:
        return painter.device().devicePixelRatioF()
