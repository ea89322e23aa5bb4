"""The saved messages of a tab's request: kept from the composer, put back into it, sent, ordered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.domain.frame import Opcode
from wireyard.gui.composer.draft import Draft, message_of
from wireyard.gui.composer.panes import MESSAGE, RequestPanes
from wireyard.gui.request.message_sheet import MessageSheet
from wireyard.gui.request.messages_column import MessagesColumn
from wireyard.gui.request.messages_model import dropped_message
from wireyard.gui.services import Services
from wireyard.gui.tabs.request_document import Messages, RequestDocument
from wireyard.session.plan.files import is_outside
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import SavedMessage

_NAME_CHARS = 40


class MessageShelf(QObject):
    """``send_requested`` carries a `SavedMessage`; the others a sentence for a toast, one with its undo."""

    send_requested = Signal(object)
    noticed = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, services: Services, tab: QWidget, document: RequestDocument, panes: RequestPanes) -> None:
        super().__init__(document)
        self._services = services
        self._tab = tab
        self._document = document
        self._panes = panes
        self._composer = panes.composer
        self._loaded = -1
        self._begins = False
        self._shown: Messages = ()
        self.column = MessagesColumn(services.look)
        panes.message_page.set_side(self.column)
        column = self.column
        column.add_asked.connect(self.add_message)
        column.load_asked.connect(self.load)
        column.send_asked.connect(self.send)
        column.edit_asked.connect(self._ask_details)
        column.duplicate_asked.connect(self._duplicate)
        column.delete_asked.connect(self._delete)
        column.move_asked.connect(self._move)
        self._composer.message_dropped.connect(self._on_dropped)
        document.changed.connect(self._show)
        self._show()

    @property
    def messages(self) -> Messages:
        return self._document.draft.edited.messages

    @property
    def loaded(self) -> int:
        """The number of the message that stands in the composer, -1 for none."""
        return self._loaded

    @Slot(int)
    def load(self, number: int) -> None:
        """Put a saved message into the composer; what was being written there is in the send history."""
        if not 0 <= number < len(self.messages):
            return
        if self._composer.is_dirty:
            self._composer.history.add(self._composer.draft())
        self._composer.set_draft(draft_of_message(self.messages[number]))
        self._panes.show_pane(MESSAGE)
        self._loaded = number
        self._show(always=True)

    def begin(self, draft: Draft) -> None:
        """Put back what was being written. Where that is nothing, the first saved message stands ready, as soon as the
        request has been read.
        """
        self._composer.set_draft(draft)
        self._begins = True
        self._put_first()

    @Slot(int)
    def send(self, number: int) -> None:
        """Send a saved message at once."""
        if 0 <= number < len(self.messages):
            self.send_requested.emit(self.messages[number])

    @Slot()
    def take_keyboard(self) -> None:
        """Have the keyboard in the list, or where there is none yet, on the plus."""
        self._panes.show_pane(MESSAGE)
        self._panes.message_page.show_side(is_wanted=True)
        self.column.take_keyboard()

    @Slot()
    def save_message(self) -> None:
        """Keep what stands in the composer: in the message that was loaded there, else in a new one."""
        draft = self._composer.draft()
        if self._is_kept_out(draft):
            return
        if (draft.text or draft.file) and 0 <= self._loaded < len(self.messages):
            number, before = self._loaded, self.messages[self._loaded]
            if self._change(partial(_replaced, number=number, message=message_of(draft, before))):
                self._composer.settle()
                self.noticed.emit(self.tr("Saved “{0}”.").format(before.name))
        else:
            self.add_message()

    @Slot()
    def add_message(self) -> None:
        """Keep what stands in the composer as another message."""
        draft = self._composer.draft()
        if self._is_kept_out(draft):
            return
        if not draft.text and not draft.file:
            self.noticed.emit(self.tr("There is no message to keep."))
            return

        def chosen(name: str, group: str, note: str) -> None:
            message = message_of(draft, SavedMessage(name=name, group=group, note=note))
            if self._change(partial(_added, message=message)):
                self._loaded = self.messages.index(message)
                self._composer.settle()
                self._show(always=True)

        title = self.tr("Save message")
        sheet = MessageSheet(self._services.look, self._tab, title, suggested_name(draft), "", "", self._groups())
        sheet.chosen.connect(chosen)
        sheet.open()

    @Slot(int)
    def _ask_details(self, number: int) -> None:
        message = self.messages[number]

        def chosen(name: str, group: str, note: str) -> None:
            changed = replace(message, name=name, group=group, note=note)
            self._change(partial(_moved_into_group, message=message, changed=changed))

        title = self.tr("Saved message")
        sheet = MessageSheet(
            self._services.look, self._tab, title, message.name, message.group, message.note, self._groups()
        )
        sheet.chosen.connect(chosen)
        sheet.open()

    @Slot(int)
    def _duplicate(self, number: int) -> None:
        message = self.messages[number]
        copy = replace(message, name=self.tr("{0} copy").format(message.name))
        self._change(lambda messages: (*messages[: number + 1], copy, *messages[number + 1 :]))

    @Slot(int)
    def _delete(self, number: int) -> None:
        message = self.messages[number]
        if self._change(lambda messages: tuple(one for at, one in enumerate(messages) if at != number)):
            if self._loaded == number:
                self._loaded = -1
            elif self._loaded > number:
                self._loaded -= 1
            self._show(always=True)

            def undo() -> None:
                self._change(lambda messages: (*messages[:number], message, *messages[number:]))

            self.undo_offered.emit(self.tr("Deleted “{0}”.").format(message.name), undo)

    @Slot(int, int, str)
    def _move(self, number: int, before: int, group: str) -> None:
        loaded = self.messages[self._loaded] if 0 <= self._loaded < len(self.messages) else None
        moved = replace(self.messages[number], group=group)

        def change(messages: Messages) -> Messages:
            front = [one for at, one in enumerate(messages[:before]) if at != number]
            back = [one for at, one in enumerate(messages[before:], before) if at != number]
            return (*front, moved, *back)

        if self._change(change) and loaded is not None:
            wanted = moved if self._loaded == number else loaded
            self._loaded = next((at for at, one in enumerate(self.messages) if one is wanted or one == wanted), -1)
            self._show(always=True)

    @Slot(bytes)
    def _on_dropped(self, data: bytes) -> None:
        dropped = dropped_message(data)
        if dropped is None:
            return
        request, number = dropped
        if request == self._document.id:
            self.load(number)
            return
        try:
            messages = self._services.library.request(request).value.messages
        except WorkspaceError as error:
            self.noticed.emit(str(error))
            return
        if 0 <= number < len(messages):
            self._composer.set_draft(draft_of_message(messages[number]))
            self._loaded = -1
            self._show(always=True)

    def _is_kept_out(self, draft: Draft) -> bool:
        """Whether it is a file that only this machine has, which is said."""
        if not is_outside(draft.file):
            return False
        words = self.tr("Only files inside the workspace are kept with a request: put a copy of {0} there first.")
        self.noticed.emit(words.format(Path(draft.file).name))
        return True

    def _change(self, change: Callable[[Messages], Messages]) -> bool:
        try:
            self._document.change_messages(change)
        except WorkspaceError as error:
            self.noticed.emit(str(error))
            return False
        return True

    @Slot()
    def _show(self, *, always: bool = False) -> None:
        messages = self.messages
        self._put_first()
        if messages == self._shown and not always:
            return
        if self._loaded >= 0 and messages != self._shown and not always:
            # Changed elsewhere: the one in the composer is the one of its name.
            name = self._shown[self._loaded].name if self._loaded < len(self._shown) else ""
            self._loaded = next((at for at, one in enumerate(messages) if one.name == name), -1)
        self._shown = messages
        self.column.show_messages(self._document.id, messages, self._loaded)

    def _put_first(self) -> None:
        draft = self._composer.draft()
        if not self._begins or not self.messages or draft.text or draft.file:
            return
        self._begins = False
        self._composer.set_draft(draft_of_message(self.messages[0]))
        self._loaded = 0
        self._show(always=True)

    def _groups(self) -> list[str]:
        return list(dict.fromkeys(one.group for one in self.messages if one.group))


def draft_of_message(message: SavedMessage) -> Draft:
    """What the composer shows of a saved message."""
    opcode = Opcode.BINARY if message.send_as == "binary" else Opcode.TEXT
    return Draft(message.format, message.body, opcode, message.file)


def suggested_name(draft: Draft) -> str:
    """A name to begin with: what the message says of itself, else how it begins."""
    import json

    if draft.file:
        return draft.file.rpartition("/")[2]
    try:
        value = json.loads(draft.text)
    except ValueError:
        value = None
    if isinstance(value, dict):
        for key in ("type", "op", "event", "action", "method", "cmd"):
            said = value.get(key)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            if isinstance(said, str) and said:
                return said[:_NAME_CHARS]
    return " ".join(draft.text.split())[:_NAME_CHARS]


def _replaced(messages: Messages, *, number: int, message: SavedMessage) -> Messages:
    return (*messages[:number], message, *messages[number + 1 :])


def _added(messages: Messages, *, message: SavedMessage) -> Messages:
    """At the end of its group, which is where people look for it."""
    ends = [at for at, one in enumerate(messages) if one.group == message.group]
    at = ends[-1] + 1 if ends else len(messages) if message.group else 0
    return (*messages[:at], message, *messages[at:])


def _moved_into_group(messages: Messages, *, message: SavedMessage, changed: SavedMessage) -> Messages:
    if message not in messages:
        return messages
    number = messages.index(message)
    if message.group == changed.group:
        return _replaced(messages, number=number, message=changed)
    return _added((*messages[:number], *messages[number + 1 :]), message=changed)
