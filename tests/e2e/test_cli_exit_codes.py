"""Each way to fail has its exit code, and the window's words on stderr."""

from __future__ import annotations

import asyncio
import datetime
import os
import struct
import sys
from pathlib import Path

import pytest
from tests.helpers.certificates import DAY, NOW, Authority
from tests.helpers.command_line import CommandLine, Finished, finished
from tests.helpers.raw_server import unused_port
from tests.helpers.scripted_server import answering, echo, raw_serving, read_request, serving, silent
from websockets.asyncio.server import ServerConnection

WRONG_ACCEPT = b"""HTTP/1.1 101 Switching Protocols\r
Upgrade: websocket\r
Connection: Upgrade\r
Sec-WebSocket-Accept: wrong\r
\r
"""


def expect(outcome: Finished, code: int, words: str) -> None:
    assert (outcome.code, words in outcome.stderr) == (code, True), outcome.stderr


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Type an address"),
        ("ws://h:99999/", "Port 99999 is too high"),
        ("ftp://h/", "not a WebSocket scheme"),
        ("ws://h/#x", "no fragment"),
        ("ws://[::1/", "never closed"),
    ],
)
async def test_a_bad_address_is_10_and_writes_nothing(wireyard: CommandLine, address: str, words: str) -> None:
    outcome = await wireyard.run("record", address)
    expect(outcome, 10, words)
    assert "Check address: This is not a WebSocket address" in outcome.stderr
    assert outcome.stdout == b""


async def test_an_unknown_name_is_11(wireyard: CommandLine) -> None:
    outcome = await wireyard.run("record", "ws://name.invalid/")
    expect(outcome, 11, "“name.invalid” could not be found")
    assert outcome.of_kind("error")[0]["code"] == "name_not_found"


async def test_a_look_up_that_hangs_is_11(wireyard: CommandLine) -> None:
    wireyard.hang_look_ups()
    outcome = await wireyard.run("record", "ws://name.hangs/", "--connect-timeout", "0.2")
    expect(outcome, 11, "Timed out: No answer in 0.2 s while looking up the name")


async def test_a_refused_connection_is_12(wireyard: CommandLine) -> None:
    port = unused_port()
    expect(await wireyard.run("record", f"ws://127.0.0.1:{port}/"), 12, f"Nothing is listening on 127.0.0.1:{port}")


async def test_an_untrusted_certificate_is_14_and_both_ways_out_work(wireyard: CommandLine, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with serving(echo, ssl=authority.context("localhost", "127.0.0.1")) as url:
        outcome = await wireyard.run("record", url)
        expect(outcome, 14, "TLS failed: This certificate's issuer is not trusted")
        assert "-k connects without the certificate check" in outcome.stderr
        skipped = await wireyard.run("record", url, "-k", "--max-time", "0.05")
        trusted = await wireyard.run("record", url, "--cacert", str(authority.ca_file), "--max-time", "0.05")
    assert (skipped.code, skipped.of_kind("open")[0]["tls_verified"]) == (0, False)
    assert (trusted.code, trusted.of_kind("open")[0]["tls_verified"]) == (0, True)


@pytest.mark.parametrize(
    ("names", "end", "words"),
    [
        (("other.example",), NOW + DAY, "belongs to a different host"),
        (("127.0.0.1",), NOW - DAY / 2, "The certificate expired 12 h"),
    ],
)
async def test_a_certificate_that_does_not_fit_is_14(
    wireyard: CommandLine, tmp_path: Path, names: tuple[str, ...], end: datetime.datetime, words: str
) -> None:
    authority = Authority(tmp_path)
    async with serving(echo, ssl=authority.context(*names, end=end)) as url:
        outcome = await wireyard.run("record", url, "--cacert", str(authority.ca_file))
    expect(outcome, 14, words)


async def test_tls_on_a_plain_port_is_14(wireyard: CommandLine) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with raw_serving(plain) as url:
        outcome = await wireyard.run("record", url.replace("ws://", "wss://"))
    expect(outcome, 14, "does not speak TLS")
    assert "ws:// connects without TLS" in outcome.stderr


async def test_a_cut_in_the_tls_handshake_is_14(wireyard: CommandLine) -> None:
    async with serving(echo) as url:
        outcome = await wireyard.run("record", url.replace("ws://", "wss://"))
    expect(outcome, 14, "Reset: The connection was cut while setting up TLS")


async def test_a_ca_file_without_a_certificate_is_14(wireyard: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    outcome = await wireyard.run("record", "wss://127.0.0.1:9/", "--cacert", str(tmp_path / "ca.pem"))
    assert outcome.code in (12, 14)  # nothing may listen there; what counts is that it is no crash
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n",
            "sign in\n  No Authorization header was sent; it asks for “Bearer”.",
        ),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "Origin sent: none."),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "No WebSocket at /"),
        (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nnope", "“nope”"),
        (b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n", "Upgrade h2c"),
        (b"HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", "Retry-After: 7 s."),
        (b"HTTP/1.1 418 I'm a teapot\r\nContent-Length: 0\r\n\r\n", "418 I'm a: The server refused the upgrade"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "The server sent a web page instead"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: https://new.example/ws\r\nContent-Length: 0\r\n\r\n",
            "The new address is wss://new.example/ws",
        ),
        (
            WRONG_ACCEPT,
            "Bad answer: The server's upgrade answer is wrong",
        ),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "This port does not speak HTTP"),
        (b"", "The server closed the line before answering"),
    ],
    ids=lambda value: value[9:12].decode() if isinstance(value, bytes) else "",
)
async def test_a_refused_upgrade_is_15(wireyard: CommandLine, answer: bytes, words: str) -> None:
    async with raw_serving(answering(answer)) as url:
        expect(await wireyard.run("record", url), 15, words)


