"""On what terms a tab connects: the settings' defaults, and what was changed for this tab as a failure's remedy."""

from __future__ import annotations

from typing import Any

from msgspec.structs import fields, replace

from wireyard.domain.request import ConnectRequest, Network, Tls
from wireyard.engine.address import parse_address
from wireyard.engine.errors import AddressError

_Server = tuple[str, int]


class ConnectTerms:
    """Makes requests, and learns from those that a remedy changed.

    A certificate's check is skipped only for the server for which somebody said so; another address is checked again.
    """

    def __init__(self, *, unverified_url: str = "") -> None:
        self._subprotocols: tuple[str, ...] = ()
        self._network: dict[str, Any] = {}
        self._unverified = _server(unverified_url) if unverified_url else None

    def skips_check(self, url: str) -> bool:
        """Whether the certificate of this address is not checked."""
        return self._unverified is not None and _server(url) == self._unverified

    def request(self, url: str, defaults: Network) -> ConnectRequest:
        """What to connect with."""
        return ConnectRequest(
            url=url,
            subprotocols=self._subprotocols,
            network=replace(defaults, **self._network),
            tls=Tls(verify=not self.skips_check(url)),
        )

    def adopt(self, changed: ConnectRequest, before: ConnectRequest) -> None:
        """Keep for later attempts what a remedy changed; the rest goes on to follow the settings."""
        self._subprotocols = changed.subprotocols
        if before.tls.verify and not changed.tls.verify:
            self._unverified = _server(changed.url)
        for field in fields(Network):
            value = getattr(changed.network, field.name)
            if value != getattr(before.network, field.name):
                self._network[field.name] = value


def _server(url: str) -> _Server | None:
    try:
        address = parse_address(url)
    except AddressError:
        return None
    return address.host, address.port
