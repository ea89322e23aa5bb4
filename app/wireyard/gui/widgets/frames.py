"""Plain surfaces: panels with a hairline, cards, wells, lines."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from wireyard.gui.theme.tokens import TokenName

Edge = Literal["", "top", "right", "bottom", "left"]


class Panel(QFrame):
    """A ground in one role, with a hairline on one side where wanted."""

    def __init__(self, ground: TokenName = "bg.surface", edge: Edge = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", ground)
        if edge:
            self.setProperty("edge", edge)


class Card(QFrame):
    """A raised box, radius 10."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")


class Well(QFrame):
    """A sunken box, radius 8, for what came from elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "well")


class Hairline(QFrame):
    """One pixel of border between two parts."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "hairline")
        if orientation == Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
