"""The button that says which environment is in use, and switches to another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from wireyard.gui.environments.colors import DOT, dot_icon, paint_dot
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button

_PADDING = 14
_GAP = 8
_CHEVRON = 12
_WIDEST_NAME = 132


class EnvironmentLine(Protocol):
    """What the menu shows of an environment."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def color(self) -> str: ...


class EnvironmentButton(Button):
    """``chosen`` carries the id of another environment, empty for none; ``edit_requested`` asks for the editor."""

    chosen = Signal(str)
    edit_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", size="large", chevron=True, parent=parent)
        self._environments: tuple[EnvironmentLine, ...] = ()
        self._active = ""
        self._menu = QMenu(self)
        self.clicked.connect(self.open_menu)
        self._show()

    @property
    def active(self) -> str:
        """The id of the environment that is shown, empty for none."""
        return self._active

    @property
    def menu_actions(self) -> list[QAction]:
        """What the menu offers, in its order."""
        self._fill_menu()
        return [action for action in self._menu.actions() if not action.isSeparator()]

    def set_environments(self, environments: Sequence[EnvironmentLine], active: str) -> None:
        """Show these, with ``active`` (an id, or empty) in use."""
        self._environments = tuple(environments)
        self._active = active
        self._show()

    @Slot()
    def open_menu(self) -> None:
        """Open the menu below the button, with the keyboard on the environment in use."""
        self._fill_menu()
        self._menu.setAccessibleName(self.tr("Environments"))
        in_use = next((action for action in self._menu.actions() if action.isChecked()), None)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + self._look.px(4))))
        if in_use is not None:
            self._menu.setActiveAction(in_use)

    def sizeHint(self) -> QSize:
        look = self._look
        inside = look.px(DOT) + 2 * look.px(_GAP) - look.px(4) + look.px(_CHEVRON) + self._name_width()
        return QSize(inside + 2 * look.px(_PADDING), look.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        x = float(look.px(_PADDING))
        paint_dot(painter, look, self._color(), QPointF(x + look.px(DOT) / 2, self.height() / 2))
        x += look.px(DOT) + look.px(_GAP)
        painter.setFont(self.font())
        painter.setPen(look.color("text.1" if self._active and self.isEnabled() else "text.3"))
        width = self.width() - x - look.px(_PADDING) - look.px(_CHEVRON) - look.px(4)
        shown = self.fontMetrics().elidedText(self._name(), Qt.TextElideMode.ElideMiddle, int(width) + 1)
        painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        chevron = look.pixmap("chevron-down", "text.3", _CHEVRON, self.devicePixelRatioF())
        x = self.width() - look.px(_PADDING) - look.px(_CHEVRON)
        painter.drawPixmap(QPointF(x, round((self.height() - look.px(_CHEVRON)) / 2)), chevron)

    def _show(self) -> None:
        words = self.tr("Environment: {0}").format(self._name())
        self.setAccessibleName(words)
        self.setToolTip(self.tr("{0} (Ctrl+E)").format(words))
        self.updateGeometry()
        self.update()

    def _fill_menu(self) -> None:
        menu, look = self._menu, self._look
        menu.clear()
        group = QActionGroup(menu)
        for environment in self._environments:
            icon = dot_icon(look, environment.color, is_chosen=environment.id == self._active)
            self._make_choice(group, menu.addAction(icon, environment.name.replace("&", "&&")), environment.id)
        icon = dot_icon(look, "", is_chosen=not self._active)
        self._make_choice(group, menu.addAction(icon, self.tr("No environment")), "")
        menu.addSeparator()
        edit = menu.addAction(self.tr("Edit environments…"))
        edit.triggered.connect(self.edit_requested)

    def _make_choice(self, group: QActionGroup, action: QAction, id_: str) -> None:
        action.setCheckable(True)
        action.setChecked(id_ == self._active)
        action.triggered.connect(partial(self._on_chosen, id_))
        group.addAction(action)

    def _on_chosen(self, id_: str, _is_checked: bool = False) -> None:
        if id_ != self._active:
            self.chosen.emit(id_)

    def _environment(self) -> EnvironmentLine | None:
        return next((line for line in self._environments if line.id == self._active), None)

    def _name(self) -> str:
        environment = self._environment()
        # One that was deleted behind our back is still named: requests go out without its values.
        return environment.name if environment is not None else self._active or self.tr("No environment")

    def _color(self) -> str:
        environment = self._environment()
        return environment.color if environment is not None else ""

    def _name_width(self) -> int:
        wanted = self.fontMetrics().horizontalAdvance(self._name()) + 1
        return min(wanted, self._look.px(_WIDEST_NAME))
