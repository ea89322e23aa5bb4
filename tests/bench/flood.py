"""A sender that floods: a raw socket server in a process of its own, so that it costs the measured program nothing.

`python flood.py` prints its port as the first line of JSON and then one line for every connection it has served. The
path says what to send: ``/flood?count=200000&size=200`` sends numbered text messages as fast as they are taken, in
pieces of 256 KiB; ``&rate=5000`` holds to that many messages a second. `/echo` echoes frames one by one.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import socket
import struct
import sys
import threading
import time
from urllib.parse import parse_qs, urlsplit

CHUNK_BYTES = 256 * 1024
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 section 1.3


def payload(number: int, size_bytes: int) -> bytes:
    """One numbered JSON message of exactly ``size_bytes``."""
    head = b'{"seq":%d,"type":"trade","text":"' % number
    return head + b"x" * (size_bytes - len(head) - 2) + b'"}'


def frame(data: bytes, opcode: int = 1) -> bytes:
    """One unmasked server frame."""
    size = len(data)
    if size < 126:
        return bytes((0x80 | opcode, size)) + data
    if size < 65536:
        return struct.pack("!BBH", 0x80 | opcode, 126, size) + data
    return struct.pack("!BBQ", 0x80 | opcode, 127, size) + data


class Stock:
    """Pre-built frames and the running hash of their payloads, made once for each pair of count and size."""

    def __init__(self) -> None:
        self._built: dict[tuple[int, int], tuple[bytes, str]] = {}
        self._lock = threading.Lock()

    def frames(self, count: int, size: int) -> tuple[bytes, str]:
        with self._lock:
            if (count, size) not in self._built:
                digest = hashlib.sha256()
                parts = bytearray()
                for number in range(count):
                    data = payload(number, size)
                    digest.update(data)
                    parts += frame(data)
                self._built[count, size] = (bytes(parts), digest.hexdigest())
            return self._built[count, size]


def _read_request(connection: socket.socket) -> tuple[str, bytes]:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError("no request")
        received += piece
    head = received.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
    fields = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
    accept = base64.b64encode(hashlib.sha1(fields["sec-websocket-key"].encode() + _GUID).digest())
    return head[0].split(" ")[1], accept


def _send_flood(connection: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(view), CHUNK_BYTES):
        connection.sendall(view[start : start + CHUNK_BYTES])


def _send_paced(connection: socket.socket, count: int, size: int, rate: float) -> str:
    digest = hashlib.sha256()
    began = time.perf_counter()
    sent = 0
    while sent < count:
        due = min(count, int((time.perf_counter() - began) * rate) + 1)
        batch = bytearray()
        for number in range(sent, due):
            data = payload(number, size)
            digest.update(data)
            batch += frame(data)
        if batch:
            connection.sendall(batch)
        sent = due
        time.sleep(0.002)
    return digest.hexdigest()


def _echo(connection: socket.socket) -> None:
    buffer = b""
    while True:
        piece = connection.recv(65536)
        if not piece:
            return
        buffer += piece
        while len(buffer) >= 6:
            size = buffer[1] & 0x7F
            start = 2
            if size == 126:
                (size,) = struct.unpack_from("!H", buffer, 2)
                start = 4
            if len(buffer) < start + 4 + size:
                break
            mask = buffer[start : start + 4]
            body = buffer[start + 4 : start + 4 + size]
            opcode = buffer[0] & 0x0F
            data = bytes(b ^ mask[i & 3] for i, b in enumerate(body))
            buffer = buffer[start + 4 + size :]
            connection.sendall(frame(data, opcode))
            if opcode == 8:
                return


def _serve(connection: socket.socket, stock: Stock) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    target, accept = _read_request(connection)
    parts = urlsplit(target)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    count, size = int(query.get("count", "0")), int(query.get("size", "200"))
    rate = float(query.get("rate", "0"))
    data, digest = stock.frames(count, size) if parts.path == "/flood" and not rate else (b"", "")
    connection.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + accept
        + b"\r\n\r\n"
    )
    if parts.path == "/echo":
        _echo(connection)
    elif parts.path == "/flood":
        if rate:
            digest = _send_paced(connection, count, size, rate)
        else:
            _send_flood(connection, data)
        print(json.dumps({"sent": count, "sha256": digest}), flush=True)
    while connection.recv(65536):
        pass  # the client ends the connection


def _serve_quietly(connection: socket.socket, stock: Stock) -> None:
    with connection, contextlib.suppress(ConnectionError):
        _serve(connection, stock)


def main() -> None:
    stock = Stock()
    for pair in sys.argv[1:]:  # COUNTxSIZE: build before anybody waits for it
        count, size = pair.split("x")
        stock.frames(int(count), int(size))
    listener = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_serve_quietly, args=(connection, stock), daemon=True).start()


if __name__ == "__main__":
    main()
