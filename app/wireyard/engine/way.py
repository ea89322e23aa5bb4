"""The way to the server's port, in timed steps: name, TCP and, where there is one, the proxy; or a Unix socket.

With a proxy, name and TCP are the proxy's. An address that was chosen by hand stands in place of a lookup, also for
what the proxy is asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Generator

from wireyard.domain.event import Attempt
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, Network, Proxy
from wireyard.engine import blame, blame_proxy
from wireyard.engine.address import Address
from wireyard.engine.errors import EngineError
from wireyard.engine.hostname import ip_text
from wireyard.engine.proxy_address import ProxyAddressError
from wireyard.engine.proxy_choice import HAS_SYSTEM_SETTINGS, choose_proxy
from wireyard.engine.proxy_errors import ProxyError
from wireyard.engine.resolve import Endpoint, Lookup, look_up, on_daemon_thread, resolve
from wireyard.engine.socks import pass_socks4, pass_socks5
from wireyard.engine.steps import Steps
from wireyard.engine.tcp import Race, connect
from wireyard.engine.tunnel import open_tunnel

_FAMILIES = {"4": socket.AF_INET, "6": socket.AF_INET6}


class BlockedError(EngineError):
    """The way ends here: the failure, and a few words for the step that failed."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(failure.technical or failure.code)
        self.failure = failure
        self.detail = detail


