"""The readable view is chosen by what a payload seems to be, and never hides what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.frame import Opcode
from wireyard.formats.pretty import pretty, raw
from wireyard.formats.xml_text import space_xml


def shown(payload: bytes, opcode: Opcode = Opcode.TEXT) -> list[str]:
    lines = pretty(payload, opcode).lines
    lines.complete()
    return [lines.text(index) for index in range(lines.line_count)]


def test_json_is_spaced_out() -> None:
    view = pretty(b'{"a":1}')
    assert (view.kind, view.language, view.note) == ("JSON", "json", "")
    assert shown(b'{"a":1}') == ['{ "a": 1 }']


def test_json_in_a_binary_message_is_json() -> None:
    assert pretty(b'{"a":1}', Opcode.BINARY).kind == "JSON"


def test_what_only_looks_like_json_is_shown_as_it_came_with_the_reason() -> None:
    view = pretty(b'{"a":1 "b":2}')
    assert shown(b'{"a":1 "b":2}') == ['{"a":1 "b":2}']
    assert view.note == 'Not valid JSON, shown as it came. Line 1: comma missing after "a"'


def test_a_large_payload_is_not_read_to_its_end() -> None:
    view = pretty(b"[" + b"1," * 1_000_000 + b"1]")
    assert not view.lines.is_complete
    assert view.lines.line_count > 1000


def test_a_large_payload_that_fails_late_is_laid_out_so_far() -> None:
    view = pretty(b"[" + b"1," * 1_000_000 + b"oops]")
    view.lines.complete()
    assert view.kind == "JSON"
    assert "column 2,000,002" in view.lines.note
    assert view.lines.text(view.lines.line_count - 1) == "oops]"


@pytest.mark.parametrize(
    ("payload", "opcode", "kind", "available"),
    [
        (b"hello", Opcode.TEXT, "Text", True),
        (b"", Opcode.TEXT, "Empty", True),
        (b"<!doctype html><p>", Opcode.TEXT, "HTML", True),
        (b"<a><b/></a>", Opcode.TEXT, "XML", True),
        (b"\x1f\x8b\x08", Opcode.BINARY, "gzip data", False),
        (b"\x82\xa1a\x01\xa1b\x02", Opcode.BINARY, "MessagePack map, 2 keys", False),
    ],
)
def test_other_kinds(payload: bytes, opcode: Opcode, kind: str, available: bool) -> None:
    view = pretty(payload, opcode)
    assert (view.kind, view.is_available) == (kind, available)


def test_xml_is_indented_and_texts_stay_with_their_element() -> None:
    assert shown(b"<?xml version='1.0'?><a x='>'><b>t &amp; u</b><c></c><d/><e><!-- n --></e></a>") == [
        "<?xml version='1.0'?>",
        "<a x='>'>",
        "  <b>t &amp; u</b>",
        "  <c></c>",
        "  <d/>",
        "  <e>",
        "    <!-- n -->",
        "  </e>",
        "</a>",
    ]


@pytest.mark.parametrize("data", [b"<a><b></a></b>", b"<a>", b"</a>", b"<a <b>", b"<a>x < y</a>", b"<!--" * 100_000])
def test_xml_whose_tags_do_not_pair_up_is_left_alone(data: bytes) -> None:
    assert space_xml(data) is None


@given(st.text("<>/!-ab ='\"?[]CDATA\n&;"))
def test_any_markup_is_spaced_without_losing_a_character(text: str) -> None:
    spaced = space_xml(text.encode())
    assert spaced is None or b"".join(spaced.split()) == b"".join(text.encode().split())


@given(st.binary(max_size=200), st.sampled_from([Opcode.TEXT, Opcode.BINARY]))
def test_any_payload_has_a_view(payload: bytes, opcode: Opcode) -> None:
    view = pretty(payload, opcode)
    assert view.kind
    view.lines.complete()
    plain = raw(payload)
    plain.complete()
    assert plain.line_count == payload.count(b"\n") + 1
