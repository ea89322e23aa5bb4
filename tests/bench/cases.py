"""The cases: what is run, how often, and how each figure is judged (docs/performance.md says what they mean)."""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from figures import Figure, median, percentile
from processes import Flood, drive, flood, reference

ROUNDS = 5
MIB = 1024 * 1024


@dataclasses.dataclass(frozen=True, slots=True)
class Sizes:
    """How much is done: the full sizes measure, the small ones only show that everything runs."""

    rounds: int = ROUNDS
    small_count: int = 200_000
    large_count: int = 20_000
    paced_s: int = 60
    memory_counts: tuple[int, ...] = (1_000_000, 3_000_000, 5_000_000)
    timeline_counts: tuple[int, ...] = (10_000, 1_000_000, 5_000_000)
    open_count: int = 1_000_000
    jumps: int = 1000
    round_trips: int = 500
    idle_s: int = 30
    requests: int = 1000


FULL = Sizes()
QUICK = Sizes(
    rounds=1,
    small_count=5_000,
    large_count=500,
    paced_s=2,
    memory_counts=(5_000, 10_000),
    timeline_counts=(2_000, 10_000, 20_000),
    open_count=10_000,
    jumps=50,
    round_trips=100,
    idle_s=2,
    requests=200,
)


def ingest(sizes: Sizes) -> list[Figure]:
    """A flood taken in, painted and stored, against a bare receive loop (200 B) and a plain file (10 KB)."""
    small, large = (sizes.small_count, 200), (sizes.large_count, 10 * 1024)
    with flood(small, large) as sender, tempfile.TemporaryDirectory() as folder:
        texts = [_round(sender, *small, "receive", Path(folder)) for _ in range(sizes.rounds)]
        big = [_round(sender, *large, "write", Path(folder)) for _ in range(sizes.rounds)]
    return [
        *_rates("ingest 200 B", texts, small, 2.0, "a bare receive loop"),
        *_rates("ingest 10 KB", big, large, 0.7, ""),
    ]


@dataclasses.dataclass(frozen=True, slots=True)
class _Round:
    ours: dict[str, Any]
    theirs_s: float
    drain_s: float
    is_equal: bool


def _round(sender: Flood, count: int, size: int, mode: str, folder: Path) -> _Round:
    ours = drive("ingest", port=sender.port, count=count, size=size)
    sent = sender.served()
    theirs = reference(mode, port=sender.port, count=count, size=size, folder=folder)
    if mode == "receive":
        sender.served()
    drained = reference("drain", port=sender.port, count=count, size=size)
    sender.served()
    is_equal = (ours["stored"], ours["sha256"]) == (sent["sent"], sent["sha256"])
    return _Round(ours, theirs["seconds"], drained["seconds"], is_equal)


def _rates(name: str, rounds: list[_Round], flooded: tuple[int, int], goal: float, loop: str) -> list[Figure]:
    count, size = flooded
    ratio = median([each.theirs_s / each.ours["seconds"] for each in rounds])
    ours_s = median([each.ours["seconds"] for each in rounds])
    theirs_s = median([each.theirs_s for each in rounds])
    # The sender alone must be at least three times as fast as a bare loop could take it.
    is_valid = not loop or median([each.theirs_s / each.drain_s for each in rounds]) >= 3
    is_equal = all(each.is_equal for each in rounds)
    note = "" if is_valid else "(invalid: the sender was too slow)"
    note += "" if is_equal else " (stored is not what was sent)"
    if loop:
        measured, held = f"{count / ours_s:,.0f} msg/s", f"{loop}: {count / theirs_s:,.0f} msg/s"
    else:
        volume = count * size / 1e6
        measured, held = f"{volume / ours_s:,.0f} MB/s", f"a plain file: {volume / theirs_s:,.0f} MB/s"
    p99 = median([each.ours["gap_p99_ms"] for each in rounds])
    most = max(each.ours["gap_max_ms"] for each in rounds)
    return [
        Figure(name, measured, held, f"{ratio:.2f}", f"≥ {goal:g}, stored = sent", ratio >= goal and is_equal, note),
        Figure(f"{name}, GUI gap p99", f"{p99:.0f} ms", "–", "–", "≤ 33 ms", p99 <= 33),
        Figure(f"{name}, GUI gap max", f"{most:.0f} ms", "–", "–", "≤ 100 ms", most <= 100),
    ]


