"""What the connect bar shows, as one frozen value, and what its button looks like in each state."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.button import ButtonKind
from wireyard.gui.widgets.pill import PillTone
from wireyard.gui.widgets.state import ConnectionState

FORCE_CLOSE_AFTER_S = 2.0


@dataclass(frozen=True, slots=True)
class ConnectBarState:
    """What is going on with a tab's connection.

    ``since_mono_ns`` is when the state began, on the monotonic clock: the bar counts from there by itself.
    ``words`` stands in the pill of a closed or failed connection ("1001 · Going away", "TLS failed"), ``detail`` in its
    tool tip: the step while connecting, the close reason, the failure's title. ``address`` is what is connected, to
    notice that the field says something else by now. ``until_mono_ns`` is when the next attempt begins, of which
    ``words`` tell the number.
    """

    state: ConnectionState = ConnectionState.IDLE
    since_mono_ns: int = 0
    words: str = ""
    detail: str = ""
    address: str = ""
    until_mono_ns: int = 0


class Action(enum.Enum):
    """What a press of the primary button means."""

    CONNECT = "connect"
    CANCEL = "cancel"
    DISCONNECT = "disconnect"
    FORCE_CLOSE = "force_close"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ButtonFace:
    """How the primary button looks, what it is called and what it does."""

    text: str
    icon: str
    kind: ButtonKind
    action: Action


LINE_ROLES: dict[ConnectionState, TokenName] = {
    ConnectionState.IDLE: "border",
    ConnectionState.CONNECTING: "warn.dot",
    ConnectionState.OPEN: "ok.dot",
    ConnectionState.CLOSING: "warn.dot",
    ConnectionState.CLOSED: "border.control",
    ConnectionState.ERROR: "err.dot",
    ConnectionState.WAITING: "warn.dot",
}
PILL_TONES: dict[ConnectionState, PillTone] = {
    ConnectionState.IDLE: "neutral",
    ConnectionState.CONNECTING: "warn",
    ConnectionState.OPEN: "ok",
    ConnectionState.CLOSING: "warn",
    ConnectionState.CLOSED: "neutral",
    ConnectionState.ERROR: "err",
    ConnectionState.WAITING: "warn",
}


def button_face(state: ConnectionState, elapsed_s: float) -> ButtonFace:
    """The primary button's face; a close that takes longer than two seconds can be forced."""
    if state is ConnectionState.CLOSING:
        if elapsed_s < FORCE_CLOSE_AFTER_S:
            return ButtonFace(_tr("Closing…"), "", "plain", Action.NOTHING)
        return ButtonFace(_tr("Force close"), "close", "warn", Action.FORCE_CLOSE)
    faces = {
        ConnectionState.IDLE: ButtonFace(_tr("Connect"), "plug", "primary", Action.CONNECT),
        ConnectionState.CONNECTING: ButtonFace(_tr("Cancel"), "close", "warn", Action.CANCEL),
        ConnectionState.OPEN: ButtonFace(_tr("Disconnect"), "stop", "danger", Action.DISCONNECT),
        ConnectionState.CLOSED: ButtonFace(_tr("Reconnect"), "reconnect", "primary", Action.CONNECT),
        ConnectionState.ERROR: ButtonFace(_tr("Retry"), "reconnect", "primary", Action.CONNECT),
        ConnectionState.WAITING: ButtonFace(_tr("Stop"), "close", "warn", Action.DISCONNECT),
    }
    return faces[state]


def pill_text(state: ConnectBarState, elapsed_s: float, *, is_address_changed: bool) -> str:
    """The words of the pill; empty while idle."""
    if state.state is ConnectionState.IDLE:
        return ""
    if state.state is ConnectionState.CONNECTING:
        return _tr("Connecting · {seconds} s").format(seconds=f"{elapsed_s:.1f}")
    if state.state is ConnectionState.CLOSING:
        return _tr("Closing · {seconds} s").format(seconds=f"{elapsed_s:.1f}")
    if state.state is ConnectionState.OPEN:
        text = _tr("Open · {time}").format(time=clock(elapsed_s))
        return _tr("{state} · URL changed").format(state=text) if is_address_changed else text
    if state.state is ConnectionState.WAITING:
        left_s = (state.until_mono_ns - state.since_mono_ns) / 1e9 - elapsed_s
        return _tr("{attempt} in {seconds} s").format(attempt=state.words, seconds=max(0, math.ceil(left_s)))
    return state.words or (_tr("Closed") if state.state is ConnectionState.CLOSED else _tr("Failed"))


def clock(seconds: float) -> str:
    """A duration as 0:07, 12:41 or 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConnectBar", text)