class Way:
    """Leads to one server. ``facts`` gets what the wording of a failure needs; ``peer`` is who was connected to."""

    def __init__(
        self, request: ConnectRequest, address: Address, steps: Steps, lookup: Lookup, facts: dict[str, str]
    ) -> None:
        self._request = request
        self._network: Network = request.network
        self._address = address
        self._steps = steps
        self._lookup = lookup
        self._facts = facts
        self._race = Race()
        self._proxy: Proxy | None = None
        self._endpoint: Endpoint | None = None
        self.peer = ""

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The addresses that were tried, while TCP is the step."""
        return tuple(self._race.attempts) if self._steps.current == "tcp" else ()

    async def open(self) -> socket.socket:
        """Go it, step by step. Raises `BlockedError`; the failed step is the current one then."""
        self._steps.begin("resolve")
        if self._network.unix_socket:
            self._steps.end("not needed: a Unix socket")
            return await self._open_unix_socket()
        self._proxy = await self._choose_proxy()
        endpoints = await self._resolve()
        sock = await self._connect(endpoints)
        if self._proxy is None:
            return sock
        with _owned(sock) as owned:
            self._steps.begin("proxy")
            try:
                place = await self._pass(sock)
            except (ProxyError, OSError, UnicodeError) as error:
                failure = blame_proxy.blame_proxy(error, self._facts)
                raise BlockedError(failure, blame_proxy.few_words(error)) from error
            self._steps.end(place)
            owned.pop_all()
        return sock

    async def again(self) -> socket.socket:
        """Go the same way once more, without a word. Raises `OSError`."""
        if self._network.unix_socket:
            return await _connect_unix_socket(self._network.unix_socket)
        assert self._endpoint is not None
        sock, _ = await connect([self._endpoint], Race())
        with _owned(sock) as owned:
            if self._proxy is not None:
                try:
                    await self._pass(sock)
                except ProxyError as error:
                    raise OSError(str(error)) from error
            owned.pop_all()
        return sock

    async def _choose_proxy(self) -> Proxy | None:
        wanted, address = self._request.proxy, self._address
        try:
            if wanted.mode == "system" and HAS_SYSTEM_SETTINGS:
                proxy = await on_daemon_thread(lambda: choose_proxy(wanted, address), "proxy")
            else:
                proxy = choose_proxy(wanted, address)
        except ProxyAddressError as error:
            self._steps.begin("proxy")
            raise BlockedError(blame_proxy.blame_setting(error, self._facts), "proxy's address not usable") from error
        if proxy is not None:
            self._facts |= blame_proxy.facts_of(proxy)
        return proxy

    async def _resolve(self) -> list[Endpoint]:
        """The endpoints of the proxy, or of the server where there is none."""
        proxy, address = self._proxy, self._address
        host, port = (proxy.host, proxy.port) if proxy is not None else (address.host, address.port)
        chosen = self._chosen_addresses() if proxy is None else ()
        is_literal = bool(chosen) or ip_text(host.partition("%")[0]) is not None
        try:
            if chosen:
                found = [endpoint for number in chosen for endpoint in look_up(number, port)]
            else:
                found = look_up(host, port) if is_literal else await resolve(host, port, self._lookup)
            endpoints = self._of_version(found)
            if not endpoints:
                raise socket.gaierror(socket.EAI_NONAME, "no address of a usable kind")
        except (OSError, UnicodeError) as error:
            raise BlockedError(self._blame(blame.blame_lookup(error, self._facts)), "not found") from error
        if chosen:
            self._steps.end(f"{', '.join(chosen)}, as chosen")
        elif is_literal:
            self._steps.end("not needed: the address is a number")
        else:
            self._steps.end(", ".join(str(endpoint.sockaddr[0]) for endpoint in endpoints))
        return endpoints

    async def _connect(self, endpoints: list[Endpoint]) -> socket.socket:
        self._steps.begin("tcp")
        try:
            sock, endpoint = await connect(endpoints, self._race)
        except OSError as error:
            failure = blame.blame_tcp(error, endpoints, self._facts)
            raise BlockedError(self._blame(failure), failure.code) from error
        self._endpoint = endpoint
        self.peer = endpoint.text
        self._steps.end(endpoint.text, self.attempts)
        return sock

    async def _pass(self, sock: socket.socket) -> str:
        """Get through the proxy; give what it was asked for. Raises `ProxyError` or `OSError`."""
        proxy, port = self._proxy, self._address.port
        assert proxy is not None
        chosen = self._chosen_addresses()
        host = chosen[0] if chosen else self._address.host.partition("%")[0]
        if proxy.mode == "http":
            await open_tunnel(sock, proxy, host, port)
            return f"HTTP CONNECT {_place(host, port)}"
        if not proxy.remote_names and ip_text(host) is None:
            host = await self._look_up_for_proxy(proxy)
        if proxy.mode == "socks4":
            await pass_socks4(sock, proxy, host, port)
        else:
            await pass_socks5(sock, proxy, host, port)
        return f"{'SOCKS 4' if proxy.mode == 'socks4' else 'SOCKS 5'} {_place(host, port)}"

    async def _look_up_for_proxy(self, proxy: Proxy) -> str:
        """The server's number, for a SOCKS proxy that is not to know its name."""
        address = self._address
        try:
            endpoints = self._of_version(await resolve(address.host, address.port, self._lookup))
        except (OSError, UnicodeError) as error:
            raise ProxyError("unusable", f"“{address.host}” could not be found here") from error
        if proxy.mode == "socks4":
            endpoints = [endpoint for endpoint in endpoints if endpoint.family == socket.AF_INET]
        if not endpoints:
            raise ProxyError("unusable", f"“{address.host}” has no address that it could be asked for")
        return str(endpoints[0].sockaddr[0]).partition("%")[0]

    def _chosen_addresses(self) -> tuple[str, ...]:
        """What a rule says of the server's host; the last rule that means it counts, as in curl."""
        host, port = self._address.host, self._address.port
        found: tuple[str, ...] = ()
        for rule in self._network.resolve:
            if rule.host.lower() in ("", "*", host) and rule.port in (0, port):
                found = rule.addresses
        return tuple(ip_text(each.strip("[] ")) or each for each in found)

    def _of_version(self, endpoints: list[Endpoint]) -> list[Endpoint]:
        wanted = self._network.ip_version
        if wanted == "any":
            return endpoints
        kept = [endpoint for endpoint in endpoints if endpoint.family == _FAMILIES[wanted]]
        if endpoints and not kept:
            self._facts["ip_version"] = wanted
        return kept

    def _blame(self, failure: Failure) -> Failure:
        """Where the name or port was the proxy's, it is the proxy that failed."""
        return failure if self._proxy is None else blame_proxy.of_the_proxy(failure)

    async def _open_unix_socket(self) -> socket.socket:
        path = self._network.unix_socket
        self._facts["unix_socket"] = path
        self._steps.begin("tcp")
        try:
            sock = await _connect_unix_socket(path)
        except (OSError, ValueError) as error:
            raise BlockedError(blame.blame_unix_socket(error, self._facts), "Unix socket failed") from error
        self.peer = path
        self._steps.end(f"Unix socket {path}")
        return sock


async def _connect_unix_socket(path: str) -> socket.socket:
    family: int | None = getattr(socket, "AF_UNIX", None)
    if family is None:
        raise OSError(errno.EAFNOSUPPORT, "Unix sockets are not available here")
    sock = socket.socket(family, socket.SOCK_STREAM)
    with _owned(sock) as owned:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, path)
        owned.pop_all()
    return sock


@contextlib.contextmanager
def _owned(sock: socket.socket) -> Generator[contextlib.ExitStack]:
    """Close the socket unless it is taken out."""
    with contextlib.ExitStack() as owned:
        owned.callback(sock.close)
        yield owned


def _place(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