async def test_no_answer_in_time_is_15(wireyard: CommandLine) -> None:
    async with raw_serving(silent) as url:
        outcome = await wireyard.run("record", url, "--connect-timeout", "0.2")
    expect(outcome, 15, "Timed out: No answer in 0.2 s while waiting for the upgrade")


async def test_a_subprotocol_that_was_not_offered_is_15(wireyard: CommandLine) -> None:
    async def choose(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with serving(choose, select_subprotocol=lambda _connection, _offered: "v9") as url:
        outcome = await wireyard.run("record", url, "--subprotocol", "v1")
    expect(outcome, 15, "Offered v1; answered “v9”.")
    assert "--subprotocol v9" in outcome.stderr


async def test_a_message_over_the_limit_is_16(wireyard: CommandLine) -> None:
    async def push(connection: ServerConnection) -> None:
        await connection.send("x" * 2000)
        await connection.wait_closed()

    async with serving(push) as url:
        outcome = await wireyard.run("record", url, "--max-size", "1000")
        expect(outcome, 16, "Message too big: A message passed the limit of 1000 bytes")
        assert outcome.of_kind("close")[0]["code"] == 1009
        assert (await wireyard.run("record", url, "--max-size", "2000", "--count", "1")).code == 0


async def test_invalid_text_is_16(wireyard: CommandLine) -> None:
    async def push(connection: ServerConnection) -> None:
        connection.transport.write(b"\x81\x02a\xff")
        await connection.wait_closed()

    async with serving(push) as url:
        expect(await wireyard.run("record", url), 16, "Byte 1: ff.")


async def test_a_broken_rule_is_16(wireyard: CommandLine) -> None:
    async def push(connection: ServerConnection) -> None:
        connection.transport.write(struct.pack("!BB", 0x83, 0))
        await connection.wait_closed()

    async with serving(push) as url:
        expect(await wireyard.run("record", url), 16, "Unknown opcode 0x3.")


@pytest.mark.parametrize("header", ["no colon", ": no name"])
async def test_a_header_that_is_none_is_2(wireyard: CommandLine, header: str) -> None:
    expect(await wireyard.run("record", "ws://h/", "-H", header), 2, "'Name: value'")


async def test_a_header_that_can_not_be_sent_is_2(wireyard: CommandLine) -> None:
    outcome = await wireyard.run("record", "ws://127.0.0.1:9/", "-H", "X: a\nb")
    expect(outcome, 2, "A header can't be sent as it is")


@pytest.mark.parametrize(
    "arguments",
    [
        ("record",),
        ("record", "ws://h/", "--count", "0"),
        ("record", "ws://h/", "--max-time", "-1"),
        ("record", "ws://h/", "--send-file", "not-there"),
        ("record", "ws://h/", "--nonsense"),
        ("export",),
        ("export", "x"),
        ("echo", "--port", "70000"),
        ("sessions", "x"),
        ("--connect", "sessions"),
        ("ws://h/", "--nonsense"),
    ],
)
async def test_wrong_usage_is_2(wireyard: CommandLine, arguments: tuple[str, ...]) -> None:
    outcome = await wireyard.run(*arguments)
    expect(outcome, 2, "Usage: wireyard")
    assert outcome.stdout == b""


async def test_an_output_that_can_not_be_written_is_17(wireyard: CommandLine, tmp_path: Path) -> None:
    async with serving(echo) as url:
        outcome = await wireyard.run("record", url, "-o", str(tmp_path / "no" / "folder"))
    expect(outcome, 17, "can't be written: No such file or directory.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
async def test_an_output_that_is_full_is_17(wireyard: CommandLine) -> None:
    async with serving(echo) as url:
        outcome = await wireyard.run("record", url, "-o", "/dev/full")
    expect(outcome, 17, "/dev/full can't be written: No space left on device.")


async def test_a_profile_that_can_not_be_made_is_17(wireyard: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    wireyard.profile = tmp_path / "file" / "profile"
    wireyard.profile.parent.parent.mkdir(exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wireyard", "record", "ws://h/", "--profile", str(wireyard.profile)),
        env=wireyard.environment | {"PATH": os.environ["PATH"]},
        stderr=asyncio.subprocess.PIPE,
    )
    outcome = await finished(process)
    expect(outcome, 17, "can't be used")


async def test_a_hang_up_in_the_answer_is_15(wireyard: CommandLine) -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.transport.abort()

    async with raw_serving(cut) as url:
        outcome = await wireyard.run("record", url)
    assert outcome.code == 15
