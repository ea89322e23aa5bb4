"""Secret values, found in each spelling."""

from __future__ import annotations

import base64
import json
import time
from itertools import pairwise
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.exchange.secret_values import HIDDEN, SecretValues

SECRET = 'hunter2-αβ "x/y\\z&?'
ANY_SECRET = st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=30).filter(
    lambda text: text == text.strip()
)


def spellings(value: str) -> list[str]:
    once = json.dumps(value)[1:-1]
    return [
        value,
        quote(value),
        quote(value, safe=""),
        quote(value, safe="/:@!$'()*+,;=~[]|?{}\\^`"),
        quote(value, safe="").lower(),
        quote_plus(value),
        once,
        once.replace("/", "\\/"),
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(once)[1:-1],
    ]


@pytest.mark.parametrize("spelled", spellings(SECRET))
def test_a_value_is_hidden_however_it_is_spelled(spelled: str) -> None:
    assert SecretValues([SECRET]).in_text(f"a={spelled}&b") == "a=(hidden)&b"


@given(ANY_SECRET, st.integers(0, 9))
def test_any_value_is_hidden_in_any_spelling(value: str, which: int) -> None:
    spelled = spellings(value)[which]
    # What lower() does to a letter of the value itself is another value.
    if which != 4 or (quote(value, safe="").isascii() and value == value.lower()):
        assert HIDDEN in SecretValues([value]).in_text(f"<{spelled}>")


