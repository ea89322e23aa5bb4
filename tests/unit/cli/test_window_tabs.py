"""What the window opens with an address and options of connecting."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
import pytest

from wireyard.cli.window_tabs import window_tabs
from wireyard.workspace.model import AuthSettings, Field, RequestFile


def request(*words: str) -> RequestFile:
    (tab,) = window_tabs(["ws://h/p?a=1"], words)
    return msgspec.convert(tab.draft_request, RequestFile)


def test_the_address_is_filled_in_with_what_the_options_say(tmp_path: Path) -> None:
    for name in ("ca", "cert"):
        (tmp_path / name).write_text("")
    made = request(
        *("-H", "X: 1", "-H", "User-Agent:", "-u", "me:x", "--subprotocol", "v1", "--cacert", str(tmp_path / "ca")),
        *("--cert", str(tmp_path / "cert"), "--pass", "p", "--connect-timeout", "3", "--no-compression"),
    )
    assert (made.url, made.params) == ("ws://h/p", (Field(name="a", value="1"),))
    assert made.headers == (Field(name="X", value="1"),)
    assert made.auth == AuthSettings(kind="basic", user="me", password="x")
    assert made.removed_headers == ("User-Agent",)
    assert made.subprotocols == ("v1",)
    assert (made.tls.ca_file, made.tls.client_certificate) == (str(tmp_path / "ca"), str(tmp_path / "cert"))
    assert (made.network.open_timeout_s, made.network.compression) == (3, False)


def test_each_address_has_a_tab_and_its_check_may_be_skipped() -> None:
    tabs = window_tabs(["wss://a/", "wss://b/"], ["-k"])
    assert [(tab.url, tab.skip_verify) for tab in tabs] == [("wss://a/", True), ("wss://b/", True)]


@pytest.mark.parametrize("words", [("-H", "nothing"), ("--cert", "/not/there")])
def test_what_can_t_be_filled_in(words: tuple[str, ...]) -> None:
    with pytest.raises(click.UsageError):
        request(*words)


def test_other_ways_to_sign_in_are_filled_in_too() -> None:
    assert request("-u", "me:x", "--digest").auth == AuthSettings(kind="digest", user="me", password="x")
    assert request("--oauth2-bearer", "t").auth == AuthSettings(kind="bearer", token="t")
