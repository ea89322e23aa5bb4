"""Lays out `Details`: captions, names and values that can be selected, in one column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from wireyard.gui.inspector.details import Details
from wireyard.gui.inspector.sections import Section
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.frames import Panel, Well
from wireyard.gui.widgets.label import Label

_NAME_WIDTH = 112


class DetailsView(QScrollArea):
    """Shows one `Details` at a time."""

    copied = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._details: Details | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("panel", "bg.surface")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Details"))
        look.changed.connect(self._on_look_changed)

    @property
    def details(self) -> Details | None:
        return self._details

    def show_details(self, details: Details | None) -> None:
        """Show other details, from their beginning."""
        self._details = details
        # The old body goes with its labels; QScrollArea deletes it.
        self.setWidget(self._body(details))
        self.verticalScrollBar().setValue(0)

    @Slot()
    def copy(self) -> None:
        """Put all of it on the clipboard, as text."""
        if self._details is not None:
            QGuiApplication.clipboard().setText(self._details.as_text())
            self.copied.emit()

    @Slot()
    def _on_look_changed(self) -> None:
        if self._details is not None:
            self.show_details(self._details)

    def _body(self, details: Details | None) -> QWidget:
        look = self._look
        body = Panel("bg.surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(16))
        column.setSpacing(look.px(4))
        if details is not None:
            if details.headline:
                column.addWidget(Label(look, details.headline, "body.strong", wraps=True, selectable=True))
            if details.explanation:
                column.addWidget(Label(look, details.explanation, "small", "text.2", wraps=True, selectable=True))
            for section in details.sections:
                if column.count():
                    column.addSpacing(look.px(12))
                self._add_section(column, section)
        column.addStretch(1)
        return body

    def _add_section(self, column: QVBoxLayout, section: Section) -> None:
        look = self._look
        column.addWidget(Label(look, section.title, "caption", "text.3"))
        if section.fields:
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(look.px(12))
            grid.setVerticalSpacing(look.px(4))
            grid.setColumnMinimumWidth(0, look.px(_NAME_WIDTH))
            grid.setColumnStretch(1, 1)
            for number, field in enumerate(section.fields):
                value = self._value(field.value)
                if field.name:
                    name = Label(look, _breakable(field.name), "small", "text.2", wraps=True, selectable=True)
                    name.setFixedWidth(look.px(_NAME_WIDTH))
                    grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
                    grid.addWidget(value, number, 1)
                else:
                    grid.addWidget(value, number, 0, 1, 2)
            column.addLayout(grid)
        if section.text:
            well = Well()
            inside = QVBoxLayout(well)
            inside.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
            inside.addWidget(self._value(section.text))
            column.addWidget(well)

    def _value(self, text: str) -> Label:
        label = Label(self._look, _breakable(text), "mono.small", "text.1", wraps=True, selectable=True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label


def _breakable(text: str) -> str:
    """Let long tokens and keys wrap: a label breaks lines only where a line may break."""
    return "".join(f"{char}\u200b" if char in _BREAKS_AFTER else char for char in text) if len(text) > 16 else text


_BREAKS_AFTER = frozenset("/.,;:=&?-_%+")
