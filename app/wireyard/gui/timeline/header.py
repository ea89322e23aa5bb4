"""The header above the list: what each column holds, how times are written, and which part of messages is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.amounts import TIME_STYLES, TimeStyle, count_text
from wireyard.gui.timeline.path_chip import PathChip
from wireyard.gui.timeline.row_metrics import RowMetrics
from wireyard.gui.widgets.pill import PillButton

HEIGHT = 28
_CHEVRON = 12
_LEAST_CHIP = 64


class Header(QWidget):
    """Words over the columns, and how many rows Pause holds back: ``resume_wanted`` when that is pressed.

    ``time_style_chosen`` carries a `TimeStyle`.
    """

    time_style_chosen = Signal(str)
    resume_wanted = Signal()

    def __init__(self, look: Look, metrics: RowMetrics, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._metrics = metrics
        self._right_inset = 0
        self._path = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._time = _TimeButton(look, self.tr("Time"), self)
        self._time.setMenu(self._make_menu())
        self.chip = PathChip(look, self)
        self._paused = PillButton(look, height=20, style="caption", parent=self)
        self._paused.set_link(is_link=True)
        self._paused.setToolTip(self.tr("Resume (Ctrl+P)"))
        self._paused.clicked.connect(self.resume_wanted)
        self._paused.hide()
        look.changed.connect(self._on_look_changed)

    @property
    def path_x(self) -> int:
        """Where the chip begins, or would."""
        words = self._look.metrics("status.medium").horizontalAdvance(self.tr("Message"))
        return self._message_x + round(words) + self._look.px(10)

    @property
    def _message_x(self) -> int:
        return self._metrics.message_x_in(self.width() - self._right_inset)

    def set_metrics(self, metrics: RowMetrics) -> None:
        """Follow the columns of the list."""
        self._metrics = metrics
        self._place()

    def set_right_inset(self, inset: int) -> None:
        """Leave room at the right, as wide as the list's scroll bar."""
        if inset != self._right_inset:
            self._right_inset = inset
            self._place()

    def set_time_style(self, style: TimeStyle) -> None:
        """Show another choice, without a signal."""
        self._actions[style].setChecked(True)

    def show_waiting(self, count: int | None) -> None:
        """Say that the list is paused and how many rows wait; None when it runs."""
        if count is not None:
            words = self.tr("Paused · {0} waiting").format(count_text(count)) if count else self.tr("Paused")
            self._paused.show_as(words, "warn", None)
            self._place()
        if self._paused.isHidden() == (count is not None):
            self._paused.setVisible(count is not None)
            self._place()

    def show_path(self, path: str, fault: str) -> None:
        """Show the preview path, and why it can't be used; nothing for none."""
        self._path = path
        self.chip.show_path(path, fault)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(320), self._look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._look.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, m = self._look, self._metrics
        painter.fillRect(self.rect(), look.color("bg.surface"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.color("border"))
        painter.setFont(look.font("status.medium"))
        painter.setPen(look.color("text.3"))
        middle = Qt.AlignmentFlag.AlignVCenter
        right = middle | Qt.AlignmentFlag.AlignRight
        height, end = self.height() - 1, self.width() - self._right_inset
        size, message, metrics = self.tr("Size"), self.tr("Message"), look.metrics("status.medium")
        painter.drawText(QRectF(end - m.message_inset, 0, m.message_inset - m.size_inset, height), right, size)
        # As far as the next word and not only to its column: no word is cut while there is room beside it.
        room = end - m.size_inset - metrics.horizontalAdvance(size) - m.gap - self._message_x
        if room > 0:
            shown = metrics.elidedText(message, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(self._message_x, 0, room, height), middle, shown)
        painter.drawText(QRectF(end - m.size_inset, 0, m.size_inset - m.delta_inset, height), right, self.tr("Δ prev"))

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.time_style_chosen.emit(action.data())

    @Slot()
    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _make_menu(self) -> QMenu:
        texts: dict[TimeStyle, str] = {
            "clock": self.tr("Clock"),
            "since_open": self.tr("Since the connection opened"),
            "iso": self.tr("ISO 8601, local"),
            "utc": self.tr("UTC"),
        }
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[str, QAction] = {}
        for style in TIME_STYLES:
            action = menu.addAction(texts[style])
            action.setCheckable(True)
            action.setData(style)
            action.setChecked(style == self._metrics.time_style)
            group.addAction(action)
            self._actions[style] = action
        group.triggered.connect(self._on_triggered)
        return menu

    def _place(self) -> None:
        pad = self._look.px(4)
        width = self._time.sizeHint().width()
        self._time.setGeometry(self._metrics.time_x - pad, self._look.px(2), width, self.height() - self._look.px(5))
        x = self.path_x
        self._paused.resize(self._paused.sizeHint())
        if self._path:
            x += self._place_chip(x)
        self._paused.move(x, (self.height() - self._paused.height()) // 2)
        self.update()

    def _place_chip(self, x: int) -> int:
        """Give the chip the room there is; answer how much it takes, with the gap after it."""
        gap = self._look.px(8)
        room = self.width() - self._right_inset - self._metrics.message_inset - x
        if not self._paused.isHidden():
            room -= self._paused.width() + gap
        wanted = self.chip.sizeHint()
        width = min(wanted.width(), room)
        has_room = width >= min(wanted.width(), self._look.px(_LEAST_CHIP))
        self.chip.setVisible(has_room)
        if not has_room:
            return 0
        self.chip.setGeometry(x, (self.height() - wanted.height()) // 2, width, wanted.height())
        return width + gap


class _TimeButton(QToolButton):
    """The word Time with a small chevron that shows under the mouse or the keyboard."""

    def __init__(self, look: Look, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(text)
        self.setAccessibleName(self.tr("How times are shown"))
        self.setToolTip(self.tr("How times are shown"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        text = self._look.metrics("status.medium").horizontalAdvance(self.text())
        return QSize(round(text) + self._look.px(8 + _CHEVRON + 4), self._look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_hot = self.underMouse() or self.hasFocus() or self.isDown()
        if is_hot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px(4), look.px(4))
        painter.setFont(look.font("status.medium"))
        painter.setPen(look.color("text.2" if is_hot else "text.3"))
        text = QRectF(self.rect()).adjusted(look.px(4), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
        if is_hot:
            side = look.px(_CHEVRON)
            spot = QPointF(self.width() - look.px(4) - side, round((self.height() - side) / 2))
            painter.drawPixmap(spot, look.pixmap("chevron-down", "text.3", _CHEVRON, self.devicePixelRatioF()))
