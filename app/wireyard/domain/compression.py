"""What permessage-deflate (RFC 7692) was agreed to be, and what it saved."""

from __future__ import annotations

import msgspec

from wireyard.domain.event import Headers, Opened

PERMESSAGE_DEFLATE = "permessage-deflate"
MAX_WINDOW_BITS = 15
Parameters = dict[str, str]


class Deflate(msgspec.Struct, frozen=True, kw_only=True):
    """The agreed parameters: of each side's compressor the window, and whether it goes on from the message before."""

    server_window_bits: int = MAX_WINDOW_BITS
    client_window_bits: int = MAX_WINDOW_BITS
    server_context_takeover: bool = True
    client_context_takeover: bool = True


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """One direction: messages that crossed compressed, their bytes, and those of their frames with their headers."""

    count: int = 0
    message_bytes: int = 0
    wire_bytes: int = 0

    def plus(self, count: int, message_bytes: int, wire_bytes: int) -> Saved:
        """The same with some messages more."""
        return Saved(
            count=self.count + count,
            message_bytes=self.message_bytes + message_bytes,
            wire_bytes=self.wire_bytes + wire_bytes,
        )


class Savings(msgspec.Struct, frozen=True, kw_only=True):
    """Both directions. Messages that crossed uncompressed saved nothing and are not counted."""

    sent: Saved = Saved()
    received: Saved = Saved()


def agreed_deflate(opened: Opened) -> Deflate | None:
    """What a handshake agreed on; None when the server took no permessage-deflate.

    Where the answer is silent about our own compressor, what we offered binds us all the same (RFC 7692 section 7.1).
    """
    answered = _parameters(opened.extensions)
    if answered is None:
        return None
    offered = _parameters(_joined(opened.request_headers)) or {}
    client = "client_no_context_takeover"
    return Deflate(
        server_window_bits=_bits(answered, "server_max_window_bits"),
        client_window_bits=min(_bits(answered, "client_max_window_bits"), _bits(offered, "client_max_window_bits")),
        server_context_takeover="server_no_context_takeover" not in answered,
        client_context_takeover=client not in answered and client not in offered,
    )


def _joined(headers: Headers) -> str:
    return ", ".join(value for name, value in headers if name.lower() == "sec-websocket-extensions")


def _parameters(extensions: str) -> Parameters | None:
    """The parameters of permessage-deflate in a header, where it is there."""
    for extension in extensions.split(","):
        name, *rest = (part.strip() for part in extension.split(";"))
        if name == PERMESSAGE_DEFLATE:
            pairs = (part.partition("=") for part in rest)
            return {key.strip(): value.strip().strip('"') for key, _, value in pairs}
    return None


def _bits(parameters: Parameters, name: str) -> int:
    value = parameters.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 3 else MAX_WINDOW_BITS
