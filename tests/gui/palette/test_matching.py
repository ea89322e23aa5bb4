"""What the palette finds: order, marks, recency, how many of each group, and how fast."""

from __future__ import annotations

import time

import pytest

from wireyard.gui.palette.entries import GROUPS, Entry
from wireyard.gui.palette.matching import MOST_ROWS, Index, pick, spans_of

ENTRIES = (
    Entry("request:1", "requests", "Order updates", "Shop / Live", words="wss://shop.example/v2/stream"),
    Entry("request:2", "requests", "Reorder stock", "Shop"),
    Entry("request:3", "requests", "Echo", "Playground", words="ws://127.0.0.1/"),
    Entry("message:0:1", "messages", "cancel order", "Sends to Order updates"),
    Entry("environment:s", "environments", "Staging"),
    Entry("action:export", "actions", "Export the session log…", keys="Ctrl Shift E"),
    Entry("action:x", "actions", "Order by time", reason="Nothing to order"),
)


def found(typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [match.entry.key for match in Index(ENTRIES).find(typed, recent, GROUPS)]


def test_the_start_of_a_title_counts_most_then_words_then_the_middle() -> None:
    assert found("order")[:2] == ["request:1", "message:0:1"]
    assert found("order").index("request:2") > found("order").index("message:0:1")


def test_what_can_not_be_run_stands_behind() -> None:
    assert found("order").index("action:x") > found("order").index("message:0:1")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ordup", "request:1"),
        ("ordr updates", "request:1"),
        ("v2/stream", "request:1"),
        ("live", "request:1"),
        ("log session", "action:export"),
        ("STAG", "environment:s"),
    ],
)
def test_it_is_found_by(typed: str, key: str) -> None:
    assert found(typed)[0] == key


def test_nothing_is_found_for_nonsense() -> None:
    assert found("qqqq") == []


def test_what_was_chosen_last_comes_first_when_nothing_is_typed() -> None:
    assert found("", ("action:export", "request:3"))[:2] == ["action:export", "request:3"]


def test_of_equals_the_one_chosen_before_comes_first() -> None:
    two = (Entry("a", "requests", "Feed one"), Entry("b", "requests", "Feed two"))
    assert [match.entry.key for match in Index(two).find("feed", ("b",), GROUPS)] == ["b", "a"]


@pytest.mark.parametrize(
    ("title", "typed", "spans"),
    [
        ("Order updates", "ord", ((0, 3),)),
        ("Order updates", "ordup", ((0, 3), (6, 8))),
        ("Order updates", "updates order", ((0, 5), (6, 13))),
        ("Straße Eins", "eins", ()),
        ("Echo", "qq", ()),
    ],
)
def test_what_was_typed_is_marked(title: str, typed: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert spans_of(title, typed) == spans


def test_nine_at_most_and_every_group_gets_some() -> None:
    many = [Entry(f"{group}:{n}", group, f"item {n}") for group in GROUPS for n in range(30)]
    groups = pick(Index(many).find("item", (), GROUPS), is_mixed=True)
    assert sum(len(matches) for _, matches in groups) == MOST_ROWS
    assert {group for group, _ in groups} == set(GROUPS)
    assert groups[-1][0] == "timeline"


def test_one_group_alone_has_all_the_room() -> None:
    many = [Entry(f"r:{n}", "requests", f"item {n}") for n in range(30)]
    assert [len(matches) for _, matches in pick(Index(many).find("item", (), ("requests",)), is_mixed=False)] == [30]
    assert [len(matches) for _, matches in pick(Index(many).find("item", (), GROUPS), is_mixed=True)] == [MOST_ROWS]


@pytest.mark.parametrize("typed", ["", "o", "ordup", "ordr updates", "zzzz"])
def test_a_thousand_requests_and_their_messages_are_searched_between_two_keys(typed: str) -> None:
    requests = [Entry(f"r:{n}", "requests", f"Order updates {n}", "Shop / Live feed") for n in range(1000)]
    messages = [Entry(f"m:{n}", "messages", f"subscribe {n}", "Sends to Order updates") for n in range(3000)]
    index = Index([*requests, *messages])
    index.find(typed, (), GROUPS)
    times: list[float] = []
    for _ in range(5):
        begun = time.thread_time()
        pick(index.find(typed, (), GROUPS), is_mixed=True)
        times.append(time.thread_time() - begun)
    # 5 to 12 ms on the machine it was written on; the goal is 16.
    assert min(times) < 0.04
