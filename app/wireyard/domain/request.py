"""What a person wants to connect to: an address and how to reach it."""

from __future__ import annotations

import msgspec

DEFAULT_OPEN_TIMEOUT_S = 10.0
DEFAULT_CLOSE_TIMEOUT_S = 5.0
DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024
DEFAULT_PING_INTERVAL_S = 20.0
DEFAULT_PONG_TIMEOUT_S = 20.0


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Limits and timeouts of one connection. ``None`` switches a limit off; sizes are bytes, times seconds."""

    open_timeout_s: float | None = DEFAULT_OPEN_TIMEOUT_S
    close_timeout_s: float = DEFAULT_CLOSE_TIMEOUT_S
    max_message_bytes: int | None = DEFAULT_MAX_MESSAGE_BYTES
    ping_interval_s: float | None = DEFAULT_PING_INTERVAL_S
    pong_timeout_s: float | None = DEFAULT_PONG_TIMEOUT_S
    compression: bool = True


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
    """Everything that one connection attempt needs. ``url`` is as typed; the engine parses it."""

    url: str
    headers: tuple[tuple[str, str], ...] = ()
    subprotocols: tuple[str, ...] = ()
    network: Network = Network()
    tls: Tls = Tls()
