"""What goes wrong with files from elsewhere, in words for the person who chose the file."""

from __future__ import annotations


class ExchangeError(Exception):
    """A file can't be read or written: ``what`` is wrong, in which ``line`` (0: the whole file), and the ``remedy``."""

    def __init__(self, what: str, remedy: str, line: int = 0) -> None:
        super().__init__(what, remedy, line)
        self.what = what
        self.remedy = remedy
        self.line = line

    def __str__(self) -> str:
        place = f"Line {self.line:,}: " if self.line else ""
        return f"{place}{self.what} {self.remedy}"
