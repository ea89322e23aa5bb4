"""Follow: whether the list keeps to its newest row, and how many rows have come that nobody has looked at.

Pure arithmetic; the view tells what the person did and asks what to show.
"""

from __future__ import annotations


class Follow:
    """``is_on`` while the list keeps to its end. Rows count as seen once they have been inside the viewport."""

    def __init__(self) -> None:
        self.is_on = True
        self._seen = 0

    def turn_on(self) -> None:
        self.is_on = True

    def turn_off(self, row_count: int) -> None:
        """Stay where we are; all rows there are now count as seen. Turning off twice changes nothing."""
        if self.is_on:
            self.is_on = False
            self._seen = row_count

    def look(self, rows_end: int) -> None:
        """Rows before ``rows_end`` have been in the viewport."""
        self._seen = max(self._seen, rows_end)

    def restart(self, row_count: int) -> None:
        """The rows are others now (a filter, an undo): count from here."""
        self._seen = row_count

    def unseen(self, row_count: int) -> int:
        """How many of ``row_count`` rows the pill counts: none while following."""
        return 0 if self.is_on else max(0, row_count - self._seen)
