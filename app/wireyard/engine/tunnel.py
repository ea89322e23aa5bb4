"""A tunnel through an HTTP proxy: ``CONNECT`` over the open socket (RFC 9110 section 9.3.6).

Ours, so that a refusal's status, headers and body are kept. Nothing is read behind the header block of a proxy that
agrees, as what comes then is the server's.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket

from wireyard.domain.failure import Answer
from wireyard.domain.request import Proxy
from wireyard.engine.answer import MAX_HEAD_BYTES, could_be_http, head_size, header_of, read_answer, read_body
from wireyard.engine.handshake import BODY_WAIT_S
from wireyard.engine.proxy_errors import ProxyError
from wireyard.engine.request import USER_AGENT

_READ_BYTES = 64 * 1024
# 407 is a proxy's; tinyproxy says 401 to a wrong password.
_WANTS_LOGIN = (401, 407)


async def open_tunnel(sock: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    """Ask the proxy for a way to the server. Raises `ProxyError` or `OSError`."""
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(sock, connect_request(proxy, host, port))
    raw = await _read_head(sock)
    answer = read_answer(bytes(raw))
    if answer is None:
        raise ProxyError("not_a_proxy", "no HTTP answer", raw=bytes(raw))
    if 200 <= answer.status < 300 and not _is_page(answer, raw):
        return
    with contextlib.suppress(TimeoutError, OSError):
        async with asyncio.timeout(BODY_WAIT_S):
            await _read_body(sock, raw)
    answer = read_answer(bytes(raw)) or answer
    said = f"HTTP {answer.status} {answer.reason}".strip()
    if answer.status < 400:
        raise ProxyError("not_a_proxy", said, answer)
    raise ProxyError("auth" if answer.status in _WANTS_LOGIN else "refused", said, answer)


def connect_request(proxy: Proxy, host: str, port: int) -> bytes:
    """The bytes of the request."""
    place = f"[{host.partition('%')[0]}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}", f"User-Agent: {USER_AGENT}"]
    if proxy.user or proxy.password:
        login = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {login}")
    return "\r\n".join([*lines, "", ""]).encode("ascii")


async def _read_head(sock: socket.socket) -> bytearray:
    """Read to the end of the answer's header block, or of what can't become one."""
    loop = asyncio.get_running_loop()
    raw = bytearray()
    while True:
        data = await loop.sock_recv(sock, _READ_BYTES)
        raw += data
        if not data:
            if raw:
                return raw
            raise ProxyError("closed")
        while size := head_size(raw):
            answer = read_answer(bytes(raw[:size]))
            if answer is None or answer.status >= 200:
                return raw
            del raw[:size]  # an interim answer
        if len(raw) > MAX_HEAD_BYTES:
            raise ProxyError("not_a_proxy", "headers without an end", raw=bytes(raw[:_READ_BYTES]))
        if not could_be_http(raw):
            return raw


def _is_page(answer: Answer, raw: bytearray) -> bool:
    """Whether a web server answered as if for a page. The server of a tunnel never speaks first."""
    return len(raw) > head_size(raw) or header_of(answer, "content-type").lower().startswith("text/html")


async def _read_body(sock: socket.socket, raw: bytearray) -> None:
    loop = asyncio.get_running_loop()
    size = head_size(raw)
    answer = read_answer(bytes(raw[:size]))
    while answer is not None and not read_body(answer, bytes(raw[size:]))[1]:
        data = await loop.sock_recv(sock, _READ_BYTES)
        if not data:
            return
        raw += data
