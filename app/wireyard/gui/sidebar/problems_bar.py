"""Says at the tree's foot that files of the workspace can't be read which have no row there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button

if TYPE_CHECKING:
    from wireyard.workspace.errors import Problem


class ProblemsBar(QWidget):
    """``chosen`` carries the problem that a person wants to see."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self._button = Button(look, "", "ghost", icon="alert", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(8), look.px(4), look.px(8), look.px(4))
        row.addWidget(self._button)
        row.addStretch(1)
        self._button.clicked.connect(self._on_clicked)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say how many there are."""
        self._problems = tuple(problems)
        count = len(self._problems)
        several = self.tr("{0} files can't be read").format(count)
        self._button.setText(self.tr("1 file can't be read") if count == 1 else several)
        self._button.updateGeometry()
        self.setVisible(bool(self._problems))

    @Slot()
    def _on_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for problem in self._problems:
            action = menu.addAction(str(problem).replace("&", "&&"))
            action.triggered.connect(partial(self._choose, problem))
        menu.popup(self._button.mapToGlobal(self._button.rect().topLeft()))

    def _choose(self, problem: Problem, _checked: bool = False) -> None:
        self.chosen.emit(problem)
