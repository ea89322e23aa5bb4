"""The connect bar: badge, address, state pill, primary button and the two-pixel line beneath that repeats the state."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from wireyard.gui.connection.close_dialog import CloseDialog
from wireyard.gui.connection.ping_dialog import ControlKind, PingDialog
from wireyard.gui.connection.primary_button import PrimaryButton
from wireyard.gui.connection.state import (
    LINE_ROLES,
    PILL_TONES,
    Action,
    ConnectBarState,
    button_face,
    pill_text,
)
from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.pill import PillButton
from wireyard.gui.widgets.scheme_badge import SchemeBadge, typed_scheme, with_scheme
from wireyard.gui.widgets.state import SHAPES, ConnectionState, state_word
from wireyard.gui.widgets.url_edit import UrlEdit

_MOVING = (ConnectionState.CONNECTING, ConnectionState.CLOSING)
_FAST_MS = 100
_SLOW_MS = 1000
_ROOM_PX = 780
_WIDEST_ENVIRONMENT_PX = 220
_NARROW_ENVIRONMENT_PX = 112
_TIGHT_PX = 640
_DOT_ONLY_PX = 60


class ConnectBar(Panel):
    """Shows a `ConnectBarState` and tells what was asked for; it starts nothing itself.

    ``is_secure`` guesses for an address without a scheme whether it will be dialled with TLS.
    """

    connect_requested = Signal(str)
    cancel_requested = Signal()
    disconnect_requested = Signal()
    force_close_requested = Signal()
    close_requested = Signal(int, str)
    drop_requested = Signal()
    reconnect_requested = Signal(str)
    failure_requested = Signal()
    retry_requested = Signal()
    control_requested = Signal(str, bytes)
    address_edited = Signal(str)
    save_requested = Signal()

    def __init__(
        self, look: Look, is_secure: Callable[[str], bool] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("bg.surface", parent=parent)
        self._look = look
        self._guess: Callable[[str], bool] = is_secure or _assume_secure
        self._state = ConnectBarState()
        self.badge = SchemeBadge(look)
        self.url = UrlEdit(look, height=32)
        self.pill = PillButton(look, ground="bg.field")
        self.button = PrimaryButton(look, button_face(ConnectionState.IDLE, 0), self._make_menu())
        self.save_button = Button(look, self.tr("Save"), size="large")
        self._environment: QWidget | None = None
        self._is_tight = False
        self._field = FieldBox(look)
        self._field.set_editor(self.url)
        self._line = _StateLine(look)
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._on_tick)
        self._build()
        self.url.edited.connect(self._on_edited)
        self.url.submitted.connect(self._on_submitted)
        self.badge.scheme_chosen.connect(self._on_scheme_chosen)
        self.button.activated.connect(self._on_activated)
        self.pill.clicked.connect(self._on_pill_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        look.changed.connect(self._fit)
        self._fit()
        self._show(announce=False)

    @property
    def state(self) -> ConnectBarState:
        return self._state

    @property
    def address(self) -> str:
        """What the field says, as typed."""
        return self.url.text

    def set_address(self, address: str) -> None:
        """Begin with an address, as when a tab opens."""
        self.url.start_with(address)

    def change_address(self, address: str) -> None:
        """Change it as a person would: it can be undone."""
        self.url.set_text(address)

    def set_recent(self, addresses: tuple[str, ...]) -> None:
        self.url.set_recent(addresses)

    def show_state(self, state: ConnectBarState) -> None:
        """Show another state: label, tool tip, names, pill and line change together."""
        changes = state.state is not self._state.state
        self._state = state
        self._show(announce=changes)

    def set_environment_button(self, button: QWidget) -> None:
        """Put the choice of an environment between address and Save."""
        self._environment = button
        self._row.insertWidget(1, button)
        self.setTabOrder(self.pill, button)
        self.setTabOrder(button, self.save_button)
        self._give_way()

    def show_dirty(self, *, is_dirty: bool) -> None:
        """Say whether there is something to save."""
        self.save_button.setToolTip(self.tr("Save the request (Ctrl+S)"))
        name = self.tr("Save, with unsaved changes") if is_dirty else self.tr("Save")
        self.save_button.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def activate(self) -> None:
        """Press the primary button, for F5."""
        self.button.activate()

    def focus_address(self) -> None:
        """Put the keyboard into the address and select it, for Ctrl+L."""
        self.url.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def point_at_fault(self, position: int) -> None:
        """Put the caret where the address is wrong."""
        self.url.place_caret(position)

    def ask_close_code(self) -> None:
        """Open the sheet that closes with a code and a reason."""
        dialog = CloseDialog(self._look, self)
        dialog.close_chosen.connect(self.close_requested)
        dialog.open()

    def ask_control(self, kind: ControlKind) -> None:
        """Open the sheet that sends a ping or pong."""
        dialog = PingDialog(self._look, self, kind)
        dialog.send_chosen.connect(self.control_requested)
        dialog.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show(announce=False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._run_ticks()

    @Slot()
    def _on_tick(self) -> None:
        self._show(announce=False)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._show_badge(text)
        self._show_pill()
        self.address_edited.emit(text)

    @Slot()
    def _on_submitted(self) -> None:
        if self.button.face.action is Action.CONNECT:
            self.button.activate()

    @Slot(str)
    def _on_scheme_chosen(self, scheme: str) -> None:
        self.url.set_text(with_scheme(self.url.text, scheme))

    @Slot(Action)
    def _on_activated(self, action: Action) -> None:
        match action:
            case Action.CONNECT:
                self.connect_requested.emit(self.url.text)
            case Action.CANCEL:
                self.cancel_requested.emit()
            case Action.DISCONNECT:
                self.disconnect_requested.emit()
            case Action.FORCE_CLOSE:
                self.force_close_requested.emit()
            case Action.NOTHING:
                pass

    @Slot()
    def _on_pill_clicked(self) -> None:
        if self._state.state is ConnectionState.ERROR:
            self.failure_requested.emit()
        elif self._state.state is ConnectionState.WAITING:
            self.retry_requested.emit()

    @Slot()
    def _on_save_clicked(self) -> None:
        self.save_requested.emit()

    @Slot()
    def _on_reconnect(self) -> None:
        self.reconnect_requested.emit(self.url.text)

    def _show(self, *, announce: bool) -> None:
        state = self._state.state
        face = button_face(state, self._elapsed_s())
        name = self.tr("{action}, {state}").format(action=face.text, state=state_word(state))
        if face != self.button.face or announce:
            tip = self.tr("{action} (F5)").format(action=face.text)
            self.button.show_face(face, has_menu=state is ConnectionState.OPEN, accessible_name=name, tip=tip)
        if self.url.isReadOnly() != (state is ConnectionState.CONNECTING):
            self.url.setReadOnly(state is ConnectionState.CONNECTING)
        self.badge.setEnabled(state is not ConnectionState.CONNECTING)
        self._line.show_role(LINE_ROLES[state], is_dashed=state is ConnectionState.WAITING)
        self._show_pill()
        self._run_ticks()
        if announce and self.isVisible():
            words = self.pill.text() or state_word(state)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _show_badge(self, text: str) -> None:
        typed = typed_scheme(text)
        self.badge.show_secure(is_secure=self._guess(text) if typed is None else typed)

    def _show_pill(self) -> None:
        state = self._state
        changed = bool(state.address) and state.address != self.url.text
        text = whole = pill_text(state, self._elapsed_s(), is_address_changed=changed)
        if self._is_tight and state.state is not ConnectionState.CONNECTING:
            text = text.partition(" · ")[0]
        is_moving = state.state in _MOVING
        self.pill.show_as(text, PILL_TONES[state.state], SHAPES[state.state], spins=is_moving)
        self.pill.set_link(is_link=state.state in (ConnectionState.ERROR, ConnectionState.WAITING))
        tip = state.detail
        if state.state is ConnectionState.WAITING:
            tip = self.tr("Click to try now.\n{detail}").format(detail=tip)
        if changed and state.state is ConnectionState.OPEN:
            tip = self.tr("Still connected to {address}").format(address=state.address)
        if text != whole:
            tip = f"{whole}\n{tip}" if tip else whole
        if self.pill.toolTip() != tip:
            self.pill.setToolTip(tip)
        self.pill.setVisible(bool(text))

    def _run_ticks(self) -> None:
        state = self._state.state
        if state in _MOVING:
            interval = _FAST_MS
        elif state in (ConnectionState.OPEN, ConnectionState.WAITING) and self.isVisible():
            interval = _SLOW_MS  # nobody sees the clock of a tab behind
        else:
            self._ticks.stop()
            return
        if not self._ticks.isActive() or self._ticks.interval() != interval:
            self._ticks.start(interval)

    def _elapsed_s(self) -> float:
        since = self._state.since_mono_ns
        return max(0.0, (time.monotonic_ns() - since) / 1e9) if since else 0.0

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Close with code…"), self.ask_close_code)
        menu.addAction(self.tr("Drop without closing"), self.drop_requested.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Ping…"), partial(self.ask_control, "ping"))
        menu.addAction(self.tr("Pong…"), partial(self.ask_control, "pong"))
        menu.addSeparator()
        menu.addAction(self.tr("Reconnect"), self._on_reconnect)
        return menu

    def _build(self) -> None:
        self._inside = QHBoxLayout(self._field)
        self._inside.addWidget(self.badge)
        self._inside.addWidget(self.url, 1)
        self._inside.addWidget(self.pill)
        self._row = QHBoxLayout()
        self._row.addWidget(self._field, 1)
        self._row.addWidget(self.save_button)
        self._row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self._line)
        self.setTabOrder(self.badge, self.url)
        self.setTabOrder(self.url, self.pill)
        self.setTabOrder(self.pill, self.save_button)
        self.setTabOrder(self.save_button, self.button)
        self.show_dirty(is_dirty=False)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._field.setFixedHeight(look.px(36))
        self._inside.setContentsMargins(look.px(4), 0, look.px(6), 0)
        self._inside.setSpacing(look.px(8))
        self._row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self._row.setSpacing(look.px(8))
        self.setFixedHeight(look.px(60) + look.px(2))
        self._give_way()

    def _give_way(self) -> None:
        """Where there is little room the address gets it."""
        look = self._look
        is_tight = self.width() < look.px(_TIGHT_PX)
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self.save_button.setVisible(not is_tight)  # it has a key, and stands in the menu
            self._show_pill()
        if self._environment is not None:
            widest = _WIDEST_ENVIRONMENT_PX if self.width() >= look.px(_ROOM_PX) else _NARROW_ENVIRONMENT_PX
            self._environment.setMaximumWidth(look.px(_DOT_ONLY_PX if is_tight else widest))
        words = self.tr("Save") if self.width() >= look.px(_ROOM_PX) else ""
        if words != self.save_button.text():
            self.save_button.setText(words)
            self.save_button.set_icon("" if words else "save")
            self.save_button.updateGeometry()


def _assume_secure(_address: str) -> bool:
    return True


class _StateLine(QWidget):
    """Two pixels in the state's colour."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._role: TokenName = "border"
        self._is_dashed = False
        look.changed.connect(self._fit)
        self._fit()

    def show_role(self, role: TokenName, *, is_dashed: bool = False) -> None:
        if (role, is_dashed) != (self._role, self._is_dashed):
            self._role, self._is_dashed = role, is_dashed
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(10, self._look.px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, dash = self._look.color(self._role), self._look.px(8)
        if not self._is_dashed:
            painter.fillRect(self.rect(), color)
            return
        for left in range(0, self.width(), 2 * dash):
            painter.fillRect(left, 0, dash, self.height(), color)

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(self._look.px(2))
        self.update()
