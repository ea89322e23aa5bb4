"""What a person wants to connect to: an address and how to reach it."""

from __future__ import annotations

from typing import Literal

import msgspec

DEFAULT_OPEN_TIMEOUT_S = 10.0
DEFAULT_CLOSE_TIMEOUT_S = 5.0
DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024
DEFAULT_PING_INTERVAL_S = 20.0
DEFAULT_PONG_TIMEOUT_S = 20.0

ProxyMode = Literal["system", "none", "http", "socks4", "socks5"]
IpVersion = Literal["any", "4", "6"]


class HostAddress(msgspec.Struct, frozen=True, kw_only=True):
    """A name that is not looked up, and the addresses that it has instead.

    ``host`` is empty for the host of the request's own address, and ``*`` for every host; ``port`` 0 means every port.
    """

    host: str = ""
    port: int = 0
    addresses: tuple[str, ...] = ()


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """How the server is reached, with which limits and timeouts.

    ``None`` switches a limit off; sizes are bytes, times seconds. ``max_redirects`` 0 follows none. With
    ``unix_socket``, a path, there is no name to look up, no TCP and no proxy.
    """

    open_timeout_s: float | None = DEFAULT_OPEN_TIMEOUT_S
    close_timeout_s: float = DEFAULT_CLOSE_TIMEOUT_S
    max_message_bytes: int | None = DEFAULT_MAX_MESSAGE_BYTES
    ping_interval_s: float | None = DEFAULT_PING_INTERVAL_S
    pong_timeout_s: float | None = DEFAULT_PONG_TIMEOUT_S
    compression: bool = True
    ip_version: IpVersion = "any"
    resolve: tuple[HostAddress, ...] = ()
    unix_socket: str = ""
    max_redirects: int = 0


class Proxy(msgspec.Struct, frozen=True, kw_only=True):
    """Through whom the server is reached.

    ``system`` takes what the environment's variables say, and on Windows and macOS the system's settings behind them.
    ``remote_names`` lets a SOCKS proxy look the server's name up (SOCKS 4 becomes 4a); an HTTP proxy always does.
    ``bypass`` has hosts that are reached without it, spelled as in ``NO_PROXY``.
    """

    mode: ProxyMode = "system"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    remote_names: bool = True
    bypass: tuple[str, ...] = ()

    def __repr__(self) -> str:
        password = "(hidden)" if self.password else ""
        return (
            f"Proxy(mode={self.mode!r}, host={self.host!r}, port={self.port!r}, user={self.user!r}, "
            f"password={password!r}, remote_names={self.remote_names!r}, bypass={self.bypass!r})"
        )


class Tls(msgspec.Struct, frozen=True, kw_only=True):
    """How a server's certificate is checked, and which one is shown to it.

    ``ca_file`` is trusted besides the operating system's store. ``client_certificate`` is a PEM file that may hold its
    key too; else ``client_key`` does. Empty means none.
    """

    verify: bool = True
    ca_file: str = ""
    client_certificate: str = ""
    client_key: str = ""
    client_key_password: str = ""

    def __repr__(self) -> str:
        password = "(hidden)" if self.client_key_password else ""
        return (
            f"Tls(verify={self.verify!r}, ca_file={self.ca_file!r}, client_certificate={self.client_certificate!r}, "
            f"client_key={self.client_key!r}, client_key_password={password!r})"
        )


class ConnectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one connection attempt needs. ``url`` is as typed; the engine parses it.

    ``removed_headers`` names headers that the program sends by itself, such as Host and User-Agent, and is not to send.
    """

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    removed_headers: tuple[str, ...] = ()
    subprotocols: tuple[str, ...] = ()
    network: Network = Network()
    tls: Tls = Tls()
    proxy: Proxy = Proxy()
