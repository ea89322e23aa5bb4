"""The keyboard of the painted views: every caret move of the platform, with Shift to extend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QKeyEvent, QKeySequence

from wireyard.gui.inspector import navigation
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.inspector.text_rows import TextRows


class CaretOwner(Protocol):
    """What the keys need of a view."""

    @property
    def rows(self) -> TextRows | None: ...

    @property
    def selection(self) -> Selection: ...

    def select(self, selection: Selection, *, is_shown: bool = True) -> None: ...

    def page_rows(self) -> int: ...

    def scroll_rows(self, count: int) -> None: ...


class CaretKeys:
    """Turns key presses into selections."""

    def __init__(self, view: CaretOwner) -> None:
        self._view = view
        self._wanted_x: float | None = None

    def forget_column(self) -> None:
        """Up and Down keep their column until something else moves the caret."""
        self._wanted_x = None

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; false when it isn't one of ours."""
        rows = self._view.rows
        if rows is None:
            return False
        for key, selecting_key, move in _MOVES:
            for sequence, extends in ((key, False), (selecting_key, True)):
                if event.matches(sequence):
                    move(self, rows, extends)
                    return True
        return False

    def step(self, rows: TextRows, forward: bool, extends: bool) -> None:
        selection = self._view.selection
        if not extends and not selection.is_empty:
            self._go(selection.end if forward else selection.start, extends)
        else:
            self._go(navigation.step(rows, selection.caret, forward), extends)

    def word(self, rows: TextRows, forward: bool, extends: bool) -> None:
        self._go(navigation.step_word(rows, self._view.selection.caret, forward), extends)

    def go_rows(self, rows: TextRows, count: int, extends: bool) -> None:
        place = rows.place(self._view.selection.caret)
        row = None if place is None else rows.row(place.row)
        if place is None or row is None:
            return
        wanted = self._wanted_x
        if wanted is None:
            wanted = rows.layout(row).x_of(place.column)
        number = max(0, min(place.row + count, rows.index.row_count - 1))
        target = rows.row(number)
        if target is None:
            self._view.scroll_rows(count)
            return
        offset = rows.offset(target, rows.layout(target).column_at(wanted))
        self._go(min(offset, rows.end_of(number, target)), extends)
        self._wanted_x = wanted

    def page(self, rows: TextRows, direction: int, extends: bool) -> None:
        count = direction * self._view.page_rows()
        self._view.scroll_rows(count)
        self.go_rows(rows, count, extends)

    def row_edge(self, rows: TextRows, to_end: bool, extends: bool) -> None:
        place = rows.place(self._view.selection.caret)
        row = None if place is None else rows.row(place.row)
        if place is not None and row is not None:
            self._go(rows.end_of(place.row, row) if to_end else row.start, extends)

    def text_edge(self, rows: TextRows, to_end: bool, extends: bool) -> None:
        self._go(rows.source.size() if to_end else 0, extends)

    def _go(self, caret: int, extends: bool) -> None:
        self._wanted_x = None
        self._view.select(Selection(self._view.selection.anchor if extends else caret, caret))


_Key = QKeySequence.StandardKey
_Move = Callable[[CaretKeys, TextRows, bool], None]
_MOVES: tuple[tuple[QKeySequence.StandardKey, QKeySequence.StandardKey, _Move], ...] = (
    (_Key.MoveToNextChar, _Key.SelectNextChar, lambda keys, rows, extends: keys.step(rows, True, extends)),
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, lambda keys, rows, extends: keys.step(rows, False, extends)),
    (_Key.MoveToNextWord, _Key.SelectNextWord, lambda keys, rows, extends: keys.word(rows, True, extends)),
    (_Key.MoveToPreviousWord, _Key.SelectPreviousWord, lambda keys, rows, extends: keys.word(rows, False, extends)),
    (_Key.MoveToNextLine, _Key.SelectNextLine, lambda keys, rows, extends: keys.go_rows(rows, 1, extends)),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, lambda keys, rows, extends: keys.go_rows(rows, -1, extends)),
    (_Key.MoveToNextPage, _Key.SelectNextPage, lambda keys, rows, extends: keys.page(rows, 1, extends)),
    (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, lambda keys, rows, extends: keys.page(rows, -1, extends)),
    (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, lambda keys, rows, extends: keys.row_edge(rows, False, extends)),
    (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, lambda keys, rows, extends: keys.row_edge(rows, True, extends)),
    (
        _Key.MoveToStartOfDocument,
        _Key.SelectStartOfDocument,
        lambda keys, rows, extends: keys.text_edge(rows, False, extends),
    ),
    (
        _Key.MoveToEndOfDocument,
        _Key.SelectEndOfDocument,
        lambda keys, rows, extends: keys.text_edge(rows, True, extends),
    ),
)
