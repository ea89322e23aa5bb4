"""How the cells of the variables' table look, and what edits them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from wireyard.gui.environments.grid_model import LOCAL, NAME, NOTE, ON, SECRET, SHARED, USED, VariablesModel, captions
from wireyard.gui.environments.rows import Row
from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.chosen import fill_chosen
from wireyard.gui.widgets.variable_line import VariableLineEdit
from wireyard.gui.widgets.variable_source import NoVariables, VariableSource
from wireyard.workspace.variables.template import references

ROW_PX = 32
PAD_PX = 8
BOX_PX = 16
EYE_PX = 24
_Index = QModelIndex | QPersistentModelIndex


class VariablesDelegate(QStyledItemDelegate):
    """Paints rows and makes editors: lines with completion for values, dots for what is typed as a secret."""

    def __init__(self, look: Look, model: VariablesModel) -> None:
        super().__init__(model)
        self._look = look
        self._model = model
        self.source: VariableSource = NoVariables()
        # The secrets that are shown in clear at this moment, by name.
        self.revealed: dict[str, str] = {}
        # What the next editor begins with instead of what the file says.
        self.unsaved: str | None = None
        self.missing_words = self.tr("No value here yet")

    # ------------------------------------------------------------------------------------------------------- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        row, column = self._model.row(index.row()), index.column()
        label = captions()[column] if row is None else f"{captions()[column]}, {row.name}"
        if row is not None and row.is_secret and column == LOCAL:
            secret = QLineEdit(parent)
            secret.setEchoMode(QLineEdit.EchoMode.Password)
            secret.setPlaceholderText(self.tr("Type the secret"))
            secret.setToolTip(self.tr("An empty one is forgotten"))
            return self._dressed(secret, label)
        if column in (SHARED, LOCAL):
            value = VariableLineEdit(self._look, label, height=None, parent=parent)
            value.set_variables(self.source)
            value.setProperty("focusRing", "none")
            value.setProperty("cell", "1")
            value.submitted.connect(lambda: self._commit(value))
            return value
        return self._dressed(QLineEdit(parent), label)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        text = self.unsaved if self.unsaved is not None else str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, VariableLineEdit):
            editor.start_with(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            row = self._model.row(index.row())
            is_secret = row is not None and row.is_secret and index.column() == LOCAL
            editor.setText(self.revealed.get(row.name, "") if is_secret and row is not None else text)

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        if isinstance(editor, VariableLineEdit):
            self._model.setData(index, editor.text)
        elif isinstance(editor, QLineEdit):
            # Nothing typed into the dots: what is kept stays.
            if editor.echoMode() == QLineEdit.EchoMode.Password and not editor.isModified():
                return
            self._model.setData(index, editor.text().strip() if index.column() == NAME else editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # While variables are offered, the list has the keys.
        if isinstance(editor, VariableLineEdit) and editor.variables.is_offering and isinstance(event, QKeyEvent):
            return False
        return super().eventFilter(editor, event)

    # ------------------------------------------------------------------------------------------------------- painting

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._look.px(40), self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, rect = self._look, QRectF(option.rect)
        row, column = self._model.row(index.row()), index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_chosen(painter, look, rect, is_first=column == 0, is_last=column == self._model.columnCount() - 1)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), look.color("bg.hover"))
        if row is None:
            self._paint_blank(painter, rect, column)
        elif column in (ON, SECRET):
            self._paint_check(painter, self.box(rect), is_on=row.is_on if column == ON else row.is_secret)
        else:
            self._paint_text(painter, rect, row, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus.ring"), look.ring_px))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), look.px(4), look.px(4))
        painter.restore()

    def box(self, rect: QRectF) -> QRectF:
        """Where the check box of a cell stands."""
        side = self._look.px(BOX_PX)
        return QRectF(round(rect.center().x() - side / 2), round(rect.center().y() - side / 2), side, side)

    def eye(self, rect: QRectF) -> QRectF:
        """Where the button stands that shows a secret."""
        side = self._look.px(EYE_PX)
        return QRectF(rect.right() - side - 2, rect.center().y() - side / 2, side, side)

    def _paint_blank(self, painter: QPainter, rect: QRectF, column: int) -> None:
        look = self._look
        if column == ON:
            side = look.px(14)
            at = QPointF(rect.center().x() - side / 2, rect.center().y() - side / 2)
            painter.drawPixmap(at, look.pixmap("plus", "text.3", 14, painter.device().devicePixelRatioF()))
        elif column == NAME:
            painter.setFont(look.font("body"))
            painter.setPen(look.color("text.3"))
            area = rect.adjusted(look.px(PAD_PX), 0, 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.tr("Add a variable"))

    def _paint_text(self, painter: QPainter, rect: QRectF, row: Row, index: _Index) -> None:
        look, column = self._look, index.column()
        area = rect.adjusted(look.px(PAD_PX), 0, -look.px(PAD_PX), 0)
        tone: TokenName = "text.1" if row.is_on else "text.3"
        text = str(index.data() or "")
        if column == LOCAL and row.is_secret:
            self._paint_eye(painter, rect, row)
            area.setRight(self.eye(rect).left())
            text = self.revealed.get(row.name, text)
            if not self._model.has_value(row):
                self._draw(painter, area, self.missing_words, "small", "warn")
                return
        elif column == SHARED and row.is_secret:
            self._draw(painter, area, self.tr("Never in a file"), "small", "text.3")
            return
        elif column in (NOTE, USED):
            self._draw(painter, area, text, "small", "text.2" if column == NOTE else "text.3")
            return
        self._draw(painter, area, text, "mono", tone)

    def _paint_eye(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        if self._model.has_value(row):
            look, side = self._look, self._look.px(16)
            role: TokenName = "accent.text" if row.name in self.revealed else "text.2"
            at = self.eye(rect).center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(at, look.pixmap("eye", role, 16, painter.device().devicePixelRatioF()))

    def _draw(self, painter: QPainter, area: QRectF, text: str, style: FontStyle, tone: TokenName) -> None:
        """Draw a text; its variables stand on chips."""
        look, metrics = self._look, self._look.metrics(style)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(look.font(style))
        for found in references(shown) if style == "mono" else ():
            left = metrics.horizontalAdvance(shown[: found.start])
            width = metrics.horizontalAdvance(shown[found.start : found.end])
            is_known = self.source.lookup(found.name) is not None
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("var.bg" if is_known else "err.bg"))
            chip = QRectF(area.x() + left, area.center().y() - look.px(9), width, look.px(18))
            painter.drawRoundedRect(chip, look.px(4), look.px(4))
        painter.setPen(look.color(tone))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area, flags, shown)

    def _paint_check(self, painter: QPainter, box: QRectF, *, is_on: bool) -> None:
        look = self._look
        painter.setPen(QPen(look.color("accent" if is_on else "border.control"), 1))
        painter.setBrush(look.color("accent" if is_on else "bg.field"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
        if is_on:
            side = look.px(14)
            pixmap = look.pixmap("check", "on.accent", 14, painter.device().devicePixelRatioF(), stroke=2.0)
            painter.drawPixmap(box.center() - QPointF(side / 2, side / 2), pixmap)

    def _dressed(self, editor: QLineEdit, label: str) -> QLineEdit:
        editor.setAccessibleName(label)
        editor.setProperty("focusRing", "none")
        editor.setProperty("cell", "1")
        pad = self._look.px(PAD_PX) - 2
        editor.setTextMargins(pad, 0, pad, 0)
        editor.setFont(self._look.font("mono" if editor.echoMode() == QLineEdit.EchoMode.Normal else "body"))
        return editor

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
