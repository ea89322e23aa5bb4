"""The library's client protocol with a tap on it: every frame each way, and every reason to fail, is seen here.

Overrides ``recv_frame`` and ``send_frame``, which the library does not promise to keep: tests hold it to them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal

from websockets.client import ClientProtocol
from websockets.datastructures import Headers
from websockets.extensions import Extension
from websockets.frames import CTRL_OPCODES, CloseCode, Frame, Opcode
from websockets.typing import Subprotocol
from websockets.uri import WebSocketURI

from wireyard.domain.request import Network
from wireyard.engine.address import Address
from wireyard.engine.deflate import BoundedDeflateFactory
from wireyard.engine.tap import Tap

# The library logs headers and payloads, which hold secrets: it gets a logger that says nothing to anybody.
_SILENT = logging.getLogger("wireyard.engine.wire")
_SILENT.setLevel(logging.CRITICAL + 1)
_SILENT.propagate = False
_SILENT.disabled = True

_USUAL = Network()
Negotiation = Literal["", "extension", "subprotocol"]


class WireProtocol(ClientProtocol):
    """One connection's frames; ``on_broken(code)`` is called before a close frame for a broken rule is sent."""

    def __init__(
        self,
        address: Address,
        tap: Tap,
        *,
        subprotocols: tuple[str, ...] = (),
        network: Network = _USUAL,
    ) -> None:
        path, _, query = address.target.partition("?")
        self.deflate = BoundedDeflateFactory(network) if network.compression else None
        super().__init__(
            WebSocketURI(address.secure, address.host, address.port, path, query),
            extensions=[self.deflate] if self.deflate else None,
            subprotocols=[Subprotocol(name) for name in subprotocols] or None,
            max_size=network.max_message_bytes,
            logger=_SILENT,
        )
        self.tap = tap
        self.on_broken: Callable[[int, str], None] = _ignore
        # What of the answer was being checked when it failed.
        self.negotiating: Negotiation = ""
        # Frames that nobody asked for: pongs, keepalive pings, close frames in reply.
        self.sends_auto = True
        self._answers_pings = network.auto_pong

    def process_extensions(self, headers: Headers) -> list[Extension]:
        """Remember that a failure from here on is about extensions."""
        self.negotiating = "extension"
        accepted = super().process_extensions(headers)
        self.negotiating = ""
        return accepted

    def process_subprotocol(self, headers: Headers) -> Subprotocol | None:
        """Remember that a failure from here on is about the subprotocol."""
        self.negotiating = "subprotocol"
        chosen = super().process_subprotocol(headers)
        self.negotiating = ""
        return chosen

    def recv_frame(self, frame: Frame) -> None:
        """See a frame: a control frame before the library answers it, a data frame after it is accepted."""
        is_control = frame.opcode in CTRL_OPCODES
        if is_control:
            self.tap.control_received(frame)
        if frame.opcode == Opcode.PING and not self._answers_pings:
            return
        super().recv_frame(frame)
        self.events.clear()
        if not is_control:
            self.tap.data_received(frame)

    def send_frame(self, frame: Frame) -> None:
        """See what was put on the wire, as it was put there."""
        super().send_frame(frame)
        self.tap.frame_sent(frame, self.writes[-1], auto=self.sends_auto)

    def fail(self, code: CloseCode | int, reason: str = "") -> None:
        """See why the library fails the connection, before it says so to the other side."""
        if code != CloseCode.ABNORMAL_CLOSURE:
            self.on_broken(int(code), reason)
        super().fail(code, reason)

    def give_up(self, code: int, reason: str) -> None:
        """Fail the connection for a reason of ours that is no broken rule."""
        super().fail(code, reason)


def _ignore(code: int, reason: str) -> None:
    """Stand in until somebody listens."""
