"""A server that does not do its part: it never answers an upgrade to ``/never``, refuses one to ``/401``, answers one
to ``/accept`` wrongly, lets nobody through as a proxy, and answers no close frame anywhere else."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 section 1.3


_BODY = b'{"error": {"code": "token_expired", "message": "The access token expired", "expired_at": 1795622400}}'
_ANSWERS = {
    b"GET /401 ": b"HTTP/1.1 401 Unauthorized\r\nServer: gateway/4.2\r\nContent-Type: application/json\r\n"
    b'WWW-Authenticate: Bearer realm="orders", error="invalid_token"\r\n'
    b"Content-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY),
    b"GET /accept ": b"HTTP/1.1 101 Switching Protocols\r\nServer: gateway/4.2\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Accept: c29tZXRoaW5nIGVsc2UgZW50aXJlbHk=\r\n\r\n",
    b"CONNECT ": b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="office"\r\n'
    b"Content-Type: text/html\r\nContent-Length: 61\r\n\r\n"
    b"<html><title>Sign in to the office proxy first</title></html>",
}


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        request = await reader.readuntil(b"\r\n\r\n")
        answer = next((answer for start, answer in _ANSWERS.items() if request.startswith(start)), b"")
        if answer:
            writer.write(answer)
            return
        key = re.search(rb"(?i)sec-websocket-key: (\S+)", request)
        if key is not None and not request.startswith(b"GET /never"):
            accept = base64.b64encode(hashlib.sha1(key[1] + _GUID).digest())
            writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            writer.write(b"Sec-WebSocket-Accept: " + accept + b"\r\n")
            if request.startswith(b"GET /signed-in"):
                writer.write(b"Set-Cookie: session=8f14e45fceea; Path=/; HttpOnly; SameSite=Lax\r\n")
                writer.write(b"Set-Cookie: store=berlin-04; Path=/v2; Max-Age=86400\r\n")
                writer.write(b"Set-Cookie: tracker=1; Domain=example.org\r\n")
            writer.write(b"\r\n")
        while await reader.read(4096):
            pass
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def start() -> tuple[asyncio.Server, int]:
    """Listen on a free port of this machine."""
    server = await asyncio.start_server(_serve, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]
