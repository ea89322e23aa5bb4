"""``/close/CODE``: ends the connection with any code, also those that no server may send.

``?after=MS`` waits first, ``?reason=TEXT`` is said with it. ``/close`` alone waits for a message with the code, such as
``4001 that was all``.
"""

from __future__ import annotations

import asyncio
import contextlib
import struct

from websockets.asyncio.server import ServerConnection

from wireyard.servers.query import Query, QueryError, shown, whole_number

_LONGEST_MS = 3_600_000
_REASON_BYTES = 123
_ANSWER_S = 1.0
_SENDABLE = {*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)}
_NO_CODE = 1005
# "The line was lost" and "TLS failed": what a client finds out for itself, when the line is cut.
_CUT = {1006, 1015}


async def serve_close(connection: ServerConnection, query: Query) -> None:
    """Close as the path says, or as the first message that has a code says."""
    reason = query.text("reason", "", _REASON_BYTES)
    if len(query.path) > 1:
        code = whole_number(query.path[1], "/close/CODE", 0, 65535)
        await _listen(connection, query.number("after", 0, 0, _LONGEST_MS) / 1000)
        await close_with(connection, code, reason)
        return
    async for message in connection:
        word, _, rest = (message if isinstance(message, str) else "").strip().partition(" ")
        try:
            code = whole_number(word, "the code", 0, 65535)
        except QueryError as error:
            await connection.send(f"{error} Send it like this: 4001 that was all")
        else:
            await close_with(connection, code, shown(rest, _REASON_BYTES) or reason)


async def close_with(connection: ServerConnection, code: int, reason: str) -> None:
    """Close with this code; what can't be sent becomes the nearest thing that really happens."""
    said = _cut_to(reason, _REASON_BYTES)
    if code in _CUT:
        connection.transport.abort()
    elif code == _NO_CODE:
        await _send_frame(connection, b"")
    elif code in _SENDABLE:
        await connection.close(code, said)
    else:
        # The library refuses such a code, and a client that gets it should say so.
        await _send_frame(connection, struct.pack("!H", code) + said.encode())


async def _send_frame(connection: ServerConnection, payload: bytes) -> None:
    """Send a close frame past the library's checks, and hang up when the client has answered."""
    connection.transport.write(struct.pack("!BB", 0x88, len(payload)) + payload)
    await _listen(connection, _ANSWER_S)
    connection.transport.abort()


async def _listen(connection: ServerConnection, seconds: float) -> None:
    """Wait, taking what comes meanwhile; shorter when the client leaves."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            async for _ in connection:
                pass


def _cut_to(text: str, size_bytes: int) -> str:
    return text.encode()[:size_bytes].decode(errors="ignore")
