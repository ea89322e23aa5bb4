"""What a person wants to connect to: an address and how to reach it."""

from __future__ import annotations

from typing import Literal

import msgspec

from wireyard.domain.auth import Login
from wireyard.domain.failure import FailureCode
from wireyard.domain.ports import CookieJar

DEFAULT_OPEN_TIMEOUT_S = 10.0
DEFAULT_CLOSE_TIMEOUT_S = 5.0
DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024
DEFAULT_PING_INTERVAL_S = 20.0
DEFAULT_PONG_TIMEOUT_S = 20.0
DEFAULT_WAITING_BYTES = 32 * 1024 * 1024
# What browsers offer for WebSocket: without it some front ends speak HTTP/2.
DEFAULT_ALPN = ("http/1.1",)

TlsVersion = Literal["1.2", "1.3"]

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

    With ``compression`` permessage-deflate is offered (RFC 7692): with windows of 9 to 15 bits or, by None, of any
    size, and with or without what was sent before being used for what is sent next, each way. ``ping_payload`` is that
    of the pings that keep the connection open, None for four random bytes. Without ``auto_pong`` pings of the server
    stay unanswered. The socket is not read while ``waiting_bytes`` wait for the disk. Without ``cookies`` none of a jar
    are sent, and none are kept in it.
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
    server_window_bits: int | None = None
    client_window_bits: int | None = None
    server_context_takeover: bool = True
    client_context_takeover: bool = True
    ping_payload: bytes | None = None
    auto_pong: bool = True
    waiting_bytes: int = DEFAULT_WAITING_BYTES
    cookies: bool = True


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


class Reconnect(msgspec.Struct, frozen=True, kw_only=True):
    """Whether, and how patiently, a connection that was lost is made again.

    ``attempts`` in a row, 0 for none, None without end: a connection that stays open starts the count anew. The first
    one waits ``first_delay_s``, each further one ``factor`` times as long, at most ``max_delay_s``, and each give or
    take ``jitter``, a share, so that not all clients of a server that comes back knock at once.

    Which ends count: closes with one of ``close_codes`` (1006 is no close frame at all); attempts that failed by one of
    ``failures``, refused upgrades (``status``) only with one of ``statuses``. An attempt that was never open, not even
    before, is only repeated with ``from_start``.
    """

    attempts: int | None = 0
    first_delay_s: float = 0.5
    factor: float = 2.0
    max_delay_s: float = 30.0
    jitter: float = 0.2
    close_codes: tuple[int, ...] = (1001, 1006, 1011, 1012, 1013, 1014)
    failures: tuple[FailureCode, ...] = (
        "name_not_found",
        "name_lookup_failed",
        "refused",
        "unreachable",
        "reset",
        "timeout",
        "no_answer",
        "status",
    )
    statuses: tuple[int, ...] = (408, 425, 429, 500, 502, 503, 504)
    from_start: bool = False


class Tls(msgspec.Struct, frozen=True, kw_only=True):
    """How a server's certificate is checked, and which one is shown to it.

    ``ca_file`` is trusted besides the operating system's store. ``client_certificate`` is a PEM file that may hold its
    key too, else ``client_key`` does; or it is a PKCS#12 file (.p12, .pfx), which always holds both. Empty means none.

    ``pinned_sha256`` is the SHA-256 fingerprint of the one leaf certificate that is taken, in hex, with or without
    colons: anything else is refused, and nothing else is asked of that one. ``server_name`` stands in place of the
    address's host in the greeting (SNI) and in the check. ``alpn`` is what is offered, in order of preference.
    """

    verify: bool = True
    ca_file: str = ""
    client_certificate: str = ""
    client_key: str = ""
    client_key_password: str = ""
    pinned_sha256: str = ""
    server_name: str = ""
    minimum_version: TlsVersion = "1.2"
    alpn: tuple[str, ...] = DEFAULT_ALPN

    def __repr__(self) -> str:
        password = "(hidden)" if self.client_key_password else ""
        return (
            f"Tls(verify={self.verify!r}, ca_file={self.ca_file!r}, client_certificate={self.client_certificate!r}, "
            f"client_key={self.client_key!r}, client_key_password={password!r}, "
            f"pinned_sha256={self.pinned_sha256!r}, server_name={self.server_name!r}, "
            f"minimum_version={self.minimum_version!r}, alpn={self.alpn!r})"
        )


class ConnectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one connection attempt needs. ``url`` is as typed; the engine parses it.

    ``removed_headers`` names headers that the program sends by itself, such as Host and User-Agent, and is not to send.
    ``jar`` has the cookies, also of redirects and of what the server answers; None for none.
    ``login`` is how one signs in where that takes more than a header: the session sees to it, not the engine.
    """

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    removed_headers: tuple[str, ...] = ()
    subprotocols: tuple[str, ...] = ()
    network: Network = Network()
    tls: Tls = Tls()
    proxy: Proxy = Proxy()
    reconnect: Reconnect = Reconnect()
    jar: CookieJar | None = None
    login: Login | None = None
