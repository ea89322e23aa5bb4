"""Which row of before is which row now, so that one added, removed, moved or changed row touches its own lines only."""

from __future__ import annotations

import bisect
import difflib
import json
from typing import Any, Final

_MAX_COMPARED: Final = 1_000_000


def align_rows(old: list[Any], new: list[Any]) -> list[int | None]:
    """For each new row the index of the old one it was, or None.

    Equal rows are the same, then those of the same name; then one in the same place, when no row came or went or when
    something in it is the same.
    """
    before, after = [_identity(row) for row in old], [_identity(row) for row in new]
    pairs: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    _pair_in_order(before, after, pairs, free)
    _pair_by(before, after, pairs, free)
    _pair_by([_name(row) for row in old], [_name(row) for row in new], pairs, free)
    for index, row in enumerate(new):
        place = _expected(pairs, index)
        if pairs[index] is None and place in free and (len(old) == len(new) or _is_like(old[place], row)):
            pairs[index] = place
            free.discard(place)
    return pairs


def align_keys(old: dict[str, Any], new: dict[str, Any]) -> list[int | None]:
    """The same for named rows. One that has another name and the same value in the same place was renamed."""
    names, values = list(old), list(old.values())
    pairs: list[int | None] = [names.index(key) if key in old else None for key in new]
    for index, (key, value) in enumerate(new.items()):
        place = _expected(pairs, index)
        if key not in old and place < len(names) and names[place] not in new and values[place] == value:
            pairs[index] = place
    return pairs


def staying(pairs: list[int | None]) -> set[int]:
    """The new rows that may stay where their old ones are, as many as can: a longest rising run."""
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for index, place in enumerate(pairs):
        if place is None:
            continue
        at = bisect.bisect_left(ends, place)
        before[index] = last[at - 1] if at else None
        ends[at : at + 1], last[at : at + 1] = [place], [index]
    chosen: set[int] = set()
    index = last[-1] if last else None
    while index is not None:
        chosen.add(index)
        index = before[index]
    return chosen


def _pair_in_order(before: list[str], after: list[str], pairs: list[int | None], free: set[int]) -> None:
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        pairs[start] = start
        free.discard(start)
        start += 1
    if (len(before) - start) * (len(after) - start) > _MAX_COMPARED:
        return
    matcher = difflib.SequenceMatcher(None, before[start:], after[start:], autojunk=False)
    for first, second, size in matcher.get_matching_blocks():
        for step in range(size):
            pairs[start + second + step] = start + first + step
            free.discard(start + first + step)


def _pair_by(before: list[str], after: list[str], pairs: list[int | None], free: set[int]) -> None:
    known: dict[str, list[int]] = {}
    for place in sorted(free, reverse=True):
        if before[place]:
            known.setdefault(before[place], []).append(place)
    for index, key in enumerate(after):
        if pairs[index] is None and known.get(key):
            pairs[index] = known[key].pop()
            free.discard(pairs[index] or 0)


def _expected(pairs: list[int | None], index: int) -> int:
    """The place that an old row of this one would have, had nothing moved."""
    previous = pairs[index - 1] if index else -1
    return -1 if previous is None else previous + 1


def _identity(row: Any) -> str:
    return json.dumps(row, sort_keys=True)


def _name(row: Any) -> str:
    return str(row.get("name", "")) if isinstance(row, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def _is_like(old: Any, new: Any) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return True
    return any(isinstance(value, str) and len(value) > 1 and new.get(key) == value for key, value in old.items())  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportUnknownArgumentType]
