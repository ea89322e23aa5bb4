"""Which entries fit what was typed, how well, and which letters of their titles are meant.

First what stands there as typed, in the title, then beside it; after that titles whose words begin with the letters,
and last those that nearly say it, which rapidfuzz finds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wireyard.gui.palette import loose
from wireyard.gui.palette.entries import GROUPS, Entry, Group

MOST_ROWS = 9
MOST_OF_ONE = 100
_ENOUGH = 20
_RECENT_BONUS = 12.0
_DISABLED = -15.0
_NEAR = 78.0
_LONGEST_NEAR = 40
_QUOTAS: dict[Group, int] = {"requests": 3, "messages": 2, "environments": 2, "actions": 3, "timeline": 1}

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits; ``spans`` are start and end of what is to be marked in its title."""

    entry: Entry
    score: float
    spans: Spans = ()


class Index:
    """The entries, made ready to be searched at every key."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self._titles = [entry.title.casefold() for entry in entries]
        self._all = [
            f"{title}\n{entry.detail}\n{entry.words}".casefold()
            for entry, title in zip(entries, self._titles, strict=True)
        ]

    def find(self, typed: str, recent: Sequence[str], groups: Collection[Group]) -> list[Match]:
        """What fits, the best first: nine of each group, or many where only one is searched. With nothing typed
        everything fits, what was chosen last first."""
        places = [at for at, entry in enumerate(self._entries) if entry.group in groups]
        wanted = " ".join(typed.casefold().split())
        bonus = {key: _RECENT_BONUS * (1 - at / max(1, len(recent))) for at, key in enumerate(recent)}
        scores = self._scores(wanted, places) if wanted else dict.fromkeys(places, 0.0)
        found: list[tuple[float, int]] = []
        entries, get = self._entries, bonus.get
        for at, score in scores.items():
            entry = entries[at]
            whole = score + get(entry.key, 0.0) + (_DISABLED if entry.reason else 0.0)
            if wanted:
                whole -= min(len(entry.title), 80) / 100
            found.append((-whole, at))
        found.sort()
        return self._best_of(found, wanted, MOST_ROWS if len(groups) > 1 else MOST_OF_ONE)

    def _best_of(self, found: Sequence[tuple[float, int]], wanted: str, limit: int) -> list[Match]:
        counts: dict[Group, int] = {}
        matches: list[Match] = []
        for score, at in found:
            entry = self._entries[at]
            counts[entry.group] = counts.get(entry.group, 0) + 1
            if counts[entry.group] <= limit:
                matches.append(Match(entry, -score, spans_of(entry.title, wanted)))
        return matches

    def _scores(self, wanted: str, places: Sequence[int]) -> dict[int, float]:
        titles, everything = self._titles, self._all
        words = wanted.split()
        scores: dict[int, float] = {}
        rest: list[int] = []
        for at in places:
            title = titles[at]
            if wanted in title:
                start = title.find(wanted)
                scores[at] = 100.0 if start == 0 else 80.0 if title[start - 1].isalnum() else 92.0
            elif all(word in everything[at] for word in words):
                scores[at] = 70.0 if all(word in title for word in words) else 60.0
            else:
                rest.append(at)
        if len(scores) < _ENOUGH and len(wanted) > 1:
            self._add_loose(wanted, rest, scores)
        return scores

    def _add_loose(self, wanted: str, rest: Sequence[int], scores: dict[int, float]) -> None:
        letters = loose.letters_of(wanted)
        left = list(rest)
        if letters:
            pattern = loose.quick_pattern(letters)
            left.clear()
            for at in rest:
                title = self._titles[at]
                found = loose.find(letters, title) if pattern.match(title) is not None else None
                if found is None:
                    left.append(at)
                else:
                    scores[at] = max(40.0, 56.0 - (found[-1] - found[0] - len(letters)))
        if len(scores) >= _ENOUGH or not 4 <= len(wanted) <= _LONGEST_NEAR:
            return
        from rapidfuzz import fuzz, process  # not for a start, and not for who types what is there

        near = process.extract(
            wanted, [self._titles[at] for at in left], scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=_ENOUGH
        )
        for _title, ratio, place in near:
            scores[left[place]] = ratio * 0.38


def spans_of(title: str, wanted: str) -> Spans:
    """What of a title is marked: the words as typed, else the letters in their order."""
    folded = title.casefold()
    # A few letters fold into two; then nothing is marked rather than the wrong ones.
    if not wanted or len(folded) != len(title):
        return ()
    start = folded.find(wanted)
    if start >= 0:
        return ((start, start + len(wanted)),)
    words = [(folded.find(word), len(word)) for word in wanted.split()]
    present = sorted((at, at + size) for at, size in words if at >= 0)
    if present:
        return _merged(present)
    letters = loose.letters_of(wanted)
    found = loose.find(letters, folded) if letters else None
    return _merged([(at, at + 1) for at in found]) if found else ()


def pick(matches: Sequence[Match], *, is_mixed: bool) -> list[tuple[Group, list[Match]]]:
    """What is listed: a few of each group, at most nine in all, the group with the best match first; or many of one."""
    by_group: dict[Group, list[Match]] = {}
    for match in matches:
        by_group.setdefault(match.entry.group, []).append(match)
    if not is_mixed:
        return [(group, by_group[group][:MOST_OF_ONE]) for group in GROUPS if group in by_group]
    taken: dict[Group, int] = {group: min(_QUOTAS[group], len(by_group.get(group, ()))) for group in GROUPS}
    room = MOST_ROWS - sum(taken.values())
    while room < 0:
        largest = max(taken, key=lambda group: taken[group])
        taken[largest] -= 1
        room += 1
    for group in GROUPS:
        more = min(room, len(by_group.get(group, ())) - taken[group])
        taken[group] += max(0, more)
        room -= max(0, more)
    order: list[Group] = [group for group in GROUPS if taken[group]]
    order.sort(key=lambda group: -_best(by_group[group], group))
    return [(group, by_group[group][: taken[group]]) for group in order]


def _best(matches: Sequence[Match], group: Group) -> float:
    # The line that filters the timeline always fits, and is never what was meant first.
    return -1000.0 if group == "timeline" else float(round(matches[0].score / 5))


def _merged(spans: Sequence[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
