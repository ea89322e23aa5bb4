"""permessage-deflate (RFC 7692) as the library does it, except that very large messages are sent as they are.

Compressing holds the event loop: 16 MB take half a second. The extension lets a sender leave any message uncompressed
(RFC 7692 section 6), so a large one does not freeze a window.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from websockets.exceptions import NegotiationError
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Frame
from websockets.typing import ExtensionParameter

from wireyard.domain.request import Network

MAX_COMPRESSED_SEND_BYTES = 1024 * 1024
# zlib has no raw compressor with a window of 8 bits, and makes one of 9 of it.
MIN_WINDOW_BITS = 9

Objection = Literal["", "client_bits_8", "client_bits", "server_bits", "server_takeover", "parameter"]


class BoundedDeflate(PerMessageDeflate):
    """Leaves messages above `MAX_COMPRESSED_SEND_BYTES` uncompressed. Only for senders that never fragment."""

    def encode(self, frame: Frame) -> Frame:
        """Compress an outgoing frame, unless it is too large to do so without being felt."""
        if len(frame.data) > MAX_COMPRESSED_SEND_BYTES:
            return frame
        return super().encode(frame)


class BoundedDeflateFactory(ClientPerMessageDeflateFactory):
    """Offers the extension as the request wants it and answers with `BoundedDeflate`.

    ``objection`` names what was wrong with the server's answer: the library only says that it can't be taken.
    """

    def __init__(self, network: Network) -> None:
        # By default the offer of browsers and of the library: any window size. memLevel 5 takes less memory.
        super().__init__(
            server_no_context_takeover=not network.server_context_takeover,
            client_no_context_takeover=not network.client_context_takeover,
            server_max_window_bits=network.server_window_bits,
            client_max_window_bits=network.client_window_bits or True,
            compress_settings={"memLevel": 5},
        )
        self.objection: Objection = ""

    def process_response_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> PerMessageDeflate:
        """Check the server's parameters as the library does."""
        try:
            agreed = super().process_response_params(params, accepted_extensions)
        except NegotiationError:
            self.objection = self._object(dict(params))
            raise
        return BoundedDeflate(
            agreed.remote_no_context_takeover,
            agreed.local_no_context_takeover,
            # A server that says 8 may well use 9; a larger window reads both.
            max(agreed.remote_max_window_bits, MIN_WINDOW_BITS),
            agreed.local_max_window_bits,
            agreed.compress_settings,
        )

    def _object(self, answered: dict[str, str | None]) -> Objection:
        client_bits, server_bits = answered.get("client_max_window_bits"), answered.get("server_max_window_bits")
        if client_bits == "8":
            return "client_bits_8"
        if _is_more(client_bits, self.client_max_window_bits):
            return "client_bits"
        if self.server_max_window_bits and (server_bits is None or _is_more(server_bits, self.server_max_window_bits)):
            return "server_bits"
        if self.server_no_context_takeover and "server_no_context_takeover" not in answered:
            return "server_takeover"
        return "parameter"


def _is_more(answered: str | None, offered: int | None) -> bool:
    """Whether a larger window was answered than offered; an offer without a number (True) has room for any."""
    return answered is not None and answered.isdigit() and type(offered) is int and int(answered) > offered
