"""The rows of a grid: those of one's own, an empty one to type into, and below them what comes from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from wireyard.gui.request.rules import Fault, Rule
from wireyard.gui.request.secret_row import SecretRow, SecretValues
from wireyard.gui.widgets.variable_source import DOTS
from wireyard.workspace.model import Field

# The last one stands between value and note, where there are secrets.
ON, NAME, VALUE, NOTE, END, SECRET = range(6)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A row that is not one's own: where it comes from, and whether a row of one's own may take its place.

    ``is_on`` is the state of its box, None for none. Of one that ``is_editable`` value and source can be typed into;
    ``fault`` is what is wrong with the value.
    """

    name: str
    value: str
    source: str = ""
    is_replaced: bool = False
    can_replace: bool = False
    is_secret: bool = False
    is_on: bool | None = None
    is_editable: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and rows that only tell. ``is_on`` is the state of the heading's box, None for none."""

    title: str
    rows: tuple[FixedRow, ...] = ()
    is_on: bool | None = None
    hint: str = ""


Line = Field | Section | FixedRow | None


class _FixedEdit(NamedTuple):
    """What was typed into a row that is not one's own, to be undone."""

    name: str
    key: str
    before: str
    after: str


_Step = tuple[Field, ...] | _FixedEdit


class GridModel(QAbstractTableModel):
    """``edited`` follows every change by hand, `undo` included; ``section_switched`` carries the box of a heading,
    ``fixed_switched`` name and box of a fixed row, ``fixed_edited`` its name, "value" or "note", and what was typed.

    With ``secrets``, rows can be secret. What a person wants of them is asked for, with the row: ``secret_wanted`` the
    other state of its box, ``secret_typed`` a value, ``secret_renamed`` a name.
    """

    edited = Signal()
    section_switched = Signal(bool)
    fixed_switched = Signal(str, bool)
    fixed_edited = Signal(str, str, str)
    secret_wanted = Signal(int)
    secret_typed = Signal(int, str)
    secret_renamed = Signal(int, str)

    def __init__(
        self,
        captions: tuple[str, str, str],
        rule: Rule,
        *,
        has_notes: bool = True,
        secrets: SecretValues | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.secrets = secrets
        self._own_cells = (NAME, VALUE, NOTE) if has_notes else (NAME, VALUE)
        self._captions = captions
        self._rule = rule
        self._rows: list[Field] = []
        self._below: list[Section | FixedRow] = []
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def rows(self) -> tuple[Field, ...]:
        """The rows of one's own."""
        return tuple(self._rows)

    @property
    def cells(self) -> tuple[int, ...]:
        """The columns in which a row of one's own can be typed into."""
        return self._own_cells

    @property
    def blank(self) -> int:
        """The place of the empty row."""
        return len(self._rows)

    def is_secret(self, row: int) -> bool:
        """Whether the value of a row is a secret of one's own."""
        return row < self.blank and isinstance(self._rows[row], SecretRow)

    def has_value(self, row: SecretRow) -> bool:
        """Whether a secret has a value."""
        return bool(row.value) or (self.secrets is not None and self.secrets.has_value(row.name))

    def takes_text(self, row: int, column: int) -> bool:
        """Whether a cell can be typed into."""
        if row <= self.blank:
            return column in self._own_cells
        line = self.line(row) if row < self.rowCount() else None
        return isinstance(line, FixedRow) and line.is_editable and column in (VALUE, NOTE)

    def line(self, row: int) -> Line:
        """What stands in a row; None for the empty one."""
        if row < len(self._rows):
            return self._rows[row]
        return None if row == len(self._rows) else self._below[row - len(self._rows) - 1]

    def fault(self, row: int) -> Fault | None:
        """What is wrong with a row that is on."""
        line = self.line(row)
        if isinstance(line, FixedRow) and line.fault:
            return Fault("value", line.fault)
        return self._rule(line) if isinstance(line, Field) and not line.off else None

    # -------------------------------------------------------------------------------------------------- public methods

    def set_rows(self, rows: Sequence[Field]) -> None:
        """Show other rows, which were changed elsewhere: what was done here can't be undone any more."""
        if list(rows) != self._rows:
            self._undo.clear()
            self._redo.clear()
            self._put(rows)

    def set_below(self, sections: Sequence[Section]) -> None:
        """Show what comes from elsewhere."""
        below = [line for section in sections for line in (section, *section.rows)]
        if below == self._below:
            return
        first = self.blank + 1
        keep = min(len(below), len(self._below))
        if len(below) < len(self._below):
            self.beginRemoveRows(_ROOT, first + keep, first + len(self._below) - 1)
            self._below = self._below[:keep]
            self.endRemoveRows()
        elif len(below) > len(self._below):
            self.beginInsertRows(_ROOT, first + keep, first + len(below) - 1)
            self._below = self._below + below[keep:]
            self.endInsertRows()
        self._below = below
        if keep:
            self.dataChanged.emit(self.index(first, ON), self.index(first + keep - 1, self.columnCount() - 1))

    def toggle(self, rows: Sequence[int]) -> None:
        """Switch rows on or off: all of them to the other state of the first."""
        own = [row for row in rows if row < self.blank]
        if own:
            is_off = not self._rows[own[0]].off
            self._edit([replace(row, off=is_off) if at in own else row for at, row in enumerate(self._rows)])
        for row in rows:
            line = self.line(row)
            if isinstance(line, Section) and line.is_on is not None:
                self.section_switched.emit(not line.is_on)
            elif isinstance(line, FixedRow) and line.is_on is not None:
                self.fixed_switched.emit(line.name, not line.is_on)

    def remove(self, rows: Sequence[int]) -> None:
        """Delete rows."""
        self._edit([row for at, row in enumerate(self._rows) if at not in rows])

    def insert(self, at: int, rows: Sequence[Field]) -> None:
        """Put rows in."""
        self._edit([*self._rows[:at], *rows, *self._rows[at:]])

    def put(self, at: int, row: Field, *, forgets: bool = False) -> None:
        """Put a row in the place of another; with ``forgets`` nothing from before can come back."""
        self._edit([*self._rows[:at], row, *self._rows[at + 1 :]])
        if forgets:
            self._undo.clear()
            self._redo.clear()

    def refresh_secrets(self) -> None:
        """Values of secrets are others now."""
        if self._rows:
            self.dataChanged.emit(self.index(0, VALUE), self.index(self.blank - 1, VALUE))

    def replace_all(self, rows: Sequence[Field]) -> None:
        """Take other rows as one step that can be undone."""
        self._edit(list(rows))

    def move(self, row: int, to: int) -> bool:
        """Move a row so that it stands at ``to``; False where there is no such place."""
        if not (0 <= row < self.blank and 0 <= to < self.blank) or row == to:
            return False
        self._remember()
        self.beginMoveRows(_ROOT, row, row, _ROOT, to + 1 if to > row else to)
        self._rows.insert(to, self._rows.pop(row))
        self.endMoveRows()
        self.edited.emit()
        return True

    def undo(self) -> None:
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        self._step(self._redo, self._undo)

    # What Qt asks of a model.

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows) + 1 + len(self._below)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else (END if self.secrets is None else SECRET) + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.takes_text(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        if index.column() in (ON, SECRET) and self._check(index.row(), index.column()) is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.EditRole and column == VALUE and self.is_secret(row):
            return ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column in (ON, SECRET):
            return self._check(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            fault = self.fault(row)
            return fault.words if fault is not None else self._tip(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == ON:
            self.toggle([row])
            return True
        if role == Qt.ItemDataRole.CheckStateRole and column == SECRET and row < self.blank:
            self.secret_wanted.emit(row)
            return True
        if role != Qt.ItemDataRole.EditRole or not self.takes_text(row, column):
            return False
        text, key = " ".join(str(value).splitlines()), ("name", "value", "note")[column - NAME]
        line = self.line(row)
        if isinstance(line, FixedRow):
            before = line.value if key == "value" else line.source
            if text != before:
                self._remember(_FixedEdit(line.name, key, before, text))
                self.fixed_edited.emit(line.name, key, text)
            return True
        before = self._rows[row] if row < self.blank else Field()
        if isinstance(before, SecretRow) and key != "note":
            if key == "value" or text != before.name:
                (self.secret_typed if key == "value" else self.secret_renamed).emit(row, text)
        elif text != getattr(before, key):
            after = replace(before, **{key: text})
            self._edit([*self._rows[:row], after, *self._rows[row + 1 :]])
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return ("", *self._captions, "", self.tr("Secret"))[section]

    # ------------------------------------------------------------------------------------------------------- internals

    def _edit(self, rows: list[Field]) -> None:
        if rows != self._rows:
            self._remember()
            self._put(rows)
            self.edited.emit()

    def _remember(self, step: _Step | None = None) -> None:
        self._undo = [*self._undo[-_MOST_STEPS:], self.rows if step is None else step]
        self._redo.clear()

    def _step(self, source: list[_Step], other: list[_Step]) -> None:
        if not source:
            return
        step = source.pop()
        if isinstance(step, _FixedEdit):
            other.append(_FixedEdit(step.name, step.key, step.after, step.before))
            self.fixed_edited.emit(step.name, step.key, step.before)
            return
        other.append(self.rows)
        self._put(step)
        self.edited.emit()

    def _put(self, rows: Sequence[Field]) -> None:
        """Take other rows with as few changes as can be, so that the cell in use stays the one in use."""
        new, old = list(rows), self._rows
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        changed = min(len(old), len(new)) - head - tail
        at = head + changed
        if len(new) < len(old):
            self.beginRemoveRows(_ROOT, at, at + len(old) - len(new) - 1)
            self._rows = new
            self.endRemoveRows()
        elif len(new) > len(old):
            # A row typed into the empty one stands where it was typed; the next empty one comes behind it.
            grown = at == len(old)
            self.beginInsertRows(_ROOT, at + grown, at + grown + len(new) - len(old) - 1)
            self._rows = new
            self.endInsertRows()
            changed += grown
        self._rows = new
        if changed:
            self.dataChanged.emit(self.index(head, ON), self.index(head + changed - 1, self.columnCount() - 1))

    def _text(self, row: int, column: int) -> str:
        line = self.line(row)
        if isinstance(line, SecretRow) and column == VALUE:
            return DOTS if self.has_value(line) else ""
        if isinstance(line, Field):
            return ("", line.name, line.value, line.note, "", "")[column]
        if isinstance(line, FixedRow):
            return ("", line.name, line.value, line.source, "", "")[column]
        return line.title if isinstance(line, Section) and column == NAME else ""

    def _tip(self, row: int, column: int) -> str:
        if column == SECRET and row < self.blank:
            return self.tr("A secret's value is kept on this machine, never in a file")
        return self._text(row, column)

    def _check(self, row: int, column: int = ON) -> Qt.CheckState | None:
        line = self.line(row)
        if column == SECRET:
            is_secret = isinstance(line, SecretRow) if isinstance(line, Field) else None
            return None if is_secret is None else Qt.CheckState.Checked if is_secret else Qt.CheckState.Unchecked
        is_on = not line.off if isinstance(line, Field) else line.is_on if line is not None else None
        return None if is_on is None else Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked

    def _spoken(self, row: int, column: int) -> str:
        line = self.line(row)
        if line is None:
            return self.tr("New row, {0}").format(self._captions[column - NAME]) if NAME <= column <= NOTE else ""
        if isinstance(line, Section):
            words = [line.title, line.hint]
        elif isinstance(line, FixedRow):
            words = [line.name, line.value, line.source, self.tr("replaced") if line.is_replaced else ""]
            words += [self.tr("left out") if line.is_on is False else "", line.fault]
        elif column == SECRET:
            words = [line.name, self.tr("secret") if isinstance(line, SecretRow) else self.tr("not secret")]
        elif isinstance(line, SecretRow) and column == VALUE:
            words = [
                self._captions[1],
                self.tr("hidden") if self.has_value(line) else self.tr("no value on this machine"),
            ]
        else:
            fault = self.fault(row)
            words = [self._captions[column - NAME] if NAME <= column <= NOTE else "", self._text(row, column)]
            words += [self.tr("off") if line.off else "", fault.words if fault else ""]
            if column == ON:
                words.insert(0, line.name)
        return ", ".join(word for word in words if word)


def _common(one: Sequence[Field], other: Sequence[Field]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
