"""The page of keys (F1), made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from wireyard.gui.commands import COMMANDS, GROUPS, Command, Group, shown_keys
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.kbd import Kbd
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

_COLUMNS = 2


class KeysSheet(Sheet):
    """All keys, by group, in two columns."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window, _tr("All keys"), QSize(920, 640))
        page = Panel("bg.surface")
        row = QHBoxLayout(page)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(40)
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        for number, group in enumerate(GROUPS):
            columns[number * _COLUMNS // len(GROUPS)].addWidget(_group(look, group))
        for column in columns:
            column.setSpacing(16)
            column.addStretch(1)
            row.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(_tr("All keys"))
        scroll.setWidget(page)
        self.body.addWidget(scroll)
        close = Button(look, _tr("Close"), "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.footer.setContentsMargins(24, 12, 24, 12)
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        close.setFocus()


def _group(look: Look, group: Group) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    grid.addWidget(Label(look, _tr(group), "caption", "text.3"), 0, 0, 1, 2)
    for number, command in enumerate(_with_keys(group), start=1):
        grid.addWidget(Label(look, _tr(command.text), "body", "text.2"), number, 0)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for sequence in command.keys[:2] if command.is_local else command.keys[:1]:
            keys.addWidget(Kbd(look, shown_keys(sequence)))
        grid.addLayout(keys, number, 1, Qt.AlignmentFlag.AlignRight)
    return box


def _with_keys(group: Group) -> list[Command]:
    return [command for command in COMMANDS if command.group == group and command.keys]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)
