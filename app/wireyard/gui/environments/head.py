"""Name, colour and inheritance of the environment that is edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from wireyard.gui.environments.colors import COLORS, color_name, dot_icon
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.choices import Select
from wireyard.gui.widgets.label import Label
from wireyard.workspace.tree import EnvironmentLine


class EnvironmentHead(QWidget):
    """``renamed``, ``colored`` and ``inherits_changed`` carry what a person chose; ``use_wanted`` makes it active."""

    renamed = Signal(str)
    colored = Signal(str)
    inherits_changed = Signal(str)
    use_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown_name = ""
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the environment"))
        self.name.setProperty("boxed", "1")
        self.color = Select(look, label=self.tr("Colour"))
        for color in COLORS:
            self.color.addItem(dot_icon(look, color), color_name(color), color)
        self.base = Select(look, label=self.tr("Inherits from"))
        self.use = Button(look, self.tr("Use"), size="normal")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.name, 1)
        self._row.addWidget(self.color)
        self._caption = Label(look, self.tr("Inherits from"), "small", "text.3")
        self._row.addWidget(self._caption)
        self._row.addWidget(self.base)
        self._row.addWidget(self.use)
        self.name.editingFinished.connect(self._on_name_edited)
        self.color.activated.connect(self._on_color)
        self.base.activated.connect(self._on_inherits)
        self.use.clicked.connect(self.use_wanted)
        look.changed.connect(self._fit)
        self._fit()

    def show_line(self, line: EnvironmentLine, others: Sequence[EnvironmentLine], *, is_active: bool) -> None:
        """Show an environment; ``others`` are those that it may inherit from."""
        self._shown_name = line.name
        if not self.name.hasFocus() or self.name.text().strip() == "":
            self.name.setText(line.name)
        self.color.setCurrentIndex(max(0, self.color.findData(line.color)))
        self.base.clear()
        self.base.addItem(self.tr("None"), "")
        for other in others:
            self.base.addItem(other.name, other.id)
        if line.inherits and self.base.findData(line.inherits) < 0:
            self.base.addItem(self.tr("{0} (missing)").format(line.inherits), line.inherits)
        self.base.setCurrentIndex(max(0, self.base.findData(line.inherits)))
        self.base.updateGeometry()
        can_edit = line.problem is None
        for widget in (self.name, self.color, self.base):
            widget.setEnabled(can_edit)
        self.use.setEnabled(not is_active)
        self.use.setText(self.tr("In use") if is_active else self.tr("Use"))
        self.use.updateGeometry()

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave out what the list of bases also says by its name."""
        self._caption.setVisible(not is_narrow)
        self.base.setToolTip(self.tr("Inherits from"))

    def edit_name(self) -> None:
        """Put the keyboard into the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    @Slot()
    def _on_name_edited(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setText(self._shown_name)
        elif name != self._shown_name:
            self._shown_name = name
            self.renamed.emit(name)

    @Slot(int)
    def _on_color(self, index: int) -> None:
        self.colored.emit(str(self.color.itemData(index)))

    @Slot(int)
    def _on_inherits(self, index: int) -> None:
        self.inherits_changed.emit(str(self.base.itemData(index)))

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self.name.setFont(look.font("body.medium"))
        self.name.setMinimumWidth(look.px(64))
        self._row.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self._row.setSpacing(look.px(8))
