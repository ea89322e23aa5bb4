"""Finds the partner of a bracket, leaving alone those inside strings."""

from __future__ import annotations

import re

MOST_CHARS = 128 * 1024
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|([\[{(])|([\]})])')
_CLOSERS = {"[": "]", "{": "}", "(": ")"}


def partner(text: str, position: int) -> tuple[int, int] | None:
    """The bracket at or just before ``position`` and its partner, or nothing."""
    if len(text) > MOST_CHARS:
        return None
    wanted = [at for at in (position, position - 1) if 0 <= at < len(text) and text[at] in "[]{}()"]
    if not wanted:
        return None
    open_at: list[int] = []
    for token in _TOKEN.finditer(text):
        if token[1]:
            open_at.append(token.start())
        elif token[2] and open_at:
            start = open_at.pop()
            if _CLOSERS[text[start]] == token[2] and (start in wanted or token.start() in wanted):
                return (start, token.start()) if start in wanted else (token.start(), start)
    return None
