"""permessage-deflate (RFC 7692) as the library does it, except that very large messages are sent as they are.

Compressing holds the event loop: 16 MB take half a second. The extension lets a sender leave any message uncompressed
(RFC 7692 section 6), so a large one does not freeze a window.
"""

from __future__ import annotations

from collections.abc import Sequence

from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Frame
from websockets.typing import ExtensionParameter

MAX_COMPRESSED_SEND_BYTES = 1024 * 1024


class BoundedDeflate(PerMessageDeflate):
    """Leaves messages above `MAX_COMPRESSED_SEND_BYTES` uncompressed. Only for senders that never fragment."""

    def encode(self, frame: Frame) -> Frame:
        """Compress an outgoing frame, unless it is too large to do so without being felt."""
        if len(frame.data) > MAX_COMPRESSED_SEND_BYTES:
            return frame
        return super().encode(frame)


class BoundedDeflateFactory(ClientPerMessageDeflateFactory):
    """Offers the extension with the library's parameters and answers with `BoundedDeflate`."""

    def __init__(self) -> None:
        # The offer of browsers and of the library: any window size, memLevel 5 for less memory per connection.
        super().__init__(client_max_window_bits=True, compress_settings={"memLevel": 5})

    def process_response_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> PerMessageDeflate:
        """Check the server's parameters as the library does."""
        agreed = super().process_response_params(params, accepted_extensions)
        return BoundedDeflate(
            agreed.remote_no_context_takeover,
            agreed.local_no_context_takeover,
            agreed.remote_max_window_bits,
            agreed.local_max_window_bits,
            agreed.compress_settings,
        )
