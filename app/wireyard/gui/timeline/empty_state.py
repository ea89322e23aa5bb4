"""What stands in the list while it has nothing to show: a sentence and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label


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
