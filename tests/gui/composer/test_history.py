"""The send history: walked like a shell's, with what was being written never lost."""

from __future__ import annotations

from wireyard.domain.frame import Opcode
from wireyard.gui.composer.draft import Draft
from wireyard.gui.composer.history import MOST_DRAFTS, SendHistory


def _draft(text: str) -> Draft:
    return Draft("text", text, Opcode.TEXT)


def _history(*texts: str) -> SendHistory:
    history = SendHistory()
    for text in texts:
        history.add(_draft(text))
    return history


def test_older_and_newer_walk_and_end_at_what_was_being_written() -> None:
    history = _history("a", "b")
    at = history.older(_draft("half"))
    assert at == _draft("b")
    assert history.older(_draft("b")) == _draft("a")
    assert history.older(_draft("a")) is None
    assert history.newer(_draft("a")) == _draft("b")
    assert history.newer(_draft("b")) == _draft("half")
    assert history.newer(_draft("half")) is None


def test_what_was_just_sent_and_still_stands_there_is_stepped_over() -> None:
    history = _history("a", "b")

    assert history.older(_draft("b")) == _draft("a")


def test_a_change_on_the_way_waits_at_the_end() -> None:
    history = _history("a", "b")
    history.older(_draft("half"))
    assert history.older(_draft("b, changed")) == _draft("b")
    assert history.newer(_draft("b")) == _draft("b, changed")


def test_the_same_twice_in_a_row_is_kept_once() -> None:
    assert len(_history("a", "a", "b", "a")) == 3


def test_the_oldest_go_first() -> None:
    history = _history(*(str(number) for number in range(MOST_DRAFTS + 5)))

    assert len(history) == MOST_DRAFTS
    assert history.drafts[0] == _draft("5")


def test_large_drafts_do_not_pile_up() -> None:
    history = _history("x" * 5_000_000, "y" * 5_000_000)

    assert [draft.text[0] for draft in history.drafts] == ["y"]


def test_nothing_sent_is_nothing_to_walk() -> None:
    history = SendHistory()

    assert history.older(_draft("x")) is None
    assert history.newer(_draft("x")) is None
