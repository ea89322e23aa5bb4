"""A session read with its secrets masked: in rows and in pages of payloads, as they would be in the whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.helpers.recordings import message, note, opened, recording

from wireyard.domain.event import Note, Opened
from wireyard.exchange.secret_mask import DOTS
from wireyard.exchange.secret_values import SecretValues
from wireyard.recording.row import Row
from wireyard.session.masked_reader import MaskedReader, MaskedRow, Masking

TOKEN = "tok-93b1/77"


class Payload:
    """A reader of one payload."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload

    def rows(self, first_seq: int, last_seq: int) -> list[Row]:
        raise NotImplementedError

    def rows_at(self, seqs: Sequence[int]) -> list[Row]:
        raise NotImplementedError

    def payload(self, seq: int) -> bytes:
        return self._payload

    def payload_part(self, seq: int, start: int, size: int) -> bytes:
        return self._payload[start : start + size]

    def close(self) -> None:
        pass


def masking(*values: str) -> Masking:
    made = Masking()
    known = SecretValues(values)
    made.follow(lambda: known)
    return made


_PIECES = st.sampled_from(
    [b"tok-93b1/77", b"tok-93b1%2f77", b"tok-93b1\\/77", b"dG9rLTkzYjEvNzc=", b"aaaaaaa", b"tok-"]
)


@given(st.lists(_PIECES | st.binary(max_size=5), max_size=20).map(b"".join), st.integers(1, 40))
def test_masking_by_pages_is_masking_the_whole(payload: bytes, page_bytes: int) -> None:
    reader = MaskedReader(Payload(payload), masking(TOKEN, "aaaa", "ab"))
    whole = reader.payload_with_places(1)
    parts = [(at, reader.part(1, at, page_bytes)) for at in range(0, len(payload), page_bytes)]
    assert b"".join(part.data for _, part in parts) == whole.data == reader.payload(1)
    masked = [{at + index for begin, end in part.places for index in range(begin, end)} for at, part in parts]
    assert set[int]().union(*masked) == {index for begin, end in whole.places for index in range(begin, end)}


def test_a_short_value_is_masked_where_it_is_the_whole_payload() -> None:
    reader = MaskedReader(Payload(b"abc"), masking("abc"))
    assert reader.payload(1) == reader.payload_part(1, 0, 64) == b"***"
    assert reader.payload_part(1, 1, 1) == b"*"
    assert MaskedReader(Payload(b"abc "), masking("abc")).payload(1) == b"abc "


def test_rows_have_heads_notes_and_details_masked(tmp_path: Path) -> None:
    events = [message(f"a {TOKEN}"), note(f"Connecting to ws://h/{TOKEN}"), message("plain")]
    with recording(tmp_path, events) as made:
        reader = MaskedReader(made.reader(), masking(TOKEN))
        sent, told, plain = reader.rows(1, 3)
        assert isinstance(sent, MaskedRow)
        assert (sent.head, sent.places) == (b"a ***********", [(2, 13)])
        assert isinstance(told.detail, Note)
        assert told.detail.text == f"Connecting to ws://h/{DOTS}"
        assert plain.head == b"plain"
        assert reader.has_found
        assert reader.has_left_out
        assert reader.rows_at([3, 1]) == [plain, sent]
        reader.close()


def test_revealed_rows_are_as_they_are_and_the_reader_still_says_that_they_hold_secrets(tmp_path: Path) -> None:
    with recording(tmp_path, [message(f"a {TOKEN}")]) as made:
        shown = masking(TOKEN)
        shown.is_revealed = True
        reader = MaskedReader(made.reader(), shown)
        assert reader.rows(1, 1)[0].head == f"a {TOKEN}".encode()
        assert reader.payload_with_places(1) == (f"a {TOKEN}".encode(), (), True)
        assert reader.has_found
        assert not reader.has_left_out
        reader.close()


def test_without_secrets_credentials_are_masked_where_headers_are_shown(tmp_path: Path) -> None:
    event = replace(opened(), request_headers=(("Authorization", "Basic abc"),))
    with recording(tmp_path, [event, message("a")]) as made:
        reader = MaskedReader(made.reader(), Masking())
        handshake, plain = reader.rows_at([1, 2])
        assert isinstance(handshake.detail, Opened)
        assert handshake.detail.request_headers == (("Authorization", DOTS),)
        assert plain.head == b"a"
        assert reader.has_found
        reader.close()


@pytest.mark.parametrize("before", [2040, 900, 0])
def test_a_long_value_is_masked_where_the_head_of_a_row_cuts_it(tmp_path: Path, before: int) -> None:
    value = "".join(chr(0x21 + number % 90) for number in range(1500))
    with recording(tmp_path, [message("." * before + value + "." * 2000)]) as made:
        reader = MaskedReader(made.reader(), masking(value))
        (row,) = reader.rows(1, 1)
        reader.close()
        assert row.head == (b"." * before + b"*" * 1500 + b"." * 2000)[:2048]


def test_values_that_come_to_be_known_are_masked_from_then_on() -> None:
    shown = Masking()
    known = SecretValues()
    shown.follow(lambda: known)
    reader = MaskedReader(Payload(b"hunter2"), shown)
    assert reader.payload(1) == b"hunter2"
    mask = shown.mask
    assert shown.mask is mask
    known = SecretValues(["hunter2"])
    assert reader.payload(1) == b"*******"
    assert shown.mask is not mask
