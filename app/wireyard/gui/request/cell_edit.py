"""The fields that a cell becomes while it is typed into: names are completed in one, variables in the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from wireyard.gui.theme.fonts import FontStyle
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_line import VariableLineEdit
from wireyard.gui.widgets.variable_source import VariableSource

_MAX_SHOWN = 8
_PAD_PX = 8


class CellEdit(QLineEdit):
    """One line over its cell. ``names`` are offered from the first character on."""

    def __init__(self, look: Look, label: str, style: FontStyle, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._style: FontStyle = style
        self._popup: QListView | None = None
        self._begun: str | None = None
        self.setAccessibleName(label)
        self.setProperty("cell", "1")
        self.setProperty("focusRing", "none")
        if names:
            self.setCompleter(self._make_completer(names))
        look.changed.connect(self._fit)
        self._fit()

    @property
    def typed(self) -> str:
        return self.text()

    @property
    def is_touched(self) -> bool:
        """Whether something was typed already, that the model must not write over."""
        # Not `isModified`: a name that was taken from the list is set by Qt, which then says that nothing was edited.
        return self._begun is not None and self.text() != self._begun

    @property
    def is_offering(self) -> bool:
        """Whether a name of the open list is chosen: then Enter and Tab take it."""
        return self._popup is not None and self._popup.isVisible() and self._popup.currentIndex().isValid()

    def begin(self, text: str) -> None:
        """Start with what stands in the cell."""
        self.setText(text)
        self._begun = text

    def _make_completer(self, names: Sequence[str]) -> QCompleter:
        completer = QCompleter(QStringListModel(list(names), self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_MAX_SHOWN)
        popup = QListView()
        popup.setAccessibleName(self.accessibleName())
        popup.setUniformItemSizes(True)
        popup.setProperty("popup", "1")
        popup.setFont(self._look.font("mono"))
        completer.setPopup(popup)
        self._popup = popup
        return completer

    @Slot()
    def _fit(self) -> None:
        self.setFont(self._look.font(self._style))
        pad = self._look.px(_PAD_PX)
        self.setTextMargins(pad - 2, 0, pad - 2, 0)


class ValueEdit(VariableLineEdit):
    """A value over its cell."""

    def __init__(self, look: Look, label: str, source: VariableSource | None, parent: QWidget) -> None:
        super().__init__(look, label, height=None, parent=parent)
        self.setProperty("cell", "1")
        self.setProperty("focusRing", "none")
        self._begun: str | None = None
        if source is not None:
            self.set_variables(source)

    @property
    def typed(self) -> str:
        return self.text

    @property
    def is_touched(self) -> bool:
        """Whether something was typed already, that the model must not write over."""
        return self._begun is not None and self.text != self._begun

    @property
    def is_offering(self) -> bool:
        """Whether variables are offered: then Enter and Tab take one."""
        return self.variables.is_offering

    def begin(self, text: str) -> None:
        """Start with what stands in the cell."""
        self.start_with(text)
        self._begun = self.text
        self.selectAll()
