"""Pings and pongs become round-trip times."""

from __future__ import annotations

from wireyard.domain.event import Control
from wireyard.domain.frame import Direction, Opcode
from wireyard.session.roundtrips import RoundTrips


def frame(opcode: Opcode, direction: Direction, payload: bytes, ms: float) -> Control:
    mono_ns = int(ms * 1e6)
    return Control(ts_ns=0, mono_ns=mono_ns, direction=direction, opcode=opcode, payload=payload, wire_bytes=6)


def fed(*frames: tuple[str, bytes, float]) -> RoundTrips:
    trips = RoundTrips()
    for name, payload, ms in frames:
        if name == "ping":
            trips.take(frame(Opcode.PING, Direction.SENT, payload, ms))
        else:
            trips.take(frame(Opcode.PONG, Direction.RECEIVED, payload, ms))
    return trips


def test_before_the_first_pong_there_is_nothing() -> None:
    assert fed(("ping", b"1", 0)).summary() is None


def test_a_pong_pairs_with_its_ping() -> None:
    summary = fed(("ping", b"1", 0), ("ping", b"2", 10), ("pong", b"1", 23), ("pong", b"2", 24)).summary()
    assert summary is not None
    assert (summary.last_ms, summary.min_ms, summary.median_ms, summary.count) == (14, 14, 18.5, 2)


def test_a_pong_may_skip_pings() -> None:
    summary = fed(("ping", b"1", 0), ("ping", b"2", 10), ("pong", b"2", 15), ("pong", b"1", 99)).summary()
    assert summary is not None
    assert (summary.last_ms, summary.count) == (5, 1)


def test_a_pong_that_nobody_asked_for_counts_for_nothing() -> None:
    assert fed(("pong", b"", 1)).summary() is None


def test_the_servers_pings_count_for_nothing() -> None:
    trips = RoundTrips()
    trips.take(frame(Opcode.PING, Direction.RECEIVED, b"", 0))
    trips.take(frame(Opcode.PONG, Direction.SENT, b"", 1))
    assert trips.summary() is None


def test_the_95th_percentile_is_near_the_top() -> None:
    frames: list[tuple[str, bytes, float]] = []
    for number in range(100):
        payload = str(number).encode()
        frames += [("ping", payload, number * 1000), ("pong", payload, number * 1000 + number + 1)]
    summary = fed(*frames).summary()
    assert summary is not None
    assert (summary.min_ms, summary.p95_ms, summary.last_ms) == (1, 96, 100)
