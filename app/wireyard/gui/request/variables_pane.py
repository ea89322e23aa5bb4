"""Variables: those kept with the file, and values for this tab only, so that two tabs of one request can differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.request.context import Context
from wireyard.gui.request.grid import FieldGrid
from wireyard.gui.request.grid_model import VALUE, FixedRow, Section
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.request.rules import Fault, variable_fault
from wireyard.gui.request.secret_row import SecretRow
from wireyard.gui.request.secret_rows import SecretRows
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.secrets import Secrets
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import ElidedLabel, Label
from wireyard.gui.widgets.segments import Segments
from wireyard.gui.widgets.variable_source import DOTS
from wireyard.workspace.model import Field, Variable

_SWITCH_PX = 40


class VariablesPane(QWidget):
    """``session_edited`` follows every change of the values for this tab. A level's sheet has none of these."""

    session_edited = Signal()

    def __init__(
        self,
        look: Look,
        draft: LevelDraft[Any],
        kept_words: str,
        *,
        secrets: Secrets,
        item: Callable[[], str],
        has_session: bool,
        parent: QWidget | None = None,
    ) -> None:
        """``item`` answers the id of what the variables belong to, empty while it has no file."""
        super().__init__(parent)
        self._secrets = secrets
        self.secrets = SecretRows(secrets, item, self)
        self._look = look
        self._draft = draft
        self._context = Context()
        self._has_session = has_session
        self.kept = self._make_grid(self.tr("Variables"), self.secrets, has_notes=True)
        self.secrets.attach(self.kept.model)
        self.session = self._make_grid(self.tr("Variables of this tab"), None, has_notes=False)
        self.switch = Segments(look, (kept_words, self.tr("This tab only")), label=self.tr("Which variables"))
        self._words = ElidedLabel(look, "", "small", "text.3")
        self._stack = QStackedWidget(self)
        self._said = Label(look, "", "small", "text.2", wraps=True)
        self._lay_out()
        draft.on_change(self._on_draft_changed)
        self.kept.edited.connect(self._on_kept_edited)
        self.session.edited.connect(self._on_session_edited)
        self.secrets.said.connect(self._say)
        self.secrets.place_wanted.connect(self._on_place_wanted)
        self.switch.chosen.connect(self._on_chosen)
        look.changed.connect(self._fit)
        self._fit()
        self.kept.set_rows(rows_of(draft.edited.variables))
        self._on_chosen()

    @property
    def session_values(self) -> dict[str, str]:
        """The values for this tab only."""
        return {row.name: row.value for row in self.session.rows if row.name and not row.off}

    def set_session_values(self, values: Mapping[str, str]) -> None:
        """Show what was kept of this tab."""
        self.session.set_rows([Field(name=name, value=value) for name, value in values.items()])

    @property
    def said(self) -> str:
        """What is said about secrets."""
        return self._said.text()

    def set_context(self, context: Context) -> None:
        self._context = context
        self.kept.set_source(context.source)
        self.session.set_source(context.source)
        self._show_below()

    def commit(self) -> None:
        """Take what is being typed into a cell."""
        self.kept.commit()
        self.session.commit()

    def take_keyboard(self) -> None:
        (self.session if self._stack.currentWidget() is self.session else self.kept).take_keyboard()

    def show_session(self) -> None:
        """Show the values for this tab."""
        self.switch.choose(1)
        self._on_chosen()

    def show_variable(self, name: str) -> None:
        """Begin to type the value of a variable that is kept with the file."""
        self.switch.choose(0)
        self._on_chosen()
        row = next((at for at, row in enumerate(self.kept.rows) if row.name == name), None)
        if row is not None:
            self.kept.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.kept.view.edit_cell(row, VALUE)

    @Slot()
    def _on_chosen(self) -> None:
        is_session = self._has_session and self.switch.index == 1
        focus = QApplication.focusWidget()
        has_keyboard = focus is not None and self._stack.isAncestorOf(focus)
        self._stack.setCurrentWidget(self.session if is_session else self.kept)
        if has_keyboard:
            self.take_keyboard()  # else the window's first button would have it
        self._words.set_text(
            self.tr("Stronger than all others, kept with this tab and never in a file.")
            if is_session
            else self.tr("Kept in the file, for everybody. They take the place of an environment's values.")
        )

    @Slot()
    def _on_kept_edited(self) -> None:
        self._say("", is_fault=False)
        before = self._draft.edited.variables
        self._draft.change(variables=variables_of(self.kept.rows))
        self.secrets.note(before, self._draft.edited.variables)
        self._show_below()

    @Slot()
    def _on_session_edited(self) -> None:
        self._show_below()
        self.session_edited.emit()

    @Slot(str, bool)
    def _say(self, words: str, is_fault: bool) -> None:
        self._said.set_tone("err" if is_fault else "text.2")
        self._said.setText(words)
        self._said.setVisible(bool(words))

    @Slot(object)
    def _on_place_wanted(self, keep: Callable[[], None]) -> None:
        SecretPlaceSheet(self._look, self, self._secrets, keep).open()

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        variables = self._draft.edited.variables
        if self._draft.saved is not None:
            self.secrets.settle(self._draft.saved.variables, variables)
        if "variables" in fields and variables_of(self.kept.rows) != variables:
            self.kept.set_rows(rows_of(variables))
            self._show_below()

    def _show_below(self) -> None:
        for grid in (self.kept, self.session):
            own = {row.name for row in grid.rows if not row.off}
            rows = tuple(
                FixedRow(
                    name,
                    DOTS if value.is_secret else value.text,
                    value.source,
                    can_replace=True,
                    is_secret=value.is_secret,
                )
                for name, value in self._context.variables()
                if name not in own
            )
            grid.set_below(
                [Section(self.tr("In reach"), rows, hint=self.tr("Enter to give another value here"))][: bool(rows)]
            )

    def _make_grid(self, label: str, secrets: SecretRows | None, *, has_notes: bool) -> FieldGrid:
        grid: FieldGrid

        def rule(row: Field) -> Fault | None:
            twice = sum(one.name == row.name and not one.off for one in grid.rows) > 1
            return (
                Fault("name", self.tr("There is another {0}: the last one counts.").format(row.name))
                if (row.name and twice)
                else variable_fault(row)
            )

        grid = FieldGrid(
            self._look,
            label=label,
            captions=(self.tr("Name"), self.tr("Value"), self.tr("Note") if has_notes else self.tr("From")),
            blank_words=self.tr("Add a variable"),
            mark="=",
            rule=rule,
            bulk_hint=self.tr("One variable a line: name=value. “# ” in front switches it off."),
            has_notes=has_notes,
            secrets=secrets,
        )
        return grid

    def _lay_out(self) -> None:
        self._bar = Panel("bg.surface", "", self)
        self._row = QHBoxLayout(self._bar)
        self._row.addWidget(self.switch)
        self._row.addWidget(self._words, 1)
        # Behind the switch, also for Tab: Qt goes through widgets in the order in which they got their parents.
        self._stack.addWidget(self.kept)
        self._stack.addWidget(self.session)
        self._bar.setVisible(self._has_session)
        self._foot = Panel("bg.surface", "", self)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._said)
        self._said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._bar.setFixedHeight(look.px(_SWITCH_PX))
        self._row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(2))
        self._row.setSpacing(look.px(12))
        self._said.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))


def rows_of(variables: Mapping[str, Variable]) -> list[Field]:
    """The variables as rows."""
    return [
        (SecretRow if each.secret else Field)(name=name, value=each.value, off=each.off, note=each.note)
        for name, each in variables.items()
    ]


def variables_of(rows: Sequence[Field]) -> dict[str, Variable]:
    """The rows as variables. A name that is secret in one of them stays so: nothing of it goes into a file."""
    made: dict[str, Variable] = {}
    for row in rows:
        if row.name and isinstance(row, SecretRow):
            made[row.name] = Variable(value=row.value, secret=True, off=row.off, note=row.note)
        elif row.name and not (row.name in made and made[row.name].secret):
            made[row.name] = Variable(value=row.value, off=row.off, note=row.note)
    return made
