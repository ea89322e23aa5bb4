"""For which servers a tab does not check the certificate: said for one address, and for no other."""

from __future__ import annotations

from msgspec.structs import replace

from wireyard.domain.request import ConnectRequest
from wireyard.engine.address import parse_address
from wireyard.engine.errors import AddressError

_Server = tuple[str, int]


class ConnectTerms:
    """What somebody allowed in this tab alone. It never gets into a file of the workspace."""

    def __init__(self, *, unverified_url: str = "") -> None:
        self._unverified = _server(unverified_url) if unverified_url else None

    def skips_check(self, url: str) -> bool:
        """Whether the certificate of this address is not checked."""
        return self._unverified is not None and _server(url) == self._unverified

    def skip_check(self, url: str) -> None:
        """Don't check the certificate of this address's server."""
        self._unverified = _server(url)

    def applied(self, request: ConnectRequest) -> ConnectRequest:
        """The request, on these terms."""
        if self.skips_check(request.url) and request.tls.verify:
            return replace(request, tls=replace(request.tls, verify=False))
        return request


def _server(url: str) -> _Server | None:
    try:
        address = parse_address(url)
    except AddressError:
        return None
    return address.host, address.port
