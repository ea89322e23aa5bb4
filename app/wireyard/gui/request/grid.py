"""A grid of names and values, as table or as text: what Params, Headers and Variables are edited in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.request.bulk import Mark, rows_of, text_of
from wireyard.gui.request.grid_model import NAME, NOTE, SECRET, VALUE, FixedRow, GridModel, Section
from wireyard.gui.request.grid_paint import PAD_PX
from wireyard.gui.request.grid_view import GridView
from wireyard.gui.request.rules import Rule
from wireyard.gui.request.secret_row import SecretValues
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import ElidedLabel
from wireyard.gui.widgets.variable_source import VariableSource
from wireyard.workspace.model import Field

_HEAD_PX = 30


class FieldGrid(QWidget):
    """``edited`` follows every change by hand; ``section_switched`` the box of a heading below the rows,
    ``fixed_switched`` and ``fixed_edited`` what is done to a row there; see `GridModel`.
    """

    edited = Signal()
    section_switched = Signal(bool)
    fixed_switched = Signal(str, bool)
    fixed_edited = Signal(str, str, str)

    def __init__(
        self,
        look: Look,
        *,
        label: str,
        captions: tuple[str, str, str],
        blank_words: str,
        mark: Mark,
        rule: Rule,
        bulk_hint: str,
        has_notes: bool = True,
        secrets: SecretValues | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._mark: Mark = mark
        self._is_settling = False
        self.model = GridModel(captions, rule, has_notes=has_notes, secrets=secrets, parent=self)
        self.view = GridView(look, self.model, mark, label, blank_words)
        self.bulk = QPlainTextEdit()
        self._stack = QStackedWidget(self)
        self._head = _Head(look, self.view, captions)
        self._bulk_hint = ElidedLabel(look, bulk_hint, "small", "text.3")
        self.bulk_button = Button(look, self.tr("Bulk edit"), "link", size="small")
        self.bulk_button.setToolTip(self.tr("Edit all rows as text"))
        self._lay_out(label)
        self.model.edited.connect(self._on_edited)
        self.model.section_switched.connect(self.section_switched)
        self.model.fixed_switched.connect(self.fixed_switched)
        self.model.fixed_edited.connect(self.fixed_edited)
        self.bulk.textChanged.connect(self._on_bulk_changed)
        self.bulk_button.clicked.connect(self.toggle_bulk)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def rows(self) -> tuple[Field, ...]:
        return self.model.rows

    @property
    def is_bulk(self) -> bool:
        """Whether the rows are shown as text."""
        return self._stack.currentWidget() is self.bulk

    def set_rows(self, rows: Sequence[Field]) -> None:
        """Show other rows."""
        self.model.set_rows(rows)
        if self.is_bulk and rows_of(self.bulk.toPlainText(), self._mark, rows) != tuple(rows):
            self._show_text()

    def set_below(self, sections: Sequence[Section]) -> None:
        """Show what comes from elsewhere."""
        self.model.set_below(sections)

    def set_source(self, source: VariableSource) -> None:
        """Say what has a value here; again, whenever that changed."""
        self.view.painter.source = source
        self.view.viewport().update()

    def set_completions(self, names: Sequence[str]) -> None:
        """Offer these as names."""
        self.view.delegate.completions = names

    def point_at_row(self, row: int) -> None:
        """Have the keyboard in a row of one's own, in the cell that is at fault."""
        if self.is_bulk:
            self.toggle_bulk()
        fault = self.model.fault(row)
        index = self.model.index(row, NAME if fault is not None and fault.cell == "name" else VALUE)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def edit_fixed(self, name: str) -> None:
        """Begin to type the value of a row below."""
        if self.is_bulk:
            self.toggle_bulk()
        lines = ((row, self.model.line(row)) for row in range(self.model.blank + 1, self.model.rowCount()))
        row = next((row for row, line in lines if isinstance(line, FixedRow) and line.name == name), None)
        if row is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.edit_cell(row, VALUE)

    @Slot()
    def toggle_bulk(self) -> None:
        """Show the rows as text, or as a table again."""
        if self.is_bulk:
            self._stack.setCurrentWidget(self.view)
            self.view.come_back()
        else:
            self._show_text()
            self._stack.setCurrentWidget(self.bulk)
        is_bulk = self.is_bulk
        self.bulk_button.setText(self.tr("Edit as table") if is_bulk else self.tr("Bulk edit"))
        self.bulk_button.setToolTip(self.tr("Edit as table") if is_bulk else self.tr("Edit all rows as text"))
        self.bulk_button.updateGeometry()
        self._head.setVisible(not is_bulk)
        self._bulk_hint.setVisible(is_bulk)
        self.take_keyboard()

    def commit(self) -> None:
        """Take what is being typed into a cell."""
        self.view.commit()

    def take_keyboard(self) -> None:
        """Have the keyboard in the rows."""
        (self.bulk if self.is_bulk else self.view).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_edited(self) -> None:
        if self.is_bulk and not self._is_settling:
            self._show_text()
        self.edited.emit()

    @Slot()
    def _on_bulk_changed(self) -> None:
        # Qt tells of another font, too, while the text is not in use and holds none of the rows.
        if self._is_settling or not self.is_bulk:
            return
        self._is_settling = True
        self.model.replace_all(rows_of(self.bulk.toPlainText(), self._mark, self.model.rows))
        self._is_settling = False

    def _show_text(self) -> None:
        self._is_settling = True
        self.bulk.setPlainText(text_of(self.model.rows, self._mark))
        self._is_settling = False

    def _lay_out(self, label: str) -> None:
        self.bulk.setAccessibleName(self.tr("{0} as text").format(label))
        self.bulk.setTabChangesFocus(True)
        self.bulk.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.bulk.setProperty("focusRing", "none")
        self.bulk.setProperty("panel", "bg.surface")
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.bulk)
        self._bulk_hint.hide()
        self._bar = Panel("bg.surface", "bottom", self)
        self._row = QHBoxLayout(self._bar)
        self._row.addWidget(self._head, 1)
        self._row.addWidget(self._bulk_hint, 1)
        self._row.addWidget(self.bulk_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._bar.setFixedHeight(look.px(_HEAD_PX))
        self._row.setContentsMargins(0, 0, look.px(8), 1)
        self.bulk.setFont(look.font("mono"))
        self.bulk.document().setDocumentMargin(look.px(10))
        self._bulk_hint.setContentsMargins(look.px(10), 0, 0, 0)


class _Head(QWidget):
    """The captions, each over its column."""

    def __init__(self, look: Look, view: GridView, captions: tuple[str, str, str]) -> None:
        super().__init__()
        self._look = look
        self._view = view
        self._captions = captions
        view.columns_changed.connect(self.update)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, view = self._look, self._view
        painter = QPainter(self)
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text.3"))
        columns = [*zip((NAME, VALUE, NOTE), self._captions, strict=True)]
        if view.model().columnCount() > SECRET:
            columns.append((SECRET, self.tr("Secret")))
        for column, caption in columns:
            if view.isColumnHidden(column):
                continue
            x = view.columnViewportPosition(column) + look.px(PAD_PX)
            room = min(view.columnWidth(column) - look.px(PAD_PX), self.width() - x)
            text = look.metrics("caption").elidedText(caption, Qt.TextElideMode.ElideRight, max(0, room))
            painter.drawText(QRectF(x, 0, max(0, room), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
