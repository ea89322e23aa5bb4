"""What happens in a session, in the order it happened: one frozen value for each kind of record.

Every event carries two times, both in nanoseconds: ``ts_ns``, the wall clock (UTC, since 1970), and ``mono_ns``,
a monotonic clock that orders events and gives durations. Payloads are always bytes, exactly as they were on the
wire after unmasking and inflating; nothing here is decoded text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from wireyard.domain.clock import Moment
from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.failure import Chain, Failure
from wireyard.domain.frame import Direction, Opcode, server_frame_overhead

Headers = tuple[tuple[str, str], ...]
StepName = Literal["auth", "resolve", "tcp", "proxy", "tls", "upgrade"]
MessageState = Literal["sent", "failed"]
ClosedBy = Literal["us", "server", "nobody"]
NoteTopic = Literal["", "divider", "reconnect", "no_subprotocol", "no_pongs", "mark", "cookies"]


class _Event(msgspec.Struct, frozen=True, kw_only=True):
    ts_ns: int
    mono_ns: int


class Message(_Event, frozen=True, kw_only=True):
    """One data message, put together from its fragments.

    ``wire_bytes`` counts the bytes of all its frames with their headers, as they crossed the connection.
    ``fault`` names what was wrong with a received message that broke the protocol; its payload is then what had
    arrived. ``state`` is ``failed`` for a message that was to be sent and was not; ``note`` then says why.
    """

    direction: Direction
    opcode: Opcode
    payload: bytes
    wire_bytes: int
    fragments: int = 1
    rsv1: bool = False
    state: MessageState = "sent"
    fault: str = ""
    note: str = ""

    @classmethod
    def not_sent(cls, moment: Moment, opcode: Opcode, payload: bytes, why: str) -> Message:
        """The row of a message that was to be sent at this moment and was not."""
        return cls(
            ts_ns=moment.ts_ns,
            mono_ns=moment.mono_ns,
            direction=Direction.SENT,
            opcode=opcode,
            payload=payload,
            wire_bytes=0,
            state="failed",
            note=why,
        )


class MessageRun(_Event, frozen=True, kw_only=True):
    """Received messages of one opcode that arrived whole, unfragmented and uncompressed, in one read of the socket.

    A flood would otherwise cost one object a message. ``spans`` holds ``start << 32 | size`` for each payload inside
    ``chunk``. Iterating gives each as a `Message`.
    """

    opcode: Opcode
    chunk: bytes
    spans: list[int]

    def __len__(self) -> int:
        return len(self.spans)

    def __iter__(self) -> Iterator[Message]:
        for span in self.spans:
            start, size = span >> 32, span & 0xFFFFFFFF
            yield Message(
                ts_ns=self.ts_ns,
                mono_ns=self.mono_ns,
                direction=Direction.RECEIVED,
                opcode=self.opcode,
                payload=self.chunk[start : start + size],
                wire_bytes=size + server_frame_overhead(size),
            )


class Control(_Event, frozen=True, kw_only=True):
    """One ping, pong or close frame. ``auto`` marks those the program sent without being asked."""

    direction: Direction
    opcode: Opcode
    payload: bytes
    wire_bytes: int
    auto: bool = False


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One address that was tried in the TCP step. ``error`` is empty when it connected."""

    address: str
    ms: float
    error: str = ""


class Step(_Event, frozen=True, kw_only=True):
    """One step of connecting, with its time and outcome (``ts_ns`` is when it ended)."""

    name: StepName
    ok: bool
    ms: float
    detail: str = ""
    attempts: tuple[Attempt, ...] = ()


class Opened(_Event, frozen=True, kw_only=True):
    """The opening handshake succeeded (RFC 6455 section 4).

    ``tls_verified`` is false where nothing was checked; a pinned certificate was. ``alpn`` is what the server chose of
    what was offered, and ``chain`` the certificates that it showed; both are empty without TLS and in older logs.
    ``cookies`` says what became of those that the server set.
    """

    url: str
    request_target: str
    request_headers: Headers
    status: int
    reason: str
    headers: Headers
    subprotocol: str = ""
    extensions: str = ""
    peer: str = ""
    tls_version: str = ""
    tls_verified: bool = False
    ms: float = 0.0
    tls_pinned: bool = False
    alpn: str = ""
    chain: Chain | None = None
    cookies: tuple[CookieOutcome, ...] = ()


class Closed(_Event, frozen=True, kw_only=True):
    """The connection is over. ``code`` is 1005 or 1006 where no code was on the wire (RFC 6455 section 7.1.5).

    ``by`` says who sent the first close frame, ``nobody`` when the connection was lost. ``clean`` is true when a close
    frame went each way. ``cause`` says in words why, where the program knows more than the code.
    """

    by: ClosedBy
    code: int
    reason: str = ""
    clean: bool = False
    open_s: float = 0.0
    cause: str = ""


class Failed(_Event, frozen=True, kw_only=True):
    """Connecting failed, or an open connection was ended for breaking the rules."""

    failure: Failure


class Note(_Event, frozen=True, kw_only=True):
    """Something the program did that a reader of the log should know, such as pausing the socket.

    ``topic`` says what a few are about: where another connection begins (``divider``), that one will be tried or was
    given up (``reconnect``), that none of the subprotocols offered was chosen, that pings are not answered, what became
    of cookies, that a person marked this moment (``mark``; what they say of it is the mark's note). Of the first two,
    ``attempt`` counts automatic attempts, 0 for one by hand; ``attempts`` is 0 where there is no limit.
    """

    text: str
    topic: NoteTopic = ""
    attempt: int = 0
    attempts: int = 0


Event = Message | MessageRun | Control | Step | Opened | Closed | Failed | Note
