"""Changes to the saved messages of a request that are made in the tree: each writes the request's file once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from wireyard.gui.library import Library
from wireyard.gui.sidebar.tree_rows import message_key

if TYPE_CHECKING:
    from wireyard.workspace.model import SavedMessage

Change = Callable[[list["SavedMessage"]], list["SavedMessage"]]


class MessageEdits:
    """All raise `WorkspaceError`. Messages are meant by their number in the file."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def body(self, request: str, number: int) -> str:
        """What a message says."""
        return self._library.request(request).value.messages[number].body

    def rename(self, request: str, number: int, name: str) -> None:
        """Call a message otherwise."""

        def change(messages: list[SavedMessage]) -> list[SavedMessage]:
            messages[number] = structs.replace(messages[number], name=name)
            return messages

        self._change(request, change)

    def duplicate(self, request: str, number: int) -> None:
        """Copy a message below itself."""
        self.put(request, [number], number + 1, copies=True)

    def put(self, request: str, numbers: Sequence[int], target: int, *, copies: bool = False) -> None:
        """Put messages in front of the one that has the number ``target`` now."""

        def change(messages: list[SavedMessage]) -> list[SavedMessage]:
            moved = [messages[number] for number in numbers]
            gone: set[int] = set() if copies else set(numbers)
            front = [each for at, each in enumerate(messages[:target]) if at not in gone]
            back = [each for at, each in enumerate(messages[target:], target) if at not in gone]
            return [*front, *moved, *back]

        self._change(request, change)

    def delete(self, request: str, numbers: Sequence[int], said: str) -> None:
        """Delete messages; ``said`` is told with an Undo that puts them back where they were."""
        there = self._library.request(request).value.messages
        taken = [(number, there[number]) for number in sorted(numbers)]
        gone = set(numbers)
        self._change(request, lambda messages: [each for at, each in enumerate(messages) if at not in gone])

        def put_back(messages: list[SavedMessage]) -> list[SavedMessage]:
            for number, message in taken:
                messages.insert(number, message)
            return messages

        def undo() -> None:
            if self._library.attempt(lambda: self._change(request, put_back)):
                self._library.restored.emit([message_key(request, number) for number, _ in taken])

        self._library.undo_offered.emit(said, undo)

    def _change(self, request: str, change: Change) -> None:
        opened = self._library.request(request)
        messages = change(list(opened.value.messages))
        self._library.save(opened, structs.replace(opened.value, messages=tuple(messages)))
