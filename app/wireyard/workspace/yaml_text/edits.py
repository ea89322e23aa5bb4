"""Replacements in a text, collected and then made at once."""

from __future__ import annotations

from wireyard.workspace.yaml_text.layout import Layout


class CannotSplice(Exception):  # noqa: N818 - a way that is not open, no error
    """These places can't be changed one by one; something larger around them has to be written anew."""


class Edits:
    """What will change in one text."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._list: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Put ``text`` where something else stands."""
        if start != end or text:
            self._list.append((start, end, text))

    def replace_lines(self, start: int, end: int, lines: list[str]) -> None:
        """Put other lines where whole lines stand; ``start`` and ``end`` are where lines begin, or the text's end."""
        if not lines:
            self.replace(start, end, "")
            return
        newline, text = self.layout.newline, self.layout.text
        joined = newline.join(lines)
        is_open = end == len(text) and end > 0 and text[end - 1] not in "\r\n\ufeff"
        if not is_open:
            joined += newline
        elif start == end:
            joined = newline + joined
        self.replace(start, end, joined)

    def applied(self, start: int = 0, end: int | None = None) -> str:
        """The text from ``start`` to ``end`` with all changes that lie in it. Raises `CannotSplice` if two overlap."""
        text = self.layout.text
        end = len(text) if end is None else end
        parts: list[str] = []
        index = start
        for first, last, new in sorted(self._list, key=lambda edit: edit[:2]):
            if first < index or last > end:
                raise CannotSplice
            parts += (text[index:first], new)
            index = last
        return "".join([*parts, text[index:end]])
