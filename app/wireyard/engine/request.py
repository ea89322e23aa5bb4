"""The upgrade request (RFC 6455 section 4.1): the library's headers, with what the person wrote in their place."""

from __future__ import annotations

import re

from websockets.datastructures import Headers
from websockets.http11 import Request
from websockets.typing import Subprotocol

import wireyard
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest
from wireyard.engine.address import Address
from wireyard.engine.cookies import with_cookies
from wireyard.engine.errors import EngineError
from wireyard.engine.header_text import has_control, is_latin_1
from wireyard.engine.wire import WireProtocol

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
USER_AGENT = f"Wireyard/{wireyard.__version__}"


class HeaderError(EngineError):
    """A header or subprotocol can't be sent as it is."""

    def __init__(self, header: str, fault: str) -> None:
        super().__init__(fault)
        self.header = header
        self.fault = fault

    @property
    def failure(self) -> Failure:
        """The same as data: facts ``header`` and ``fault``."""
        facts = {"header": self.header, "fault": self.fault}
        return Failure(code="bad_header", step="address", technical=self.fault, facts=facts)


def check_headers(request: ConnectRequest) -> None:
    """Raise `HeaderError` for what would break the request apart (RFC 9110 sections 5.1 and 5.5)."""
    for name, value in request.headers:
        if not _TOKEN.fullmatch(name):
            raise HeaderError(name, f"“{name}” can't be a header's name." if name else "A header has no name.")
        if has_control(value):
            raise HeaderError(name, f"The value of {name} has a line break or control character in it.")
        if not is_latin_1(value):
            raise HeaderError(name, f"The value of {name} has a character that headers can't carry.")
    if sum(name.lower() == "host" for name, _ in request.headers) > 1:
        # Servers have to refuse it (RFC 9112 section 3.2), and a proxy may see another one than the server.
        raise HeaderError("Host", "There are two Host headers: a request has one.")
    for name in request.subprotocols:
        if not _TOKEN.fullmatch(name):
            raise HeaderError("Sec-WebSocket-Protocol", f"“{name}” can't be a subprotocol's name.")


def build_request(protocol: WireProtocol, address: Address, request: ConnectRequest) -> Request:
    """Build the request: ours first, then the person's in their order, repeated names included, then a jar's cookies.

    A header of the person's own replaces ours of the same name, and one that is removed is not sent at all. Host goes
    first, whoever says it (RFC 9110 section 7.2).
    """
    written = with_cookies(request, address)
    own = {name.lower() for name, _ in written} | {name.lower() for name in request.removed_headers}
    upgrade = protocol.connect()
    ours = dict(upgrade.headers.raw_items()) | {"Host": address.host_header, "User-Agent": USER_AGENT}
    if address.authorization is not None:
        ours["Authorization"] = address.authorization
    headers = Headers()
    for name, value in written:
        if name.lower() == "host":
            headers.set_insecure(name, value.strip())
    for name, value in ours.items():
        if name.lower() not in own:
            headers.set_insecure(name, value)
    for name, value in written:
        if name.lower() != "host":
            headers.set_insecure(name, value.strip())
    _agree(protocol, headers)
    upgrade.headers = headers
    # The library's own target loses an empty query.
    upgrade.path = address.target
    return upgrade


def _agree(protocol: WireProtocol, headers: Headers) -> None:
    """Let the checks of the answer follow headers that the person wrote over ours."""
    keys = headers.get_all("Sec-WebSocket-Key")
    if len(keys) == 1:
        protocol.key = keys[0]
    offered = [name.strip() for line in headers.get_all("Sec-WebSocket-Protocol") for name in line.split(",")]
    protocol.available_subprotocols = [Subprotocol(name) for name in offered if name] or None
    if not any("permessage-deflate" in line for line in headers.get_all("Sec-WebSocket-Extensions")):
        protocol.available_extensions = None