@given(st.binary(max_size=7), st.text(min_size=6, max_size=40), st.binary(max_size=7), st.booleans())
def test_a_value_inside_base64_is_hidden(before: bytes, value: str, after: bytes, url_safe: bool) -> None:
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    data = value.encode("utf-8", "surrogatepass")
    encoded = encode(before + data + after)
    shown = SecretValues([value]).in_bytes(b"<" + encoded + b">")
    assert HIDDEN.encode() in shown
    # What is left at both ends gives back nothing of the value.
    left, _, right = shown[1:-1].partition(HIDDEN.encode())
    assert len(left) <= -(-8 * len(before) // 6)
    assert len(right) <= len(encode(after + b"xx"))


def test_what_is_around_basic_credentials_stays() -> None:
    header = "Basic " + base64.b64encode(b"alice:correct horse").decode()
    assert SecretValues(["correct horse"]).in_text(header).startswith("Basic YWxpY2U")
    assert HIDDEN in SecretValues(["correct horse"]).in_text(header)


def test_bytes_without_a_value_are_the_very_same_object() -> None:
    data = b"nothing to see here"
    assert SecretValues(["hunter2"]).in_bytes(data) is data
    assert SecretValues().in_bytes(data) is data


def test_short_values_are_hidden_only_where_they_are_all_there_is() -> None:
    values = SecretValues(["42"])
    assert values.in_bytes(b"42") == b"(hidden)"
    assert values.in_bytes(b"1425") == b"1425"
    assert values.in_address("wss://h/42?a=42&b=1425") == "wss://h/42?a=(hidden)&b=1425"


def test_the_longest_of_overlapping_values_is_hidden() -> None:
    assert SecretValues(["secret", "secret-one"]).in_text("secret-one secret") == "(hidden) (hidden)"


def test_a_value_is_found_without_the_blanks_around_it_and_as_a_host() -> None:
    values = SecretValues(["  AbCdEfGh\n"])
    assert values.in_text("x: AbCdEfGh;") == "x: (hidden);"
    assert values.in_text("wss://abcdefgh.example.com/") == "wss://(hidden).example.com/"


def test_values_may_hold_what_an_expression_would_mean() -> None:
    assert SecretValues(["a.*+?[]()|^$"]).in_text("aXX a.*+?[]()|^$") == "aXX (hidden)"


def test_empty_values_are_none() -> None:
    assert not SecretValues(["", ""])
    assert "hunter2" not in repr(SecretValues(["hunter2"]))


def test_looking_is_quick_where_there_is_nothing() -> None:
    values = SecretValues(["sk_live_0123456789abcdef", "another secret value", "third-token-value"])
    data = json.dumps([{"id": number, "name": "user", "live": True} for number in range(100_000)]).encode()
    begin = time.process_time()
    values.in_bytes(data)
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize("piece", [b"\\", b"%2", b"\\u00", b"hunter2-", b"aHVu"])
def test_looking_takes_a_time_that_follows_the_size(piece: bytes) -> None:
    values = SecretValues([SECRET, '"""""', "\\\\\\\\"])
    begin = time.process_time()
    values.in_bytes(piece * (200_000 // len(piece)))
    assert time.process_time() - begin < 3


PIECES = st.sampled_from([b"", b"x", b"ab", b"\\", b"%", b"==", b"\n", b'"']) | st.binary(max_size=6)


@st.composite
def payloads_with(draw: st.DrawFn, value: str) -> bytes:
    """Bytes with a value in some of its spellings here and there."""
    spelled = st.sampled_from([each.encode("utf-8") for each in spellings(value)])
    encoded = st.binary(max_size=3).map(lambda before: base64.b64encode(before + value.encode("utf-8")))
    return b"".join(draw(st.lists(PIECES | spelled | encoded, max_size=12)))


@given(st.data(), ANY_SECRET)
def test_whether_a_byte_is_of_a_value_depends_on_no_more_than_what_is_in_reach(data: st.DataObject, value: str) -> None:
    values = SecretValues([value, "other"])
    payload = data.draw(payloads_with(value))
    start = data.draw(st.integers(0, len(payload)))
    end = data.draw(st.integers(start, len(payload)))
    first = max(0, start - values.reach)
    around = payload[first : end + values.reach]
    near = {at + first for begin, stop in values.places(around, is_whole=False) for at in range(begin, stop)}
    far = {at for begin, stop in values.places(payload, is_whole=False) for at in range(begin, stop)}
    assert near & set(range(start, end)) == far & set(range(start, end))


@given(st.data(), ANY_SECRET)
def test_places_are_in_order_and_apart_and_where_in_bytes_hides(data: st.DataObject, value: str) -> None:
    values = SecretValues([value])
    payload = data.draw(payloads_with(value))
    places = values.places(payload)
    assert all(before[1] < after[0] for before, after in pairwise(places))
    assert all(start < end <= len(payload) for start, end in places)
    assert bool(places) == (values.in_bytes(payload) is not payload)


def test_values_that_overlap_themselves_and_each_other_are_one_place() -> None:
    assert SecretValues(["abab", "babcd"]).places(b"..abababcd.abab") == [(2, 10), (11, 15)]


def test_a_short_value_is_a_place_only_where_it_is_all_there_is() -> None:
    values = SecretValues(["abc"])
    assert values.places(b"abc") == [(0, 3)]
    assert values.places(b"abc", is_whole=False) == values.places(b"abcd") == []


@pytest.mark.parametrize("piece", ["/", '"', "\\", '\\"', "\\/", "%25", " ", "é", "\n"])
def test_what_is_a_long_value_but_for_its_end_is_looked_at_once(piece: str) -> None:
    value = f"begin{piece * 400}end."
    values = SecretValues([value])
    for spelled in spellings(value):
        data = spelled.encode()
        begun = time.monotonic()
        assert values.places(data[:-4] + b"not.begin") == []
        assert time.monotonic() - begun < 1
        assert values.in_bytes(data) == HIDDEN.encode()


def test_a_large_text_is_looked_through_in_slices_and_nothing_at_their_borders_is_missed() -> None:
    values = SecretValues(["hunter2-hunter2"])
    data = bytearray(b"." * 300_000)
    starts = [*range(65_536 - 20, 65_536 + 5, 16), 131_072 - 7, 196_608, 299_985]
    for start in starts:
        data[start : start + 15] = b"hunter2-hunter2"
    assert values.places(bytes(data)) == [(start, start + 15) for start in starts]
