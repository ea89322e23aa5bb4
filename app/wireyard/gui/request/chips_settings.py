"""Settings that are ordered lists: subprotocols, and the messages that are sent on opening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, Slot
from PySide6.QtWidgets import QMenu

from wireyard.gui.request.rules import token_fault
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.chip_list import Chip, ChipList
from wireyard.session.plan.opening import reference_to
from wireyard.workspace.model import OpeningMessage, SavedMessage

Messages = Callable[[], Sequence[SavedMessage] | None]
_TIP_CHARS = 2000


class ProtocolsSetting(ChipList):
    """Names of subprotocols, each once (RFC 6455 section 4.1)."""

    def __init__(self, look: Look, label: str, placeholder: str) -> None:
        super().__init__(look, label, placeholder, _protocol, splits=True)

    def show_value(self, names: Iterable[str]) -> None:
        """Show these."""
        self.show_chips([Chip(name, name, name) for name in names])


class OpeningSetting(ChipList):
    """Messages: saved ones by their names, from a menu, or texts."""

    def __init__(self, look: Look, label: str, placeholder: str, *, messages: Messages) -> None:
        super().__init__(look, label, placeholder, _text)
        self._messages = messages
        self.saved_button = Button(look, self.tr("Saved"), chevron=True, parent=self)
        self.saved_button.setAccessibleName(self.tr("{0}: a saved message").format(label))
        self.saved_button.clicked.connect(self._on_saved_clicked)
        if messages() is None:
            self.saved_button.hide()
        else:
            self.put_beside(self.saved_button)

    def show_value(self, opening: Iterable[OpeningMessage]) -> None:
        """Show these."""
        self.show_chips([self._chip(each) for each in opening])

    def menu(self) -> QMenu:
        """The saved messages."""
        menu = QMenu(self)
        messages = self._messages() or ()
        for message in messages:
            reference = reference_to(message, messages)
            add = partial(self.add, self._chip(OpeningMessage(saved=reference)))
            menu.addAction(reference.replace("&", "&&"), add)
        if not messages:
            menu.addAction(self.tr("The request has no saved messages")).setEnabled(False)
        return menu

    @Slot()
    def _on_saved_clicked(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.saved_button.mapToGlobal(QPoint(0, self.saved_button.height())))

    def _chip(self, opening: OpeningMessage) -> Chip:
        if opening.saved:
            messages = self._messages()
            is_there = messages is None or any(
                opening.saved in (each.name, f"{each.group}/{each.name}") for each in messages
            )
            text = opening.saved if is_there else self.tr("{0} (missing)").format(opening.saved)
            return Chip(opening, text, None, self.tr("A saved message"))
        is_plain = opening.format == "text" and opening.send_as == "text" and len(opening.body.splitlines()) < 2
        # What the field can't hold as it is can be moved and removed here, and is changed in the file.
        typed = opening.body if is_plain else None
        return Chip(opening, " ".join(opening.body.split()) or "“”", typed, opening.body[:_TIP_CHARS])


def _protocol(typed: str) -> Chip | str:
    fault = token_fault(typed)
    words = QCoreApplication.translate("SettingsPane", "A subprotocol's name can't hold “{0}”.")
    return words.format(fault) if fault else Chip(typed, typed, typed)


def _text(typed: str) -> Chip:
    return Chip(OpeningMessage(body=typed), " ".join(typed.split()), typed, typed[:_TIP_CHARS])
