"""Looking a name up on a thread of its own.

Never on the loop's executor: that one is joined at exit and has few threads, so a resolver that hangs for a minute
would hold up other lookups and the end of the program. A lookup that nobody waits for any more is left to itself: its
thread is a daemon and ends with the process.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

SockAddr = tuple[str, int] | tuple[str, int, int, int]
Lookup = Callable[[str, int], list["Endpoint"]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of a name."""

    family: socket.AddressFamily
    sockaddr: SockAddr

    @property
    def text(self) -> str:
        """The address as people write it, with its port."""
        host, port = self.sockaddr[0], self.sockaddr[1]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def look_up(host: str, port: int) -> list[Endpoint]:
    """Ask the operating system; blocks. Raises `socket.gaierror`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    endpoints: list[Endpoint] = []
    for family, _, _, _, sockaddr in found:
        if family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(sockaddr[0], str):
            continue
        host_text, port_number = sockaddr[0], int(sockaddr[1])
        address: SockAddr = (host_text, port_number)
        if family == socket.AF_INET6 and len(sockaddr) == 4:
            address = (host_text, port_number, int(sockaddr[2]), int(sockaddr[3]))
        endpoint = Endpoint(family, address)
        if endpoint not in endpoints:
            endpoints.append(endpoint)
    return endpoints


async def resolve(host: str, port: int, lookup: Lookup = look_up) -> list[Endpoint]:
    """Find the addresses of a name, in the operating system's order (RFC 6724)."""
    return await on_daemon_thread(lambda: lookup(host, port), "resolve")


async def on_daemon_thread(work: Callable[[], T], name: str) -> T:
    """Run blocking work on a thread of its own and wait for it; a cancelled wait leaves the thread to itself."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: Exception | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # pyright: ignore[reportArgumentType]

    def run() -> None:
        result: T | None = None
        error: Exception | None = None
        try:
            result = work()
        except Exception as failure:  # noqa: BLE001 - carried to the one who waits
            error = failure
        # The loop may have ended while the name was looked up.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=run, name=f"wireyard-{name}", daemon=True).start()
    return await outcome
