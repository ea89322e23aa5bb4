"""The records of a JSON Lines log, field for field, for the writer and the reader alike (docs/json-lines.md).

A field that a record does not need is left out. Payloads stand in ``text`` when they are valid UTF-8, which gives
them back byte for byte, and in ``b64`` otherwise; they are never parsed.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.event import Attempt, ClosedBy, Headers, NoteTopic, StepName
from wireyard.domain.failure import Certificate, Chain, FailureCode, FailureStep

VERSION = 1
Dir = Literal["send", "receive"]
# What a file says is checked when it is read: no number may be larger than a recording can hold.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Record(msgspec.Struct, kw_only=True, tag_field="kind"):
    """What every record has: its number in the session, when it was, and what was hidden in it.

    ``mark`` is the note of a row that a person marked, empty for a mark without one.
    """

    seq: Count | UnsetType = UNSET
    ts: str | UnsetType = UNSET
    mono_ns: Count | UnsetType = UNSET
    redacted: tuple[str, ...] | UnsetType = UNSET
    mark: str | UnsetType = UNSET


class SessionRecord(Record, kw_only=True, tag="session"):
    """The first line."""

    v: Count = VERSION
    id: str = ""
    url: str = ""
    name: str = ""
    subprotocols: tuple[str, ...] = ()
    app_version: str = ""
    request: str | UnsetType = UNSET
    label: str | UnsetType = UNSET
    secrets: tuple[str, ...] | UnsetType = UNSET


class MessageRecord(Record, kw_only=True, tag="message"):
    """One data message."""

    dir: Dir
    opcode: Literal[1, 2]
    len: Count | UnsetType = UNSET
    wire: Count | UnsetType = UNSET
    fragments: Count = 1
    rsv1: bool = False
    state: Literal["sent", "failed"] = "sent"
    text: str | UnsetType = UNSET
    b64: bytes | UnsetType = UNSET
    fault: str | UnsetType = UNSET
    note: str | UnsetType = UNSET


class ControlRecord(Record, kw_only=True, tag="control"):
    """One ping, pong or close frame."""

    dir: Dir
    opcode: Literal[8, 9, 10]
    len: Count | UnsetType = UNSET
    wire: Count | UnsetType = UNSET
    auto: bool = False
    text: str | UnsetType = UNSET
    b64: bytes | UnsetType = UNSET


class StepRecord(Record, kw_only=True, tag="step"):
    """One step of connecting."""

    name: StepName
    ok: bool
    ms: float = 0.0
    detail: str = ""
    attempts: tuple[Attempt, ...] | UnsetType = UNSET


class OpenRecord(Record, kw_only=True, tag="open"):
    """The opening handshake."""

    url: str = ""
    request_target: str = ""
    request_headers: Headers = ()
    status: Count = 101
    reason: str = ""
    headers: Headers = ()
    subprotocol: str = ""
    extensions: str = ""
    peer: str = ""
    tls_version: str = ""
    tls_verified: bool = False
    ms: float = 0.0
    tls_pinned: bool | UnsetType = UNSET
    alpn: str | UnsetType = UNSET
    chain: Chain | UnsetType = UNSET
    cookies: tuple[CookieOutcome, ...] | UnsetType = UNSET


class CloseRecord(Record, kw_only=True, tag="close"):
    """The end of the connection. Logs from elsewhere may tell ``dir`` in place of ``by``."""

    by: ClosedBy | UnsetType = UNSET
    dir: Dir | UnsetType = UNSET
    code: Count = 1005
    reason: str = ""
    clean: bool = False
    open_s: float = 0.0
    cause: str = ""


class AnswerRecord(msgspec.Struct, kw_only=True):
    """What a server answered to an upgrade that it refused; its body in ``text`` or ``b64``.

    ``packed_as`` names a coding, such as ``br``, in which the body still is.
    """

    status: Count
    reason: str = ""
    headers: Headers = ()
    text: str | UnsetType = UNSET
    b64: bytes | UnsetType = UNSET
    raw_b64: bytes | UnsetType = UNSET
    packed_as: str | UnsetType = UNSET


class ErrorRecord(Record, kw_only=True, tag="error"):
    """A failure, as data."""

    code: FailureCode
    step: FailureStep
    technical: str = ""
    facts: dict[str, str] = {}
    answer: AnswerRecord | UnsetType = UNSET
    certificate: Certificate | UnsetType = UNSET
    chain: Chain | UnsetType = UNSET
    cookies: tuple[CookieOutcome, ...] | UnsetType = UNSET


class NoteRecord(Record, kw_only=True, tag="note"):
    """Something a reader of the log should know."""

    text: str
    topic: NoteTopic | UnsetType = UNSET
    attempt: Count | UnsetType = UNSET
    attempts: Count | UnsetType = UNSET


AnyRecord = (
    SessionRecord | MessageRecord | ControlRecord | StepRecord | OpenRecord | CloseRecord | ErrorRecord | NoteRecord
)
