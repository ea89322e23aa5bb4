"""What the figures are held against: the bare library on plain asyncio, a bare socket, a bare Qt window.

Each mode runs in a process of its own and prints one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import socket
import sys
import time
from pathlib import Path


async def _receive(url: str, count: int) -> dict[str, float]:
    from websockets.asyncio.client import connect

    async with connect(url, compression=None, max_size=None, ping_interval=None, proxy=None) as connection:
        seen = 0
        began = 0.0
        async for _ in connection:
            if not seen:
                began = time.monotonic()
            seen += 1
            if seen == count:
                break
        return {"seconds": time.monotonic() - began, "count": seen}


def drain(host: str, port: int, target: str) -> dict[str, float]:
    """Read the flood from a bare socket: proves that the sender is not what limits the figure."""
    with socket.create_connection((host, port)) as connection:
        key = base64.b64encode(os.urandom(16)).decode()
        connection.sendall(
            f"GET {target} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        buffer = bytearray(1 << 20)
        total = 0
        began = 0.0
        connection.settimeout(1.0)
        ended = 0.0
        try:
            while got := connection.recv_into(buffer):
                began = began or time.monotonic()
                total += got
                ended = time.monotonic()
        except TimeoutError:
            pass
        return {"seconds": ended - began, "bytes": total}


async def _round_trips(url: str, count: int, size: int) -> dict[str, list[float]]:
    from websockets.asyncio.client import connect

    async with connect(url, compression=None, max_size=None, ping_interval=None, proxy=None) as connection:
        took: list[float] = []
        text = "x" * size
        for _ in range(count):
            began = time.perf_counter()
            await connection.send(text)
            await connection.recv()
            took.append(time.perf_counter() - began)
        return {"seconds": took}


def plain_write(folder: Path, count: int, size: int) -> dict[str, float]:
    """Write the same bytes to one plain file, message by message as a logger would."""
    data = b"x" * size
    path = folder / "plain.bin"
    began = time.monotonic()
    with path.open("wb", buffering=1 << 20) as file:
        for _ in range(count):
            file.write(data)
    seconds = time.monotonic() - began
    path.unlink()
    return {"seconds": seconds, "bytes": count * size}


def bare_window() -> dict[str, float]:
    """Open and paint an empty Qt window; the clock is the caller's, from the start of this process."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    painted: list[float] = []

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painted.append(time.monotonic())
            QTimer.singleShot(0, app.quit)

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1440, 900)
    window.show()
    app.exec()
    return {"painted": painted[0]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=("receive", "drain", "rtt", "write", "window"))
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--size", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=Path())
    options = parser.parse_args()
    target = f"/flood?count={options.count}&size={options.size}"
    if options.mode == "receive":
        result = asyncio.run(_receive(f"ws://127.0.0.1:{options.port}{target}", options.count))
    elif options.mode == "drain":
        result = drain("127.0.0.1", options.port, target)
    elif options.mode == "rtt":
        result = asyncio.run(_round_trips(f"ws://127.0.0.1:{options.port}/echo", options.count, options.size))
    elif options.mode == "write":
        result = plain_write(options.folder, options.count, options.size)
    else:
        result = bare_window()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
