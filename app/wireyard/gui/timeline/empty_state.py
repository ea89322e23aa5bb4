"""What stands in the list while it has nothing to show: a sentence and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.shown_rows import ShownRows
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.state import ConnectionState

translate = QCoreApplication.translate
# A handshake and what little may come with it leave room for a sentence below them.
SILENT_UP_TO_ROWS = 6
_ENDED = (ConnectionState.IDLE, ConnectionState.CLOSED, ConnectionState.ERROR)


class EmptyState(QWidget):
    """``acted`` when its button was pressed; what that means depends on what is shown."""

    acted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._title = Label(look, "", "body", "text.2", parent=self)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = Button(look, "", "plain", size="small", parent=self)
        self._button.clicked.connect(self.acted)
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(1)
        self._layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(1)
        self._layout.setSpacing(look.px(12))
        self.hide()

    def say(self, text: str, action: str = "") -> None:
        """Show a sentence and, where there is something to do, a button."""
        self._title.setText(text)
        self._button.setVisible(bool(action))
        if action and action != self._button.text():
            self._button.setText(action)
            self._button.updateGeometry()
        self.show()
        self.raise_()


def empty_words(
    rows: ShownRows, state: ConnectionState, data_messages: int, *, is_read_only: bool
) -> tuple[str, str] | None:
    """What a list with nothing to show says and the label of what to do next; None while it has something."""
    if rows.is_searching:
        return None
    if rows.is_filtered and rows.total and not rows.shown:
        return translate("Timeline", "No message matches"), translate("Timeline", "Clear filter")
    if is_read_only:
        return None if rows.total else (translate("Timeline", "Nothing was recorded in this session"), "")
    if state == ConnectionState.OPEN and not data_messages and rows.shown <= SILENT_UP_TO_ROWS:
        waiting = translate("Timeline", "Connected. Waiting for the first message")
        return waiting, translate("Timeline", "Write a message")
    if rows.shown or rows.is_paused:
        return None
    if rows.is_cleared and rows.last_seq:
        return translate("Timeline", "Cleared. New messages show here"), ""
    if state in _ENDED:
        return translate("Timeline", "Connect to see messages here"), translate("Timeline", "Connect")
    return None
