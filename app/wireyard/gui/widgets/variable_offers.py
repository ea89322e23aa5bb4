"""What is offered after ``{{``: the variables that fit what was typed, as a model, and how a row of it is painted."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.chosen import paint_chosen
from wireyard.gui.widgets.variable_source import VariableSource, shown_value

_ROW = 28
_PADDING = 10
_GAP = 12
_NO_INDEX = QModelIndex()


class Offer(NamedTuple):
    """One row: what would be put in, what it stands for now, and where that comes from."""

    name: str
    value: str
    source: str


def offers_for(source: VariableSource, typed: str) -> list[Offer]:
    """The variables that fit, those that begin with what was typed first; built-in ones after one's own."""
    wanted = typed.casefold()
    own = [Offer(name, shown_value(value), value.source) for name, value in source.names() if name[:1] != "$"]
    fitting = [offer for offer in (*own, *_built_in()) if wanted in offer.name.casefold()]
    return sorted(fitting, key=lambda offer: not _begins(offer.name, wanted))


def _begins(name: str, wanted: str) -> bool:
    return name.casefold().removeprefix("$").startswith(wanted.removeprefix("$"))


class OfferModel(QAbstractListModel):
    """The offers of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offers: list[Offer] = []

    @property
    def offers(self) -> list[Offer]:
        return self._offers

    def show(self, offers: list[Offer]) -> None:
        """Show others."""
        if offers != self._offers:
            self.beginResetModel()
            self._offers = offers
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._offers)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._offers):
            return None
        offer = self._offers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return offer.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (offer.name, offer.value, offer.source) if part)
        return None


class OfferPainter(QStyledItemDelegate):
    """Paints name, value and source of an offer in three columns."""

    def __init__(self, look: Look, model: OfferModel) -> None:
        super().__init__(model)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._look.px(200), self._look.px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, offer = self._look, self._model.offers[index.row()]
        area = QRectF(option.rect)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            paint_chosen(painter, look, area, look.px(5))
        inside = area.adjusted(look.px(_PADDING), 0, -look.px(_PADDING), 0)
        centre = Qt.AlignmentFlag.AlignVCenter
        mono, small = look.metrics("mono"), look.metrics("small")
        name = mono.elidedText(offer.name, Qt.TextElideMode.ElideMiddle, inside.width() * 0.5)
        source = small.elidedText(offer.source, Qt.TextElideMode.ElideRight, inside.width() * 0.3)
        painter.setFont(look.font("mono"))
        painter.setPen(look.color("var"))
        painter.drawText(inside, centre, name)
        left = inside.left() + mono.horizontalAdvance(name) + look.px(_GAP)
        right = inside.right() - small.horizontalAdvance(source) - look.px(_GAP)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.3"))
        painter.drawText(inside, centre | Qt.AlignmentFlag.AlignRight, source)
        painter.setPen(look.color("text.2"))
        value = small.elidedText(offer.value, Qt.TextElideMode.ElideRight, max(0.0, right - left))
        painter.drawText(QRectF(left, inside.top(), max(0.0, right - left), inside.height()), centre, value)


def _built_in() -> list[Offer]:
    from wireyard.workspace.variables.dynamic import DYNAMIC  # its values need modules that a start doesn't

    source = QCoreApplication.translate("Variables", "Built in")
    return [Offer(each.name, each.help, source) for each in DYNAMIC]
