"""The timeline's cases, each in a process of its own, as figures."""

from __future__ import annotations

from collections.abc import Callable

from cases import Sizes
from figures import Figure
from processes import timeline_case


def append(sizes: Sizes) -> list[Figure]:
    """A batch of 200 rows at several lengths; selecting all at the longest."""
    counts = sizes.timeline_counts
    found = timeline_case("append", sizes=",".join(map(str, counts)))
    first, last = found[f"append_{counts[0]}_ms"], found[f"append_{counts[-1]}_ms"]
    all_ms = found[f"select_all_{counts[-1]}_ms"]
    return [
        Figure(
            f"append 200 rows at {counts[-1]:,}",
            f"{last:.2f} ms",
            f"at {counts[0]:,}: {first:.2f} ms",
            f"{last / first:.2f}",
            "≤ 1.2",
            last / first <= 1.2,
        ),
        Figure(f"select all at {counts[-1]:,}", f"{all_ms:.1f} ms", "–", "–", "≤ 50 ms", all_ms <= 50),
    ]


def open_(sizes: Sizes) -> list[Figure]:
    """Opening a long recording against a short one; then jumps to anywhere in it."""
    short, long = 1_000, sizes.open_count
    found = timeline_case("open", sizes=f"{short},{long}", jumps=sizes.jumps)
    ratio, p99 = found["open_ratio"], found["jump_p99_ms"]
    return [
        Figure(
            f"open {long:,} messages",
            f"{found[f'open_{long}_ms']:.1f} ms",
            f"{short:,} messages: {found[f'open_{short}_ms']:.1f} ms",
            f"{ratio:.2f}",
            "≤ 1.5",
            ratio <= 1.5,
        ),
        Figure(f"{sizes.jumps:,} random jumps, p99", f"{p99:.1f} ms", "–", "–", "≤ 16 ms", p99 <= 16),
    ]


CASES: dict[str, Callable[[Sizes], list[Figure]]] = {"append": append, "open": open_}
