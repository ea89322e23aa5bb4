"""The toolbar of the timeline: filter and direction at the left; traffic, Follow, Pause, Export, Clear at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from wireyard.domain.frame import Direction
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.rate_view import RateView
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.chosen import outline_chosen
from wireyard.gui.widgets.frames import Hairline, Panel
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.search_field import SearchField
from wireyard.gui.widgets.segments import Segments
from wireyard.recording.search import RowFilter

HEIGHT = 48
FILTER_WIDTH = 300
MIN_FILTER_WIDTH = 140
LEAST_FILTER_WIDTH = 112
FIGURES_FROM_WIDTH = 900
FIGURES_BESIDE_COUNT_FROM_WIDTH = 1060
ALL_FROM_WIDTH = 660
TYPING_PAUSE_MS = 120
_DIRECTIONS = (None, Direction.SENT, Direction.RECEIVED)


class Toolbar(Panel):
    """``filter_changed`` carries a `RowFilter`, or None when it would let everything through."""

    filter_changed = Signal(object)
    follow_toggled = Signal(bool)
    pause_toggled = Signal(bool)
    export_pressed = Signal()
    clear_pressed = Signal()
    list_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("bg.sunken", "bottom", parent)
        self._look = look
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._tell_filter)
        self._told: RowFilter | None = None
        self._is_read_only = False
        self._is_narrow = False
        self._row = QHBoxLayout(self)
        self._add_filter()
        self._row.addStretch(1)
        self.rates = RateView(look, self)
        self.rates.show_figures(False)
        self._row.addWidget(self.rates)
        self._line = Hairline(Qt.Orientation.Vertical, self)
        self._row.addWidget(self._line)
        self._add_buttons()
        look.changed.connect(self._fit)
        self._fit()

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def row_filter(self) -> RowFilter | None:
        """What the controls say now."""
        chosen = RowFilter(
            text=self._field.text, match_case=self._case.isChecked(), direction=_DIRECTIONS[self._direction.index]
        )
        return None if chosen.is_empty else chosen

    # -------------------------------------------------------------------------------------------------- public methods

    def focus_filter(self) -> None:
        """Put the keyboard into the filter field."""
        self._field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.edit.selectAll()

    def clear_filter(self) -> None:
        """Let everything through again."""
        self._direction.choose(0)
        self._case.setChecked(False)
        self._field.set_text("")
        self._tell_filter()

    def set_filter(self, row_filter: RowFilter | None) -> None:
        """Set the controls, as after a restart."""
        wanted = row_filter or RowFilter()
        self._direction.choose(_DIRECTIONS.index(wanted.direction))
        self._case.setChecked(wanted.match_case)
        self._field.set_text(wanted.text)
        self._tell_filter()

    def show_count(self, text: str) -> None:
        """Say how much the filter lets through; empty without a filter."""
        if text != self._count.text():
            self._count.setText(text)
        if self._count.isHidden() == bool(text):
            self._count.setVisible(bool(text))
            self._fit_width()

    def show_following(self, is_following: bool) -> None:
        self._follow.setChecked(is_following)
        name = self.tr("Follow newest messages, on") if is_following else self.tr("Follow newest messages, off")
        self._follow.setAccessibleName(name)

    def show_paused(self, is_paused: bool) -> None:
        self._pause.setChecked(is_paused)
        self._pause.set_icon("play" if is_paused else "pause")
        self._pause.set_name(self.tr("Resume the list") if is_paused else self.tr("Pause the list"), "Ctrl+P")

    def set_read_only(self, is_read_only: bool) -> None:
        """Leave out what only makes sense while something may still come."""
        self._is_read_only = is_read_only
        self._follow.setVisible(not is_read_only)
        self._pause.setVisible(not is_read_only)
        self._fit_width()

    def set_can_clear(self, can_clear: bool) -> None:
        self._clear.setEnabled(can_clear)

    def set_can_export(self, can_export: bool) -> None:
        self._export.setEnabled(can_export)

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def _on_text_changed(self) -> None:
        self._typing.start()

    @Slot()
    def _on_submitted(self) -> None:
        self._tell_filter()
        self.list_wanted.emit()

    @Slot()
    def _tell_filter(self) -> None:
        self._typing.stop()
        row_filter = self.row_filter
        if row_filter != self._told:
            self._told = row_filter
            self.filter_changed.emit(row_filter)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.setFixedHeight(look.px(HEIGHT))
        self._row.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self._row.setSpacing(look.px(8))
        self._field.setMaximumWidth(look.px(FILTER_WIDTH))
        self._fit_width()
        self._line.setFixedHeight(look.px(20))

    # ------------------------------------------------------------------------------------------------------- internals

    def _fit_width(self) -> None:
        """In a narrow window the figures go first, then the bars and the words that an icon or a key can do without."""
        width = self.width()
        self._is_narrow = width < self._look.px(ALL_FROM_WIDTH)
        self._field.setMinimumWidth(self._look.px(LEAST_FILTER_WIDTH if self._is_narrow else MIN_FILTER_WIDTH))
        figures_from = FIGURES_BESIDE_COUNT_FROM_WIDTH if self._count.text() else FIGURES_FROM_WIDTH
        self.rates.show_figures(width >= self._look.px(figures_from))
        for widget in (self.rates, self._line):
            widget.setVisible(not self._is_narrow and not self._is_read_only)
        self._follow.setText("" if self._is_narrow else self.tr("Follow"))
        self._clear_link.setVisible(bool(self._count.text()) and not self._is_narrow)

    def _add_filter(self) -> None:
        look = self._look
        self._field = SearchField(look, self.tr("Filter messages"), parent=self)
        self._field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._case = _TextToggle(look, "Aa", self.tr("Match case"), self._field)
        self._field.add_trailing(self._case)
        self._direction = Segments(
            look,
            (self.tr("All"), self.tr("↑ Sent"), self.tr("↓ Received")),
            label=self.tr("Direction"),
            parent=self,
        )
        self._direction.set_accessible_texts((self.tr("Both directions"), self.tr("Sent"), self.tr("Received")))
        self._count = Label(look, "", "small", "text.2", parent=self)
        self._clear_link = Button(look, self.tr("Clear filter"), "link", size="small", parent=self)
        self._count.hide()
        self._clear_link.hide()
        self._row.addWidget(self._field, 8)
        for widget in (self._direction, self._count, self._clear_link):
            self._row.addWidget(widget)
        self._field.text_changed.connect(self._on_text_changed)
        self._field.submitted.connect(self._on_submitted)
        self._case.toggled.connect(self._tell_filter)
        self._direction.chosen.connect(self._tell_filter)
        self._clear_link.clicked.connect(self.clear_filter)

    def _add_buttons(self) -> None:
        look = self._look
        self._follow = Button(look, self.tr("Follow"), "ghost", icon="follow", size="small", parent=self)
        self._follow.setCheckable(True)
        self._follow.setToolTip(self.tr("Follow newest messages (End)"))
        self._pause = IconButton(look, "pause", self.tr("Pause the list"), size=32, checkable=True, parent=self)
        self._export = IconButton(
            look, "export", self.tr("Export this session…"), shortcut="Ctrl+Shift+E", size=32, parent=self
        )
        self._clear = IconButton(
            look, "trash", self.tr("Clear the list"), shortcut="Ctrl+Shift+Del", size=32, parent=self
        )
        for widget in (self._follow, self._pause, self._export, self._clear):
            self._row.addWidget(widget)
        self._follow.clicked.connect(self.follow_toggled)
        self._pause.clicked.connect(self.pause_toggled)
        self._export.clicked.connect(self.export_pressed)
        self._clear.clicked.connect(self.clear_pressed)
        self.show_following(True)
        self.show_paused(False)


class _TextToggle(QToolButton):
    """Two letters inside the field that switch how it searches."""

    def __init__(self, look: Look, text: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
