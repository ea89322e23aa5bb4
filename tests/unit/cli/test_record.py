"""The options of ``record`` and the request they make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from wireyard.cli.record import Options, command
from wireyard.cli.sending import Outgoing, Typed, wanted_messages
from wireyard.domain.frame import Opcode
from wireyard.domain.request import Network


def options(*arguments: str) -> Options:
    context = command.make_context("record", ["ws://h/", *arguments])
    return Options(**context.params)


def messages(*arguments: str) -> list[tuple[Opcode, bytes]]:
    context = command.make_context("record", ["ws://h/", *arguments])
    given: dict[str, Any] = context.params
    wanted = wanted_messages(context, given["send"], given["send_file"])
    ready = [each.ready if isinstance(each, Typed) else each for each in wanted]
    return [(each.opcode, each.payload) for each in ready if isinstance(each, Outgoing)]


def test_without_options_the_defaults_hold() -> None:
    defaults = Network(open_timeout_s=3, max_message_bytes=5)
    request = options().request(defaults)
    assert request.network == defaults
    assert (request.headers, request.subprotocols, request.tls.verify, request.tls.ca_file) == ((), (), True, "")


def test_options_win_and_zero_is_no_limit() -> None:
    defaults = Network(open_timeout_s=3, max_message_bytes=5)
    assert options("--connect-timeout", "7").request(defaults).network.open_timeout_s == 7
    assert options("--connect-timeout", "0").request(defaults).network.open_timeout_s is None
    assert options("--max-size", "9").request(defaults).network.max_message_bytes == 9
    assert options("--max-size", "0").request(defaults).network.max_message_bytes is None


def test_headers_keep_their_order_and_may_repeat() -> None:
    request = options("-H", "X: 1", "-H", "x:2", "-H", "Empty;").request(Network())
    assert request.headers == (("X", "1"), ("x", "2"), ("Empty", ""))


def test_a_header_without_a_colon_is_refused() -> None:
    with pytest.raises(click.UsageError, match="Name: value"):
        options("-H", "nothing").request(Network())


def test_tls_options_are_taken(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    request = options("-k", "--cacert", str(tmp_path / "ca.pem")).request(Network())
    assert (request.tls.verify, request.tls.ca_file) == (False, str(tmp_path / "ca.pem"))


def test_messages_keep_the_order_across_both_options(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes("ü".encode())
    (tmp_path / "bytes").write_bytes(b"\xff")
    assert messages(
        *("--send", "a", "--send-file", str(tmp_path / "bytes"), "--send", "b"),
        *("--count", "1", "--send-file", str(tmp_path / "text"), "--send", ""),
    ) == [
        (Opcode.TEXT, b"a"),
        (Opcode.BINARY, b"\xff"),
        (Opcode.TEXT, b"b"),
        (Opcode.TEXT, "ü".encode()),
        (Opcode.TEXT, b""),
    ]


def test_text_that_is_no_utf_8_is_refused() -> None:
    with pytest.raises(click.BadParameter, match="--send-file"):
        messages("--send", "\udcff")
