"""Cookies of saved requests on the command line: kept for the next run, for each environment, and never told."""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine
from tests.helpers.raw_server import Peer, raw_server


@pytest.fixture
def team(tmp_path: Path) -> Path:
    root = tmp_path / "team"
    (root / "Shop").mkdir(parents=True)
    (root / "environments").mkdir()
    for name, text in {
        "wireyard.yaml": "wireyard: 1\n",
        "Shop/collection.yaml": "wireyard: 1\n",
        "Shop/Feed.ws.yaml": "url: '{{base}}/feed'\n",
        "Shop/Bare.ws.yaml": "url: '{{base}}/feed'\nnetwork:\n  cookies: false\n",
        "environments/Staging.yaml": "wireyard: 1\n",
    }.items():
        (root / name).write_text(text)
    return root


async def log_in(peer: Peer) -> None:
    """Set a cookie, tell which came, and say goodbye."""
    await peer.accept(
        "Set-Cookie: sid=hush-hush; Path=/", "Set-Cookie: x=1; Domain=other.example", then=b"\x88\x02\x03\xe8"
    )
    await peer.read_to_end()


def cookies(request: bytes) -> list[str]:
    return [line.decode() for line in request.split(b"\r\n") if line.lower().startswith(b"cookie:")]


def files_with(folder: Path, secret: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret in path.read_bytes()]


async def test_a_saved_request_keeps_its_cookies_for_the_next_run(wireyard: CommandLine, team: Path) -> None:
    async with raw_server(log_in) as server:
        base = f"base=ws://127.0.0.1:{server.port}"

        async def run(request: str, *more: str) -> str:
            outcome = await wireyard.run("record", f"Shop/{request}", "--workspace", str(team), "--set", base, *more)
            assert outcome.code == 0, outcome.stderr
            assert "hush" not in outcome.stderr
            return outcome.stdout.decode()

        log = await run("Feed")
        await run("Feed", "-b", "own=1")
        await run("Feed", "-e", "Staging")
        await run("Bare")
        await run("Feed", "-b", "")
        outcome = await wireyard.run("probe", "Shop/Feed", "--workspace", str(team), "--set", base)
    assert "hush" not in outcome.stdout.decode()
    assert "Cookies: sid kept; x refused: It is for another host, other.example." in outcome.stdout.decode()
    assert "hush" not in log
    assert '"cookies":[{"name":"sid","fate":"kept"' in log
    assert [cookies(request) for request in server.requests] == [
        [],
        ["Cookie: own=1; sid=hush-hush"],
        [],
        [],
        [],
        ["Cookie: sid=hush-hush"],
    ]


async def test_what_is_kept_is_private_and_not_in_the_workspace(wireyard: CommandLine, team: Path) -> None:
    async with raw_server(log_in) as server:
        base = f"base=ws://127.0.0.1:{server.port}"
        await wireyard.run("record", "Shop/Feed", "--workspace", str(team), "--set", base)
    assert files_with(team, b"hush") == []
    (file,) = files_with(wireyard.profile / "cookies", b"hush-hush")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600


async def test_an_address_keeps_nothing(wireyard: CommandLine) -> None:
    async with raw_server(log_in) as server:
        await wireyard.run("record", server.url)
        await wireyard.run("record", server.url)
    assert [cookies(request) for request in server.requests] == [[], []]
    assert not (wireyard.profile / "cookies").exists()


async def test_a_file_of_curl_s_is_read(wireyard: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text("127.0.0.1\tFALSE\t/\tFALSE\t0\tjar\t1\n127.0.0.1\tFALSE\t/else\tFALSE\t0\tno\t1\n")
    async with raw_server(log_in) as server:
        outcome = await wireyard.run("record", server.url, "-b", str(file), "-b", "a=1")
    assert outcome.code == 0
    assert cookies(server.requests[0]) == ["Cookie: a=1; jar=1"]


async def test_what_a_refusal_sets_is_in_no_output_also_not_in_its_raw_bytes(wireyard: CommandLine, team: Path) -> None:
    async def refuse(peer: Peer) -> None:
        await peer.answer("401 No", "Set-Cookie: sid=hush-hush; Path=/", "Content-Length: 4", body=b"gone")

    async with raw_server(refuse) as server:
        base = f"base=ws://127.0.0.1:{server.port}"
        target = ("Shop/Feed", "--workspace", str(team), "--set", base)
        log = await wireyard.run("record", *target)
        probe = await wireyard.run("probe", *target, "--json")
    assert cookies(server.requests[1]) == ["Cookie: sid=hush-hush"]
    (error,) = log.of_kind("error")
    assert error["cookies"][0]["fate"] == "kept"
    assert b"Set-Cookie: (hidden)" in base64.b64decode(error["answer"]["raw_b64"])
    for said in (log.stdout, probe.stdout, log.stderr.encode(), probe.stderr.encode()):
        assert b"hush" not in said
        assert b"hush" not in b"".join(base64.b64decode(each) for each in re.findall(rb'_b64": ?"([^"]*)"', said))
