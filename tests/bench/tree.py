"""A workspace of a thousand requests, through the store alone and in the window, as figures."""

from __future__ import annotations

from collections.abc import Callable

from cases import Sizes
from figures import Figure, median
from processes import drive, tree_case


def tree(sizes: Sizes) -> list[Figure]:
    """Opening and searching it, without an index and with one."""
    count = sizes.requests
    store = [tree_case("store", count=count) for _ in range(sizes.rounds)]
    window = [drive("tree", count=count) for _ in range(sizes.rounds)]
    is_whole = all(each["requests"] == count and each["is_same"] for each in store)
    read_ms = median([each["cold_scan_ms"] for each in store])
    glance_ms = median([each["warm_glance_ms"] for each in store])
    warm_ms = median([each["warm"]["rows_ms"] for each in window])
    cold_ms = median([each["cold"]["rows_ms"] for each in window])
    all_ms = median([each["cold"]["all_ms"] for each in window])
    gap_ms = max(each["cold"]["gap_max_ms"] for each in window)
    search_ms = median([max(each["search_ms"]) for each in window])
    note = "" if is_whole else "(not everything was read)"
    name = f"tree, {count:,} requests"
    names_alone, reading_alone = f"names: {glance_ms:.0f} ms", f"reading: {read_ms:.0f} ms"
    is_read = all_ms <= 5000 and is_whole
    return [
        Figure(f"{name}, usable, warm", f"{warm_ms:.0f} ms", names_alone, "–", "≤ 300 ms", warm_ms <= 300),
        Figure(f"{name}, first rows, cold", f"{cold_ms:.0f} ms", "–", "–", "≤ 300 ms", cold_ms <= 300),
        Figure(f"{name}, all, cold", f"{all_ms:.0f} ms", reading_alone, "–", "≤ 5 s, whole", is_read, note),
        Figure("tree, GUI gap max, cold", f"{gap_ms:.0f} ms", "–", "–", "≤ 100 ms", gap_ms <= 100),
        Figure("tree, search, slowest", f"{search_ms:.0f} ms", "–", "–", "≤ 50 ms", search_ms <= 50),
    ]


CASES: dict[str, Callable[[Sizes], list[Figure]]] = {"tree": tree}
