"""Colour runs: which stretch of a shown text plays which part, without naming a colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Role = Literal["key", "string", "number", "literal", "punct", "text", "invisible", "variable"]

# A stretch of text: start and length in characters (code points, not UTF-16 units), and its role. Text that no run
# covers has the role "text". Runs are in order and never overlap.
Run = tuple[int, int, Role]
Runs = tuple[Run, ...]


def overlay(runs: Iterable[Run], marks: Iterable[tuple[int, int]], role: Role = "invisible") -> Runs:
    """Lay marks (start, length) of one role over runs, cutting what lies beneath. Both must be in order."""
    out: list[Run] = []
    under = list(runs)
    i = 0
    for start, length in marks:
        end = start + length
        while i < len(under) and under[i][0] + under[i][1] <= start:
            out.append(under[i])
            i += 1
        while i < len(under) and under[i][0] < end:
            run_start, run_length, run_role = under[i]
            if run_start < start:
                out.append((run_start, start - run_start, run_role))
            run_end = run_start + run_length
            if run_end > end:
                under[i] = (end, run_end - end, run_role)
                break
            i += 1
        out.append((start, length, role))
    out.extend(under[i:])
    return tuple(out)
