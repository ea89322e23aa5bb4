"""A way through a SOCKS proxy over the open socket: version 5 (RFC 1928, RFC 1929), and 4 with its 4a.

Ours rather than a library's, as those open sockets themselves and tell a wrong password only in prose.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from wireyard.domain.request import Proxy
from wireyard.engine.proxy_errors import ProxyError

_NO_LOGIN, _LOGIN, _NOTHING_FITS = 0x00, 0x02, 0xFF
_CONNECT = 0x01
_IPV4, _NAME, _IPV6 = 0x01, 0x03, 0x04
_REPLIES_5 = {
    1: "general failure",
    2: "not allowed by its rules",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused by the server",
    6: "the way is too long",
    7: "it does not know the command",
    8: "it does not know this kind of address",
}
_GRANTED_4 = 0x5A
_REPLIES_4 = {0x5B: "rejected or failed", 0x5C: "it can't reach identd here", 0x5D: "identd tells another user"}


async def pass_socks5(sock: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    """Ask for a connection to ``host``, a name or a number. Raises `ProxyError` or `OSError`."""
    has_login = bool(proxy.user or proxy.password)
    methods = bytes([_NO_LOGIN, _LOGIN] if has_login else [_NO_LOGIN])
    await _send(sock, bytes([5, len(methods)]) + methods)
    version, method = reply = await _read(sock, 2)
    _check_version(reply, version == 5)
    if method == _NOTHING_FITS:
        raise ProxyError("auth", "none of the ways to sign in fits")
    if method not in methods:
        raise ProxyError("auth", f"it asks to sign in by method {method}")
    if method == _LOGIN:
        await _sign_in(sock, proxy)
    await _send(sock, bytes([5, _CONNECT, 0]) + _address5(host) + port.to_bytes(2, "big"))
    version, code, _, kind = reply = await _read(sock, 4)
    _check_version(reply, version == 5)
    if code:
        raise ProxyError("refused", _REPLIES_5.get(code, f"reply {code}"))
    # The proxy's own end of the connection, which nobody wants to know.
    size = {_IPV4: 4, _IPV6: 16}.get(kind)
    if size is None:
        _check_version(reply, kind == _NAME)
        size = (await _read(sock, 1))[0]
    await _read(sock, size + 2)


async def pass_socks4(sock: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    """As `pass_socks5`: a number goes as version 4, a name as 4a, and there is no password."""
    user = proxy.user.encode()
    if b"\0" in user:
        raise ProxyError("unusable", "the user name holds a NUL")
    try:
        number, name = ipaddress.IPv4Address(host).packed, b""
    except ValueError:
        if ":" in host:
            raise ProxyError("unusable", "SOCKS 4 has no IPv6") from None
        number, name = b"\0\0\0\1", host.encode("ascii") + b"\0"
    await _send(sock, bytes([4, _CONNECT]) + port.to_bytes(2, "big") + number + user + b"\0" + name)
    reply = await _read(sock, 8)
    _check_version(reply, reply[0] == 0)
    if reply[1] != _GRANTED_4:
        fault = "auth" if reply[1] in (0x5C, 0x5D) else "refused"
        raise ProxyError(fault, _REPLIES_4.get(reply[1], f"reply {reply[1]}"))


async def _sign_in(sock: socket.socket, proxy: Proxy) -> None:
    user, password = proxy.user.encode(), proxy.password.encode()
    if max(len(user), len(password)) > 255:
        raise ProxyError("unusable", "user name and password have at most 255 bytes")
    await _send(sock, bytes([1, len(user)]) + user + bytes([len(password)]) + password)
    reply = await _read(sock, 2)
    if reply[1]:
        raise ProxyError("auth", "user name or password is wrong")


def _address5(host: str) -> bytes:
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        name = host.encode("ascii")
        return bytes([_NAME, len(name)]) + name
    return bytes([_IPV4 if number.version == 4 else _IPV6]) + number.packed


def _check_version(reply: bytes, is_right: bool) -> None:
    if not is_right:
        raise ProxyError("not_a_proxy", "no SOCKS answer", raw=reply)


async def _send(sock: socket.socket, data: bytes) -> None:
    await asyncio.get_running_loop().sock_sendall(sock, data)


async def _read(sock: socket.socket, size: int) -> bytes:
    loop = asyncio.get_running_loop()
    data = b""
    while len(data) < size:
        more = await loop.sock_recv(sock, size - len(data))
        if not more:
            # A web server ends the line when it is greeted by SOCKS.
            raise ProxyError("not_a_proxy" if data else "closed", raw=data)
        data += more
    return data
