"""What a saved request sends after every opening, with the values that its variables have at that moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from wireyard.domain.frame import Opcode
from wireyard.session.outbox import Outgoing
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.sending import plan_saved_message
from wireyard.workspace.documents import Levels
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.inheritance import effective
from wireyard.workspace.model import OpeningMessage, RequestFile, SavedMessage
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.scope import Scope


def opening_messages(request: RequestFile, levels: Levels) -> tuple[SavedMessage, ...]:
    """The messages as they are written. Raises `PlanError` for a name that none of the request's messages has."""
    said = effective(request, levels).on_open
    return tuple(
        _named(request.messages, each.saved)
        if each.saved
        else SavedMessage(name="", format=each.format, send_as=each.send_as, body=each.body)
        for each in (said.value if said is not None else ())
    )


def reference_to(message: SavedMessage, messages: Iterable[SavedMessage]) -> str:
    """What names a saved message: its name, and its group too where the name alone could be another's."""
    is_alone = sum(each.name == message.name for each in messages) == 1
    return message.name if is_alone or not message.group else f"{message.group}/{message.name}"


def renamed(
    opening: tuple[OpeningMessage, ...] | None, before: Sequence[SavedMessage], after: Sequence[SavedMessage]
) -> tuple[OpeningMessage, ...] | None:
    """The same messages after one of the saved ones got another name or group."""
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    if not opening or len(before) != len(after) or len(gone) != 1 or len(come) != 1:
        return opening
    old, new = gone[0], come[0]
    if (old.name, old.group) == (new.name, new.group):
        return opening
    return tuple(
        replace(each, saved=reference_to(new, after)) if _found(before, each.saved) == [old] else each
        for each in opening
    )


def _found(messages: Iterable[SavedMessage], reference: str) -> list[SavedMessage]:
    return [each for each in messages if reference in (each.name, f"{each.group}/{each.name}")]


def _named(messages: Sequence[SavedMessage], reference: str) -> SavedMessage:
    found = _found(messages, reference)
    if not found:
        raise PlanError(f"“{reference}”, which is to be sent on opening, is none of the request's saved messages.")
    if len(found) > 1:
        raise PlanError(f"{len(found)} saved messages could be “{reference}”, which is to be sent on opening.")
    return found[0]


class Opening:
    """Makes the messages for one opening after the other.

    ``scope`` gives the values of the moment, ``first`` what signs in by a message, before all others.

    Called, it answers the messages, or what has to be awaited for them where files have to be read. It does not raise:
    a message that can't be made says why.
    """

    def __init__(
        self,
        messages: Sequence[SavedMessage],
        root: Path | None,
        scope: Callable[[], Scope],
        dynamic: Dynamic | None = None,
        *,
        first: Callable[[], Iterable[Outgoing]] = tuple,
        keep_undefined: bool = False,
    ) -> None:
        self._first = first
        self._messages = messages
        self._root = root
        self._scope = scope
        self._dynamic = dynamic
        self._keep_undefined = keep_undefined

    def __call__(self) -> list[Outgoing] | Awaitable[list[Outgoing]]:
        if any(message.file for message in self._messages):
            return self._from_files()
        return [*self._first(), *(self._outgoing(message) for message in self._messages)]

    async def _from_files(self) -> list[Outgoing]:
        made = list(self._first())
        made += [
            await asyncio.to_thread(self._outgoing, message) if message.file else self._outgoing(message)
            for message in self._messages
        ]
        return made

    def _outgoing(self, message: SavedMessage) -> Outgoing:
        try:
            return self._planned(message)
        except WorkspaceError as error:
            opcode = Opcode.BINARY if message.send_as == "binary" else Opcode.TEXT
            return Outgoing(opcode, (message.body or message.file).encode("utf-8", "surrogatepass"), fault=str(error))

    def _planned(self, message: SavedMessage, dynamic: Dynamic | None = None) -> Outgoing:
        dynamic = dynamic or self._dynamic
        keep = self._keep_undefined
        planned = plan_saved_message(message, self._root, self._scope(), dynamic, keep_undefined=keep)
        return Outgoing(planned.opcode, planned.payload, planned.secrets)

    def secrets(self) -> tuple[str, ...]:
        """The secret values that are in them now. Raises `WorkspaceError` where one can't be made.

        Files are not read. What counts built-in values up is left as it is.
        """
        rehearsal = self._dynamic.rehearsal() if self._dynamic is not None else None
        texts = [message for message in self._messages if not message.file]
        return tuple(secret for message in texts for secret in self._planned(message, rehearsal).secrets)