def paced(sizes: Sizes) -> list[Figure]:
    """5,000 messages a second while a person scrolls, types and switches tabs."""
    count = 5000 * sizes.paced_s
    with flood() as sender:
        result = drive("paced", port=sender.port, count=count, size=300, rate=5000)
    p99, cpu = result["gap_p99_ms"], result["cpu_share"]
    stored = Figure("paced, stored", f"{result['stored']:,}", f"sent: {count:,}", "–", "=", result["stored"] == count)
    return [
        Figure(
            "paced, GUI gap p99",
            f"{p99:.1f} ms",
            "–",
            "–",
            "≤ 16 ms",
            p99 <= 16,
            f"(max {result['gap_max_ms']:.0f} ms)",
        ),
        Figure("paced, CPU", f"{cpu:.0%} of a core", "–", "–", "< 50 %", cpu < 0.5),
        stored,
    ]


def memory(sizes: Sizes) -> list[Figure]:
    """Memory above the idle window, after floods that are each longer than the one before."""
    counts = ",".join(map(str, sizes.memory_counts))
    with flood(*((count, 200) for count in sizes.memory_counts)) as sender:
        result = drive("memory", port=sender.port, counts=counts, size=200)
    return [
        Figure(
            f"memory, {count:,} messages",
            f"{above / MIB:.0f} MB above idle",
            f"idle: {result['idle'] / MIB:.0f} MB",
            "–",
            "≤ 60 MB, flat",
            above / MIB <= 60,
        )
        for count, above in result["marks"]
    ]


def rtt(sizes: Sizes) -> list[Figure]:
    """From send to the reply's arrival and to its commit, against the bare library's send and receive."""
    kinds = ("arrived", "committed")
    shares = ((0.5, "median"), (0.99, "p99"))
    ours: dict[tuple[str, float], list[float]] = {(kind, share): [] for kind in kinds for share, _ in shares}
    theirs: dict[float, list[float]] = {share: [] for share, _ in shares}
    with flood() as sender:
        for _ in range(sizes.rounds):
            taken = drive("rtt", port=sender.port, count=sizes.round_trips, size=64)
            held = reference("rtt", port=sender.port, count=sizes.round_trips, size=64)["seconds"]
            for share, _ in shares:
                theirs[share].append(percentile(held, share))
                for kind in kinds:
                    ours[kind, share].append(percentile(taken[kind], share))
    figures: list[Figure] = []
    for kind in kinds:
        for share, name in shares:
            values = ours[kind, share]
            ratio = median([a / b for a, b in zip(values, theirs[share], strict=True)])
            held_text = f"the bare library: {median(theirs[share]) * 1e6:.0f} µs"
            measured = f"{median(values) * 1e6:.0f} µs"
            figures.append(
                Figure(f"rtt, reply {kind}, {name}", measured, held_text, f"{ratio:.2f}", "≤ 1.5", ratio <= 1.5)
            )
    return figures


def idle(sizes: Sizes) -> list[Figure]:
    """Ten open connections that say nothing."""
    with flood() as sender:
        share = drive("idle", port=sender.port, count=10, seconds=sizes.idle_s)["cpu_share"]
    return [Figure("idle, 10 connections", f"{share:.2%} CPU", "–", "–", "< 0.5 %", share < 0.005)]


def start(sizes: Sizes) -> list[Figure]:
    """From the start of the process to the first painted window, warm."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(sizes.rounds + 1):
        began = time.monotonic()
        ours.append(drive("start")["painted"] - began)
        began = time.monotonic()
        theirs.append(reference("window")["painted"] - began)
    ours, theirs = ours[1:], theirs[1:]  # the first of each warms the file cache
    ratio = median([a / b for a, b in zip(ours, theirs, strict=True)])
    held = f"a bare window: {median(theirs) * 1000:.0f} ms"
    return [Figure("start", f"{median(ours) * 1000:.0f} ms", held, f"{ratio:.2f}", "≤ 1.6", ratio <= 1.6)]


CASES: dict[str, Callable[[Sizes], list[Figure]]] = {
    "ingest": ingest,
    "paced": paced,
    "memory": memory,
    "start": start,
    "rtt": rtt,
    "idle": idle,
}

if sys.platform == "win32":
    del CASES["memory"]  # resident memory is read from Linux's /proc
