"""What an address asks of an endpoint: its path and the numbers and texts of its query, within bounds."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

_TEXT_CHARS = 60


class QueryError(Exception):
    """The address asks for what can't be; the text says what can, and fits into a close frame."""


class Query:
    """The request target of one connection."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(f"//host{target}")
        self.path = tuple(unquote(part) for part in parts.path.split("/") if part)
        self._values = parse_qs(parts.query, keep_blank_values=True)

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number from the query. Raises `QueryError` for any other."""
        value = self._values.get(name, [""])[-1].strip()
        return whole_number(value, name, low, high) if value else default

    def text(self, name: str, default: str, chars: int = _TEXT_CHARS) -> str:
        """A short text from the query, without what can't be shown."""
        return shown(self._values.get(name, [""])[-1], chars) or default


def whole_number(value: str, name: str, low: int, high: int) -> int:
    """Read a number. Raises `QueryError`."""
    if not (value.isascii() and value.isdigit() and len(value) < 20 and low <= int(value) <= high):
        raise QueryError(f"“{name}” is a whole number from {low} to {high}.")
    return int(value)


def shown(text: str, chars: int = _TEXT_CHARS) -> str:
    """A text cut to a line that any client can show."""
    return "".join(c for c in text if c.isprintable()).strip()[:chars].strip()
