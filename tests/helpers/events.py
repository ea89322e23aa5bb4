"""Hypothesis strategies for events and session heads, for round trips through files and stores."""

from __future__ import annotations

from hypothesis import strategies as st

from wireyard.domain.event import Attempt, Closed, Control, Event, Failed, Message, MessageRun, Note, Opened, Step
from wireyard.domain.failure import Answer, Certificate, Chain, Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo

TEXT = st.text(max_size=40)
NS = st.integers(0, 2**62)
TS_NS = st.integers(0, 9 * 10**18)
COUNT = st.integers(0, 2**40)
MS = st.floats(0, 1e9)
HEADERS = st.lists(st.tuples(TEXT, TEXT), max_size=4).map(tuple)
PAYLOAD = st.binary(max_size=200) | st.text(max_size=100).map(str.encode)
DIRECTION = st.sampled_from(Direction)
TIMES = {"ts_ns": TS_NS, "mono_ns": NS}

MESSAGES = st.builds(
    Message,
    **TIMES,
    direction=DIRECTION,
    opcode=st.sampled_from([Opcode.TEXT, Opcode.BINARY]),
    payload=PAYLOAD,
    wire_bytes=COUNT,
    fragments=st.integers(1, 1000),
    rsv1=st.booleans(),
    state=st.sampled_from(["sent", "failed"]),
    fault=TEXT,
    note=TEXT,
)
CONTROLS = st.builds(
    Control,
    **TIMES,
    direction=DIRECTION,
    opcode=st.sampled_from([Opcode.CLOSE, Opcode.PING, Opcode.PONG]),
    payload=st.binary(max_size=125),
    wire_bytes=COUNT,
    auto=st.booleans(),
)
STEPS = st.builds(
    Step,
    **TIMES,
    name=st.sampled_from(["resolve", "tcp", "proxy", "tls", "upgrade"]),
    ok=st.booleans(),
    ms=MS,
    detail=TEXT,
    attempts=st.lists(st.builds(Attempt, address=TEXT, ms=MS, error=TEXT), max_size=3).map(tuple),
)
CERTIFICATES = st.builds(
    Certificate,
    names=st.lists(TEXT, max_size=3).map(tuple),
    subject=TEXT,
    issuer=TEXT,
    not_before=st.integers(-(2**40), 2**40),
    not_after=st.integers(-(2**40), 2**40),
    sha256=TEXT,
)
CHAINS = st.builds(Chain, certificates=st.lists(CERTIFICATES, max_size=3).map(tuple), is_leaf_only=st.booleans())
OPENED = st.builds(
    Opened,
    **TIMES,
    url=TEXT,
    request_target=TEXT,
    request_headers=HEADERS,
    status=st.integers(100, 599),
    reason=TEXT,
    headers=HEADERS,
    subprotocol=TEXT,
    extensions=TEXT,
    peer=TEXT,
    tls_version=TEXT,
    tls_verified=st.booleans(),
    ms=MS,
    tls_pinned=st.booleans(),
    alpn=TEXT,
    chain=st.none() | CHAINS,
)
CLOSED = st.builds(
    Closed,
    **TIMES,
    by=st.sampled_from(["us", "server", "nobody"]),
    code=st.integers(0, 65535),
    reason=TEXT,
    clean=st.booleans(),
    open_s=MS,
    cause=TEXT,
)
ANSWERS = st.builds(Answer, status=COUNT, reason=TEXT, headers=HEADERS, body=PAYLOAD, raw=PAYLOAD)
FAILURES = st.builds(
    Failure,
    code=st.sampled_from(["bad_address", "status", "tls_expired", "lost", "storage"]),
    step=st.sampled_from(["address", "tcp", "tls", "upgrade", "open", "storage"]),
    technical=TEXT,
    facts=st.dictionaries(TEXT, TEXT, max_size=3),
    answer=st.none() | ANSWERS,
    certificate=st.none() | CERTIFICATES,
    chain=st.none() | CHAINS,
)
FAILED = st.builds(Failed, **TIMES, failure=FAILURES)
NOTES = st.builds(
    Note,
    **TIMES,
    text=TEXT,
    topic=st.sampled_from(["", "divider", "reconnect", "no_subprotocol", "no_pongs"]),
    attempt=st.integers(0, 1000),
    attempts=st.integers(0, 1000),
)

EVENTS: st.SearchStrategy[Event] = MESSAGES | CONTROLS | STEPS | OPENED | CLOSED | FAILED | NOTES
INFOS = st.builds(
    SessionInfo,
    id=TEXT,
    url=TEXT,
    created_ts_ns=TS_NS.filter(bool),
    name=TEXT,
    subprotocols=st.lists(TEXT, max_size=3).map(tuple),
    app_version=TEXT,
)


def run_of(payloads: list[bytes], ts_ns: int = 1, mono_ns: int = 1, opcode: Opcode = Opcode.TEXT) -> MessageRun:
    """Put payloads together as the engine does when they arrive in one read."""
    chunk = b"".join(payloads)
    spans: list[int] = []
    at = 0
    for payload in payloads:
        spans.append(at << 32 | len(payload))
        at += len(payload)
    return MessageRun(ts_ns=ts_ns, mono_ns=mono_ns, opcode=opcode, chunk=chunk, spans=spans)
