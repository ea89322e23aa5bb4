"""Whatever is typed or pasted either means an address or gets one sentence that points at the fault."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wireyard.engine.address import MAX_ADDRESS_CHARS, Address, parse_address
from wireyard.engine.errors import AddressError


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("wss://example.com/socket?token=1", "wss://example.com/socket?token=1"),
        ("WSS://Example.COM", "wss://example.com/"),
        ("ws://example.com:80/", "ws://example.com/"),
        ("wss://example.com:443", "wss://example.com/"),
        ("ws://example.com:443", "ws://example.com:443/"),
        ("ws://example.com:", "ws://example.com/"),
        ("http://example.com/a", "ws://example.com/a"),
        ("https://example.com:8443/a", "wss://example.com:8443/a"),
        # No scheme: ws on this machine and its own network, wss elsewhere.
        ("example.com", "wss://example.com/"),
        ("example.com:9000/x", "wss://example.com:9000/x"),
        ("example.com:80", "ws://example.com/"),
        ("localhost:8080", "ws://localhost:8080/"),
        ("localhost:443", "wss://localhost/"),
        ("127.0.0.1:9600/echo", "ws://127.0.0.1:9600/echo"),
        ("192.168.0.9", "ws://192.168.0.9/"),
        ("8.8.8.8", "wss://8.8.8.8/"),
        ("broker:1883", "ws://broker:1883/"),
        ("printer.local", "ws://printer.local/"),
        ("ws:8080", "ws://ws:8080/"),
        ("//example.com/x", "wss://example.com/x"),
        # A slash or colon too few.
        ("wss:example.com", "wss://example.com/"),
        ("ws:/example.com", "ws://example.com/"),
        ("wss//example.com/a", "wss://example.com/a"),
        ("ws:\\\\example.com\\a", "ws://example.com/a"),
        # What a paste brings along.
        ("  ws://a.example/x \n", "ws://a.example/x"),
        ("\ufeffws://a.example/\u200bx", "ws://a.example/x"),
        ("ws://a.example/very/\r\n    long", "ws://a.example/very/long"),
        ('"ws://a.example/"', "ws://a.example/"),
        ("<ws://a.example/>", "ws://a.example/"),
        ("`ws://a.example`", "ws://a.example/"),
        # IPv6.
        ("ws://[::1]:9000/", "ws://[::1]:9000/"),
        ("[::1]:9000", "ws://[::1]:9000/"),
        ("::1", "ws://[::1]/"),
        ("wss://[2001:DB8::0:1]/x", "wss://[2001:db8::1]/x"),
        ("ws://[fe80::1%25eth0]:9/", "ws://[fe80::1%25eth0]:9/"),
        ("ws://[fe80::1%eth0]/", "ws://[fe80::1%25eth0]/"),
        # Path and query as they go out.
        ("ws://h.example/a b?q=ä", "ws://h.example/a%20b?q=%C3%A4"),
        ("ws://h.example/a%20b%2Fc", "ws://h.example/a%20b%2Fc"),
        ("ws://h.example?x=1", "ws://h.example/?x=1"),
        ("ws://h.example/?", "ws://h.example/?"),
        ('ws://h.example/?f={"a":[1]}', "ws://h.example/?f={%22a%22:[1]}"),
        ("ws://h.example/x?to=http://a/b?c", "ws://h.example/x?to=http://a/b?c"),
    ],
)
def test_what_a_person_means(typed: str, url: str) -> None:
    assert parse_address(typed).url == url


@pytest.mark.parametrize(
    ("typed", "position", "words"),
    [
        ("", 0, "Type an address"),
        (" \n\t ", 0, "Type an address"),
        ("ws://host:99999/", 10, "99999 is too high"),
        ("ws://host:0", 10, "Port 0"),
        ("ws://host:80a/", 12, "is not a port"),
        ("ws://host:-1/", 10, "is not a port"),
        ("ftp://host/", 0, "“ftp” is not a WebSocket scheme"),
        ("file:///etc/passwd", 0, "“file”"),
        ("ws://", 5, "host is missing"),
        ("ws:///path", 5, "host is missing"),
        ("ws://:80/", 5, "host is missing"),
        ("://host", 0, "scheme is missing"),
        ("ws://host/#top", 10, "fragment"),
        ("ws://host#top", 9, "fragment"),
        ("ws://ho st/", 7, "blank"),
        ("two words", 3, "blank"),
        ("ws://a..b/", 6, "empty part"),
        ("ws://.a/", 5, "empty part"),
        ("ws://ho<st/", 7, "“<”"),
        ("ws://h/\x00", 7, "U+0000"),
        ("ws://[::1", 5, "never closed"),
        ("ws://[::g]/", 6, "not an IPv6 address"),
        ("ws://[::1]x/", 10, "port"),
        ("ws://[fe80::1%]/", 13, "zone"),
        ("ws://999.1.1.1/", 5, "at most 255"),
        ("ws://" + "a" * 64 + ".example/", 5, "63"),
        ("ws://" + ".".join(["a" * 60] * 5) + "/", 5, "253"),
        ("ws://a.example/ wss://b.example/", 16, "two addresses"),
        ("ws://a.example/\nws://b.example/", 16, "two addresses"),
        ("  ws://host:99999/", 12, "99999"),
        ("ws://ho\nst:99999", 11, "99999"),
        ("ws://h/" + "x" * MAX_ADDRESS_CHARS, MAX_ADDRESS_CHARS, "limit"),
        ("ws://☺.example/", 5, "“☺”"),
        ("\ud800", 0, "U+D800"),
    ],
)
def test_one_sentence_that_points_at_the_fault(typed: str, position: int, words: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(typed)
    assert words in caught.value.fault
    assert caught.value.position == position
    assert caught.value.fault.endswith(".")
    assert caught.value.failure.facts == {"fault": caught.value.fault, "position": str(position)}


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("wss://bücher.example/", "xn--bcher-kva.example"),
        ("wss://straße.example/", "xn--strae-oqa.example"),
        ("wss://ΒΌΛΟΣ.example/", "xn--nxasmq6b.example"),
        ("wss://例え。テスト/", "xn--r8jz45g.xn--zckzah"),
        ("wss://ＥＸＡＭＰＬＥ.com/", "example.com"),
        ("wss://b%C3%BCcher.example/", "xn--bcher-kva.example"),
        ("wss://example.com./", "example.com"),
        ("ws://my_service/", "my_service"),
    ],
)
def test_international_and_odd_hosts(typed: str, host: str) -> None:
    assert parse_address(typed).host == host


def test_a_user_name_becomes_a_header_and_is_never_shown() -> None:
    address = parse_address("wss://ann%40home:p%C3%A4ss:word@example.com/x")
    assert address.authorization == "Basic YW5uQGhvbWU6cMOkc3M6d29yZA=="
    assert address.url == "wss://example.com/x"
    assert "ann" not in repr(address)
    assert "YW5u" not in repr(address)
    assert parse_address("ws://token@h.example").authorization == "Basic dG9rZW46"


def test_an_address_of_8_kb_works() -> None:
    typed = "wss://example.com/?token=" + "x" * 8192
    assert parse_address(typed).url == typed


def test_the_host_header_names_only_an_unusual_port() -> None:
    assert parse_address("ws://h.example:80/").host_header == "h.example"
    assert parse_address("wss://h.example:80/").host_header == "h.example:80"
    assert parse_address("ws://[fe80::1%25eth0]:9/").host_header == "[fe80::1]:9"


def test_an_address_of_numbers_needs_no_lookup() -> None:
    assert parse_address("ws://127.0.0.1/").is_literal
    assert parse_address("ws://[fe80::1%25eth0]/").is_literal
    assert not parse_address("ws://localhost/").is_literal


_PIECES = ["ws", "wss", "http", ":", "//", "/", "@", "[", "]", "::1", "%", "%41", "host", ".", "example.com"]
_ODD = [
    "99999",
    "80",
    "?",
    "#",
    "\\",
    "ä",
    "ß",
    "{{x}}",
    "-",
    "_",
    '"',
    "<",
    ">",
    "é",
    "。",
    " ",
    "\n",
    "\t",
    "\u200b",
    "\x00",
]
_PARTS = st.sampled_from(_PIECES + _ODD)


def parsed(typed: str) -> Address | AddressError:
    try:
        return parse_address(typed)
    except AddressError as error:
        return error


@settings(max_examples=1000)
@given(st.one_of(st.text(max_size=60), st.lists(_PARTS, max_size=12).map("".join)))
def test_any_text_is_an_address_or_one_sentence(typed: str) -> None:
    found = parsed(typed)
    if isinstance(found, AddressError):
        assert 0 <= found.position <= len(typed)
        assert found.fault[0].isupper() or found.fault[0] == "“"
        assert found.fault.endswith(".")
        assert "\n" not in found.fault
        return
    check(found)
    again = parse_address(found.url)
    assert again == Address(**{name: getattr(found, name) for name in _SHOWN}, authorization=None)


_SHOWN = ("url", "secure", "host", "port", "target", "host_header")


def check(address: Address) -> None:
    """What goes on the wire can't break the request apart."""
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert address.url.startswith("wss://" if address.secure else "ws://")
    assert address.target.startswith("/")
    assert "#" not in address.url
    assert "@" not in address.url.split("/")[2]
    assert 1 <= address.port <= 65535
    assert 0 < len(address.host) <= 260
