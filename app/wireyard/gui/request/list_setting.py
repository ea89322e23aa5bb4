"""A setting that is a list, typed with commas between its parts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot

from wireyard.gui.request.setting_kinds import ListForm
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.theme.look import Look

_LIMITS: dict[str, tuple[int, int]] = {"codes": (1000, 4999), "statuses": (100, 599)}


class ListSetting(TextSetting):
    """``listed`` carries the list after every change by hand; ``faulted`` why it can't be one, or nothing."""

    listed = Signal(object)
    faulted = Signal(str)

    def __init__(self, look: Look, label: str, placeholder: str, form: ListForm) -> None:
        super().__init__(look, label, placeholder)
        self._form: ListForm = form
        self.edited.connect(self._on_list_edited)

    def show_list(self, value: tuple[Any, ...]) -> None:
        """Show a list, without a signal; what is typed stays as it is spelled where it says the same."""
        if read_list(self.text, self._form) != tuple(value):
            self.show_text(", ".join(str(each) for each in value))
            self.faulted.emit("")

    @Slot(str)
    def _on_list_edited(self, typed: str) -> None:
        value = read_list(typed, self._form)
        words = self.tr("Numbers from {0} to {1}, with commas between them.").format(*_LIMITS.get(self._form, ("", "")))
        self.faulted.emit("" if value is not None else words)
        if value is not None:
            self.listed.emit(value)


def read_list(text: str, form: ListForm) -> tuple[Any, ...] | None:
    """What stands between the commas; None where numbers are wanted and something else is there."""
    words = tuple(word for part in text.split(",") if (word := part.strip()))
    if form == "names":
        return words
    low, high = _LIMITS[form]
    if not all(word.isascii() and word.isdigit() and len(word) < 6 and low <= int(word) <= high for word in words):
        return None
    return tuple(int(word) for word in words)
