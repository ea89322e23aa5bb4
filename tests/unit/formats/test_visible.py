"""Unseen and deceiving characters are shown, and nothing is lost on the way."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats import visible

ANY_TEXT = st.text(st.characters(exclude_categories=())).map(lambda text: text)


def test_control_characters_become_pictures() -> None:
    assert visible.show("a\n\t\0\x7fb") == "a␊␉␀␡b"


def test_bidi_overrides_become_escapes() -> None:
    assert visible.show("user\u202e // admin\u2066") == "user\\u202E // admin\\u2066"


def test_bytes_that_are_not_utf8_become_escapes() -> None:
    assert visible.show(visible.decode(b"a\xff\xed\xa0\x80")) == "a\\xFF\\xED\\xA0\\x80"


def test_tags_and_fillers_are_shown() -> None:
    assert visible.show("\U000e0041\u3164\ufeff") == "\\U000E0041\\u3164\\uFEFF"


def test_emoji_and_scripts_keep_their_joiners_but_ascii_does_not() -> None:
    family = "👩\u200d👧"
    assert visible.show(family) == family
    assert visible.show("ad\u200dmin") == "ad\\u200Dmin"


@given(st.binary())
def test_decoding_loses_nothing(data: bytes) -> None:
    assert visible.encode(visible.decode(data)) == data


@given(ANY_TEXT)
def test_what_is_shown_has_no_line_breaks_or_overrides(text: str) -> None:
    shown = visible.show(text)
    assert len(shown.splitlines()) <= 1
    assert not any(
        unicodedata.bidirectional(char) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI") for char in shown
    )


@given(ANY_TEXT)
def test_marks_cover_exactly_what_was_replaced(text: str) -> None:
    shown, marks = visible.show_marked(text)
    assert shown == visible.show(text)
    kept = [char for i, char in enumerate(shown) if not any(start <= i < start + size for start, size in marks)]
    assert "".join(kept) == visible.UNSEEN.sub("", text)


def test_controls_can_be_spelled_where_their_pictures_can_not_be_drawn() -> None:
    assert [visible.spelled(char) for char in "\0\t\n\r\x1b\x7f"] == ["\\0", "\\t", "\\n", "\\r", "\\x1B", "\\x7F"]
