"""Markup spaced out for reading, and left alone where that would be a guess too far."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.formats.xml_text import space_html, space_xml

_MARKUP = st.text("<>/!-ab ='\"?[]CDATA\n&;")


def test_xml_is_indented_and_texts_stay_with_their_element() -> None:
    data = b"<?xml version='1.0'?><a x='>'><b>t &amp; u</b><c></c><d/><e><!-- n --></e></a>"
    assert (space_xml(data) or b"").decode().split("\n") == [
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


def test_html_is_indented_though_tags_are_missing() -> None:
    data = (
        b"<!doctype html><head><meta charset=utf-8><title>x</title><script>if (a<b) {}</script></head>"
        b"<ul><li>a<li>b<br>c</ul></div><pre> a\n  b</pre>x < y"
    )
    assert space_html(data).decode().split("\n") == [
        "<!doctype html>",
        "<head>",
        "  <meta charset=utf-8>",
        "  <title>x</title>",
        "  <script>if (a<b) {}</script>",
        "</head>",
        "<ul>",
        "  <li>",
        "    a",
        "  <li>",
        "    b",
        "    <br>",
        "    c",
        "</ul>",
        "</div>",
        "<pre> a",
        "  b</pre>",
        "x",
        "<",
        "y",
    ]


@given(_MARKUP)
def test_xml_is_spaced_without_losing_a_character(text: str) -> None:
    spaced = space_xml(text.encode())
    assert spaced is None or b"".join(spaced.split()) == b"".join(text.encode().split())


@given(_MARKUP | st.lists(st.sampled_from(["<p>", "</p>", "<pre>", "</pre>", "<br>", "<li>", "x ", "\n"])).map("".join))
def test_html_is_spaced_without_losing_a_character(text: str) -> None:
    assert b"".join(space_html(text.encode()).split()) == b"".join(text.encode().split())


@pytest.mark.parametrize("part", ["<!--", "<?", "<![CDATA[", "<script>", "<a '", '<a b="c', "<", "<pre"])
def test_what_never_ends_is_not_followed_again_and_again(part: str) -> None:
    began_s = time.perf_counter()
    space_html(part.encode() * 20_000)
    assert time.perf_counter() - began_s < 5
