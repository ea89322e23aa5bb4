"""Which run of a line has which role, in the units that Qt counts."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from wireyard.formats.json_tokens import json_runs
from wireyard.formats.runs import Run, overlay
from wireyard.workspace.variables.template import references

_MOST_COLOURED = 4000
# Hebrew, Arabic and their neighbours: there only Qt knows which glyph goes where.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")


def is_right_to_left(text: str) -> bool:
    """Whether only Qt knows where each glyph of this line goes."""
    return _RIGHT_TO_LEFT.search(text) is not None


@functools.lru_cache(maxsize=400)
def colored_runs(text: str, *, is_json: bool = True) -> Sequence[Run]:
    """Runs that cover all of the text, in UTF-16 units, as Qt counts. Of a long line only the start is coloured."""
    covered: list[Run] = []
    is_wide = not text.isascii()
    done = 0
    rest: Run = (len(text), 0, "text")
    for start, length, role in (*_runs(text[:_MOST_COLOURED], is_json), rest):
        pieces: tuple[Run, Run] = ((done, start - done, "text"), (start, length, role))
        for first, size, token in pieces:
            if size > 0:
                begin = _units(text[:first]) if is_wide else first
                units = _units(text[first : first + size]) if is_wide else size
                covered.append((begin, units, token))
        done = start + length
    return covered


def _runs(text: str, is_json: bool) -> Sequence[Run]:
    runs = json_runs(text) if is_json else ()
    if "{{" not in text:
        return runs
    return overlay(runs, [(each.start, each.end - each.start) for each in references(text)], "variable")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
