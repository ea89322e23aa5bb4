"""``wireyard record`` against real servers: what it writes, when it ends, and what it says."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine, finished, interrupted, line_with
from tests.helpers.scripted_server import deaf_until, echo, listen, raw_serving, serving, silent
from tests.helpers.sinks import until
from websockets.asyncio.server import ServerConnection

if sys.platform != "win32":
    import fcntl
    import termios

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@contextlib.contextmanager
def a_pipe() -> Iterator[tuple[int, int]]:
    """A pipe that nobody reads unless the test does: its two ends."""
    reading, writing = os.pipe()
    try:
        yield reading, writing
    finally:
        for end in (reading, writing):
            with contextlib.suppress(OSError):
                os.close(end)


def is_full(reading: int) -> bool:
    """Whether the pipe holds what a pipe of Linux or macOS holds, but for a last page."""
    waiting = bytearray(4)
    fcntl.ioctl(reading, termios.FIONREAD, waiting)
    return int.from_bytes(waiting, sys.byteorder) > 60_000


async def push_for_ever(connection: ServerConnection) -> None:
    number = 0
    while True:
        await connection.send(f"message {number}")
        number += 1
        await asyncio.sleep(0.001)


async def test_messages_go_in_the_order_of_the_options_and_come_back(wireyard: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\x00\xff")
    (tmp_path / "text").write_text("grüße")
    async with serving(echo) as url:
        outcome = await wireyard.run(
            *("record", url, "--send", "1", "--send-file", str(tmp_path / "bytes"), "--send", "2"),
            *("--send-file", str(tmp_path / "text"), "--count", "4"),
        )
    assert (outcome.code, outcome.stderr) == (0, "")
    received = [record for record in outcome.of_kind("message") if record["dir"] == "receive"]
    assert [record.get("text", record.get("b64")) for record in received] == ["1", "AP8=", "2", "grüße"]
    assert [record["opcode"] for record in received] == [1, 2, 1, 1]
    assert [record["seq"] for record in outcome.records] == list(range(len(outcome.records)))
    assert outcome.records[0]["kind"] == "session"
    (close,) = outcome.of_kind("close")
    assert (close["by"], close["code"], close["clean"]) == ("us", 1000, True)


async def test_it_ends_after_the_time(wireyard: CommandLine) -> None:
    async with serving(listen) as url:
        outcome = await wireyard.run("record", url, "--max-time", "0.2")
    assert outcome.code == 0
    (close,) = outcome.of_kind("close")
    assert (close["by"], close["code"]) == ("us", 1000)
    assert close["open_s"] >= 0.2


async def test_the_time_before_the_count_is_a_shortfall(wireyard: CommandLine) -> None:
    async with serving(listen) as url:
        outcome = await wireyard.run("record", url, "--max-time", "0.2", "--count", "2")
    assert outcome.code == 16
    assert "after 0 of 2 messages" in outcome.stderr


async def test_the_servers_close_ends_it(wireyard: CommandLine) -> None:
    async def greet(connection: ServerConnection) -> None:
        await connection.send("welcome")

    async with serving(greet) as url:
        outcome = await wireyard.run("record", url)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.of_kind("close")[0]["by"] == "server"


async def test_the_servers_close_before_the_count_is_told(wireyard: CommandLine) -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.send("one")
        await connection.close(1001, "deploy")

    async with serving(leave) as url:
        outcome = await wireyard.run("record", url, "--count", "2")
    assert outcome.code == 16
    assert "The server is shutting down or restarting" in outcome.stderr
    assert "“deploy”" in outcome.stderr
    assert "after 1 of 2 messages" in outcome.stderr


async def test_a_lost_connection_is_told(wireyard: CommandLine) -> None:
    async def cut(connection: ServerConnection) -> None:
        connection.transport.abort()

    async with serving(cut) as url:
        outcome = await wireyard.run("record", url)
    assert outcome.code == 16
    assert "Lost: The connection dropped without a goodbye" in outcome.stderr


async def test_what_could_not_be_sent_is_told(wireyard: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 4_000_000)

    async def leave(connection: ServerConnection) -> None:
        await connection.close()

    async with serving(leave) as url:
        outcome = await wireyard.run("record", url, *(["--send-file", str(tmp_path / "large")] * 20))
    assert outcome.code == 16
    assert "Not sent: " in outcome.stderr
    assert "failed" in {record["state"] for record in outcome.of_kind("message")}


async def test_headers_and_subprotocols_are_sent(wireyard: CommandLine) -> None:
    seen: dict[str, str] = {}

    async def note(connection: ServerConnection) -> None:
        assert connection.request is not None
        seen.update(connection.request.headers.raw_items())
        seen["chosen"] = str(connection.subprotocol)

    async with serving(note, subprotocols=["v2"]) as url:
        outcome = await wireyard.run(
            *("record", url, "-H", "X-One: 1", "-H", "Origin: https://a.example", "--subprotocol", "v1"),
            *("--subprotocol", "v2"),
        )
    assert outcome.code == 0
    assert (seen["X-One"], seen["Origin"], seen["chosen"]) == ("1", "https://a.example", "v2")


async def test_lines_come_while_it_runs(wireyard: CommandLine) -> None:
    async with serving(echo) as url:
        process = await wireyard.start("record", url, "--send", "hello")
        assert b'"text":"hello"' in await line_with(process, b'"dir":"receive"')
        process.terminate()
        await finished(process)


async def test_a_file_gets_the_lines_instead_of_stdout(wireyard: CommandLine, tmp_path: Path) -> None:
    async with serving(echo) as url:
        outcome = await wireyard.run("record", url, "--send", "x", "--count", "1", "-o", str(tmp_path / "log.jsonl"))
    assert (outcome.code, outcome.stdout) == (0, b"")
    kinds = [json.loads(line)["kind"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert kinds[0] == "session"
    assert kinds[-1] == "close"


async def test_secrets_stay_out_of_stdout_and_stderr(wireyard: CommandLine) -> None:
    async with serving(echo) as url:
        address = url.replace("ws://", "ws://user:hush1@") + "?token=hush2&x=1"
        outcome = await wireyard.run("record", address, "-H", "Authorization: Bearer hush3", "--max-time", "0.1")
    assert outcome.code == 0
    assert b"hush" not in outcome.stdout
    assert "hush" not in outcome.stderr
    assert b"(hidden)" in outcome.stdout


async def test_a_flood_is_written_completely(wireyard: CommandLine) -> None:
    async def flood(connection: ServerConnection) -> None:
        for number in range(20_000):
            await connection.send(str(number))

    async with serving(flood, compression=None) as url:
        outcome = await wireyard.run("record", url)
    assert outcome.code == 0
    texts = [record["text"] for record in outcome.of_kind("message")]
    assert texts == [str(number) for number in range(20_000)]


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_ctrl_c_closes_with_1000(wireyard: CommandLine, number: int) -> None:
    codes: list[int | None] = []

    async def note(connection: ServerConnection) -> None:
        await connection.send("hello")
        try:
            await listen(connection)
        finally:
            codes.append(connection.close_code)

    async with serving(note) as url:
        process = await wireyard.start("record", url)
        await line_with(process, b"hello")
        outcome, seconds = await interrupted(process, number)
    assert (outcome.code, outcome.stderr) == (130, "")
    assert seconds < 1
    assert codes == [1000]
    assert outcome.of_kind("close")[0]["code"] == 1000


@posix_only
async def test_ctrl_c_ends_within_a_second_under_a_flood(wireyard: CommandLine) -> None:
    async with serving(push_for_ever) as url:
        process = await wireyard.start("record", url)
        await line_with(process, b"message 50")
        outcome, seconds = await interrupted(process)
    assert outcome.code == 130
    assert seconds < 1


@posix_only
async def test_ctrl_c_ends_within_a_second_when_the_server_does_not_answer(wireyard: CommandLine) -> None:
    over = asyncio.Event()
    async with serving(deaf_until(over)) as url:
        process = await wireyard.start("record", url)
        await line_with(process, b'"kind":"open"')
        outcome, seconds = await interrupted(process)
        over.set()
    assert outcome.code == 130
    assert seconds < 1
    assert [close["clean"] for close in outcome.of_kind("close")] == [False]


@posix_only
async def test_ctrl_c_ends_within_a_second_while_a_look_up_hangs(wireyard: CommandLine) -> None:
    wireyard.hang_look_ups()
    process = await wireyard.start("record", "ws://name.hangs/", "--connect-timeout", "0")
    await line_with(process, b'"kind":"session"')
    outcome, seconds = await interrupted(process)
    assert outcome.code == 130
    assert seconds < 1
    assert outcome.of_kind("error")[0]["code"] == "cancelled"


@posix_only
async def test_ctrl_c_ends_within_a_second_when_nobody_reads_the_pipe(wireyard: CommandLine) -> None:
    enough = asyncio.Event()

    async def flood(connection: ServerConnection) -> None:
        for _ in range(1000):
            await connection.send("x" * 1000)
        enough.set()
        await listen(connection)

    with a_pipe() as (our_end, its_end):
        async with serving(flood, compression=None) as url:
            process = await wireyard.start("record", url, stdout=its_end)
            await asyncio.wait_for(enough.wait(), 10)
            await until(lambda: is_full(our_end))
            begun = time.monotonic()
            process.send_signal(signal.SIGINT)
            outcome = await finished(process)
            assert time.monotonic() - begun < 1
    assert outcome.code == 130


@posix_only
async def test_a_reader_that_leaves_ends_it_quietly(wireyard: CommandLine) -> None:
    with a_pipe() as (our_end, its_end):
        async with serving(push_for_ever) as url:
            process = await wireyard.start("record", url, stdout=its_end)
            await asyncio.to_thread(os.read, our_end, 10)
            os.close(our_end)
            outcome = await finished(process)
    assert (outcome.code, outcome.stderr) == (0, "")
    (session,) = json.loads((await wireyard.run("sessions", "--json")).stdout)
    assert session["close"] == {"code": 1000, "by": "us"}


async def test_what_was_recorded_is_a_session_too(wireyard: CommandLine) -> None:
    async with serving(echo) as url:
        await wireyard.run("record", url, "--send", "x", "--count", "1")
    listed = json.loads((await wireyard.run("sessions", "--json")).stdout)
    assert [(each["counts"]["received"], each["close"]["code"]) for each in listed] == [(1, 1000)]


async def test_settings_of_the_profile_count_and_options_win(wireyard: CommandLine) -> None:
    wireyard.profile.mkdir()
    (wireyard.profile / "settings.toml").write_text("[network]\nopen_timeout_s = 0.2\nping_interval_s = oops\n")
    async with raw_serving(silent) as url:
        outcome = await wireyard.run("record", url, "--connect-timeout", "0.1")
        assert "settings.toml, line 3" in outcome.stderr
        assert "No answer in 0.1 s while waiting for the upgrade" in outcome.stderr
        (wireyard.profile / "settings.toml").write_text("[network]\nopen_timeout_s = 0.2\n")
        outcome = await wireyard.run("record", url)
    assert outcome.code == 15
    assert "No answer in 0.2 s" in outcome.stderr
    assert "--connect-timeout 30" in outcome.stderr


async def test_the_last_message_is_repeated_with_new_values(wireyard: CommandLine) -> None:
    async with serving(echo) as url:
        words = ("--send", "first", "--send", "{{$uuid}}", "--set", "a=b", "--repeat-every", "20", "--repeat", "4")
        outcome = await wireyard.run("record", url, *words, "--count", "5")
    assert outcome.code == 0
    got = [each["text"] for each in outcome.of_kind("message") if each["dir"] == "receive"]
    assert got[0] == "first"
    assert len(set(got[1:])) == 4
    assert all(len(text) == 36 for text in got[1:])


async def test_a_repeat_that_falls_short_is_told(wireyard: CommandLine) -> None:
    async with serving(listen) as url:
        words = ("--send", "x", "--repeat-every", "100", "--repeat", "1000", "--max-time", "0.5")
        outcome = await wireyard.run("record", url, *words)
    assert outcome.code == 16
    assert "of 1,000 times" in outcome.stderr


async def test_a_repeat_wants_a_message_and_an_interval(wireyard: CommandLine) -> None:
    for words in (("--repeat-every", "5"), ("--send", "x", "--repeat", "3"), ("--send", "x", "--repeat-every", "0")):
        outcome = await wireyard.run("record", "ws://127.0.0.1:1/", *words)
        assert outcome.code == 2
