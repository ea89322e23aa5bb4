"""Drafts stand for bytes, and bytes become drafts that stand for exactly them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.frame import Opcode
from wireyard.formats.hexdump import HexError
from wireyard.gui.composer.checking import check
from wireyard.gui.composer.draft import Draft, draft_of, payload_of


@given(st.binary(max_size=200))
def test_any_payload_comes_back_from_its_draft(payload: bytes) -> None:
    assert payload_of(draft_of(payload, Opcode.BINARY)) == payload


@given(st.text(max_size=100))
def test_any_text_comes_back_from_its_draft(text: str) -> None:
    payload = text.encode("utf-8", "surrogatepass")
    draft = draft_of(payload, Opcode.TEXT)
    assert payload_of(draft) == payload
    assert draft.send_as == Opcode.TEXT


@pytest.mark.parametrize(
    ("payload", "format_"),
    [
        (b'{"a":1}', "json"),
        (b" [1]", "json"),
        (b"hello", "text"),
        (b"a\r\nb", "hex"),
        (b"a\x00", "hex"),
        (b"\xff", "hex"),
    ],
)
def test_a_payload_is_written_as_text_where_the_editor_holds_it_exactly(payload: bytes, format_: str) -> None:
    assert draft_of(payload, Opcode.TEXT).format == format_


def test_hex_that_is_none_has_no_payload() -> None:
    with pytest.raises(HexError):
        payload_of(Draft("hex", "0g"))


@pytest.mark.parametrize(
    ("draft", "words", "position", "blocks"),
    [
        (Draft("json", '{"id": "7"}'), "Valid JSON · 11 B", None, False),
        (Draft("json", '{\n"id": 7\n"type": 1}'), 'Line 2: comma missing after "id"', 9, False),
        (Draft("json", ""), "Empty message", None, False),
        (Draft("text", "hé"), "3 B", None, False),
        (Draft("hex", "89 50 4e"), "3 B", None, False),
        (Draft("base64", "iVBO\nRw=="), "4 B", None, False),
        (Draft("base64", "iVBO\nRw="), 'Line 2: 2 "=" are needed at the end, not 1', 7, True),
        (Draft("hex", "89 5x"), 'Line 1: "x" is no hex digit', 4, True),
    ],
)
def test_the_verdict_names_size_or_fault(draft: Draft, words: str, position: int | None, blocks: bool) -> None:
    verdict = check(draft)

    assert verdict.words == words
    assert verdict.position == position
    assert verdict.blocks is blocks
