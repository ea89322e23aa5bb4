"""Numbers and lists as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.session.wording import phrases


@pytest.mark.parametrize(
    ("size_bytes", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (1000, "1000 bytes"), (1536, "1.5 KiB"), (16 << 20, "16 MiB"), (3 << 30, "3 GiB")],
)
def test_sizes(size_bytes: int, said: str) -> None:
    assert phrases.size(size_bytes) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.44, "0.4 s"),
        (9.96, "10 s"),
        (12.4, "12 s"),
        (59.7, "1 min"),
        (250, "4 min 10 s"),
        (3600, "1 h"),
        (11100, "3 h 5 min"),
        (90000, "1 day"),
        (200000, "2 days"),
    ],
)
def test_durations(seconds: float, said: str) -> None:
    assert phrases.duration(seconds) == said


def test_long_lists_are_cut() -> None:
    assert phrases.listed(["a", "b"]) == "a, b"
    assert phrases.listed(list("abcdefg")) == "a, b, c and 4 more"
    assert phrases.listed([]) == "no name"


@given(st.text())
def test_a_quotation_is_one_short_printable_line(text: str) -> None:
    quoted = phrases.quoted(text)
    assert quoted.isprintable()
    assert len(quoted) <= phrases.MAX_QUOTE_CHARS + 2


def test_sentences_get_their_capital_and_their_stop() -> None:
    assert phrases.sentence("masked frame") == "Masked frame."
    assert phrases.sentence("Late.") == "Late."
    assert phrases.sentence(" ") == ""
