"""Typed letters that are the beginnings of a title's words: “ordup” is “Order updates”."""

from __future__ import annotations

import functools
import re

_MOST_LETTERS = 24


def letters_of(typed: str) -> str:
    """What is looked for: nothing where so much was typed that it can't be beginnings of words."""
    letters = typed.replace(" ", "")
    return letters if 2 <= len(letters) <= _MOST_LETTERS else ""


@functools.lru_cache(maxsize=8)
def quick_pattern(letters: str) -> re.Pattern[str]:
    """Matches at least every title that `find` does. It never goes back, so that no title makes it slow."""
    return re.compile("".join(f"[^{re.escape(letter)}]*+{re.escape(letter)}" for letter in letters), re.DOTALL)


def find(letters: str, title: str) -> tuple[int, ...] | None:
    """Where the letters are in a title: each is the next one, or begins a later word; nothing where they are not."""
    starts = [at for at, char in enumerate(title) if char.isalnum() and (at == 0 or not title[at - 1].isalnum())]
    # All ways at once, each known by where it ended; the first one found to a place is kept.
    ways: dict[int, tuple[int, ...]] = {at: (at,) for at in starts if title[at] == letters[0]}
    for letter in letters[1:]:
        further: dict[int, tuple[int, ...]] = {}
        for end, way in ways.items():
            following = (end + 1, *(at for at in starts if at > end + 1))
            for at in following:
                if at < len(title) and title[at] == letter and at not in further:
                    further[at] = (*way, at)
        ways = further
    return min(ways.values(), key=lambda way: way[-1] - way[0], default=None)
