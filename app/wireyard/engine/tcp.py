"""Opening TCP by a race over all addresses of a name (RFC 8305), keeping each attempt's time and outcome."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import itertools
import os
import socket
import time
from dataclasses import dataclass, field

from wireyard.domain.event import Attempt
from wireyard.engine.resolve import Endpoint

# RFC 8305 section 5: the next address is tried when this has passed without an answer, or at once after a failure.
ATTEMPT_DELAY_S = 0.25

_UNREACHABLE = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    getattr(errno, "EHOSTDOWN", errno.EHOSTUNREACH),
    errno.EADDRNOTAVAIL,
    errno.EAFNOSUPPORT,
    errno.EACCES,
    errno.EPERM,
}
_UNREACHABLE_WINERRORS = {1231, 1232, 10047, 10049, 10051, 10065}
_TIMED_OUT_WINERRORS = {121, 10060}


@dataclass(slots=True)
class Race:
    """The attempts of one race, kept also when it is lost or cancelled; ``errors`` in the order of failing."""

    attempts: list[Attempt] = field(default_factory=list[Attempt])
    errors: list[OSError] = field(default_factory=list[OSError])

    def worst(self) -> OSError:
        """The error that tells most: that a computer answered says more than that another could not be reached."""
        ranks = {"refused": 0, "reset": 1, "timeout": 2, "unreachable": 3}
        return min(self.errors, key=lambda error: ranks[kind_of(error)])


def kind_of(error: OSError) -> str:
    """``refused``, ``reset``, ``timeout`` or ``unreachable``, from the exception's type and number."""
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionResetError | ConnectionAbortedError):
        return "reset"
    if isinstance(error, TimeoutError) or getattr(error, "winerror", None) in _TIMED_OUT_WINERRORS:
        return "timeout"
    return "unreachable"


async def connect(endpoints: list[Endpoint], race: Race) -> tuple[socket.socket, Endpoint]:
    """Connect to whichever address answers first; raise the most telling `OSError` when none does."""
    waiting = interleave(endpoints)
    running: dict[asyncio.Task[socket.socket], Endpoint] = {}
    try:
        while waiting or running:
            if waiting:
                endpoint = waiting.pop(0)
                running[asyncio.create_task(_attempt(endpoint, race))] = endpoint
            done, _ = await asyncio.wait(
                running, timeout=ATTEMPT_DELAY_S if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            winner = _first_winner(done, running)
            if winner is not None:
                return winner
    finally:
        await _abandon(running)
    if not race.errors:
        raise OSError(errno.EADDRNOTAVAIL, "the name has no address")
    raise race.worst()


def interleave(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Alternate between the address families, beginning with the first one's (RFC 8305 section 4)."""
    if not endpoints:
        return []
    first = [endpoint for endpoint in endpoints if endpoint.family == endpoints[0].family]
    other = [endpoint for endpoint in endpoints if endpoint.family != endpoints[0].family]
    mixed = itertools.chain.from_iterable(itertools.zip_longest(first, other))
    return [endpoint for endpoint in mixed if endpoint is not None]


def _first_winner(
    done: set[asyncio.Task[socket.socket]], running: dict[asyncio.Task[socket.socket], Endpoint]
) -> tuple[socket.socket, Endpoint] | None:
    """Take the finished attempts out of the race; of two that connected at once the later is closed."""
    winner: tuple[socket.socket, Endpoint] | None = None
    for task in done:
        endpoint = running.pop(task)
        if task.exception() is not None:
            continue
        if winner is None:
            winner = task.result(), endpoint
        else:
            task.result().close()
    return winner


async def _abandon(running: dict[asyncio.Task[socket.socket], Endpoint]) -> None:
    for task in running:
        task.cancel()
    if not running:
        return
    await asyncio.wait(running)
    for task in running:
        # It may have connected before it could be cancelled.
        if not task.cancelled() and task.exception() is None:
            task.result().close()


async def _attempt(endpoint: Endpoint, race: Race) -> socket.socket:
    begun = time.perf_counter()
    outcome = "abandoned"
    try:
        sock = await _open(endpoint)
        outcome = ""
    except OSError as error:
        outcome = describe(error)
        race.errors.append(error)
        raise
    finally:
        ms = (time.perf_counter() - begun) * 1000
        race.attempts.append(Attempt(address=endpoint.text, ms=ms, error=outcome))
    return sock


async def _open(endpoint: Endpoint) -> socket.socket:
    with contextlib.ExitStack() as owned:
        sock = owned.enter_context(socket.socket(endpoint.family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, endpoint.sockaddr)
        owned.pop_all()
    return sock


def describe(error: OSError) -> str:
    """What became of an attempt, in two or three words."""
    kind = kind_of(error)
    if kind != "unreachable":
        return {"refused": "refused", "reset": "reset", "timeout": "no answer"}[kind]
    number = error.errno
    if number in _UNREACHABLE or getattr(error, "winerror", None) in _UNREACHABLE_WINERRORS:
        return "no route"
    return os.strerror(number).lower() if number else "failed"
