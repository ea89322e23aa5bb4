"""``/chat``: rooms in which several clients talk in JSON. ``?name=Alice&room=lobby`` says who and where."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Literal

import msgspec
from websockets.asyncio.server import ServerConnection, broadcast

from wireyard.servers.query import Query, QueryError, shown

_TEXT_CHARS = 2000
_MOST_MEMBERS = 100
_MOST_ROOMS = 100
# One who does not read would make us keep everything that the others say.
_BEHIND_BYTES = 1024 * 1024


class _Say(msgspec.Struct):
    type: Literal["say"]
    text: str


class Rooms:
    """All rooms of one server. A room is there while somebody is in it."""

    def __init__(self) -> None:
        self._rooms: dict[str, dict[str, ServerConnection]] = {}

    async def serve(self, connection: ServerConnection, query: Query) -> None:
        """Let a client in, and pass on what it says until it leaves."""
        room = query.text("room", "lobby")
        members, name = self._enter(room, query.text("name", "Guest"), connection)
        try:
            await connection.send(_record("welcome", name=name, room=room, members=list(members)))
            _tell(members, _record("join", name=name, members=list(members)), but=name)
            async for message in connection:
                text = _said(message)
                if text is None:
                    example = 'Send {"type": "say", "text": "Hello"}'
                    await connection.send(_record("error", reason=f"{example}, with at most {_TEXT_CHARS} characters."))
                else:
                    _tell(members, _record("say", name=name, text=text))
        finally:
            del members[name]
            if not members:
                del self._rooms[room]
            _tell(members, _record("leave", name=name, members=list(members)))

    def _enter(self, room: str, wanted: str, connection: ServerConnection) -> tuple[dict[str, ServerConnection], str]:
        if room not in self._rooms and len(self._rooms) >= _MOST_ROOMS:
            raise QueryError(f"There are {_MOST_ROOMS} rooms already: enter one of them.")
        members = self._rooms.setdefault(room, {})
        if len(members) >= _MOST_MEMBERS:
            raise QueryError(f"{_MOST_MEMBERS} are in this room already.")
        name, number = wanted, 1
        while name in members:
            number += 1
            name = f"{wanted} {number}"
        members[name] = connection
        return members, name


def _tell(members: dict[str, ServerConnection], record: str, but: str = "") -> None:
    """Send to everybody at once, waiting for nobody; who is far behind is put out."""
    listening = [each for name, each in members.items() if name != but]
    for each in listening:
        if each.transport.get_write_buffer_size() > _BEHIND_BYTES:
            each.transport.abort()
    broadcast(listening, record)


def _record(kind: str, **fields: object) -> str:
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": kind, **fields, "at": at}, ensure_ascii=False)


def _said(message: str | bytes) -> str | None:
    """What a client says: ``{"type": "say", "text": …}``, or any text that is not JSON."""
    if isinstance(message, bytes) or len(message) > 2 * _TEXT_CHARS:
        return None
    try:
        text = msgspec.json.decode(message, type=_Say).text
    except msgspec.ValidationError:
        return None
    except msgspec.DecodeError:
        text = message
    return text if shown(text) and len(text) <= _TEXT_CHARS else None
