"""``sessions``, ``export``, ``echo`` and what goes before a command."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine, finished, interrupted, line_with
from tests.helpers.raw_server import unused_port
from tests.helpers.scripted_server import echo, serving


async def recorded(wireyard: CommandLine, *more: str) -> dict[str, object]:
    """Record one message with secrets around it; give its entry in the list."""
    async with serving(echo) as url:
        address = f"{url}?token=hush1"
        outcome = await wireyard.run("record", address, "-H", "Cookie: hush2", "--send", "hello", "--count", "1", *more)
        assert outcome.code == 0
    return json.loads((await wireyard.run("sessions", "--json")).stdout)[0]


def is_there(session: dict[str, object]) -> bool:
    return Path(str(session["path"])).is_file()


def spoil(session: dict[str, object]) -> None:
    Path(str(session["path"])).write_bytes(b"junk" * 1000)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def modes(*paths: Path) -> list[int]:
    return [path.stat().st_mode & 0o777 for path in paths]


async def test_sessions_are_listed_newest_first(wireyard: CommandLine) -> None:
    first = await recorded(wireyard)
    second = await recorded(wireyard)
    listed = json.loads((await wireyard.run("sessions", "--json")).stdout)
    assert [each["id"] for each in listed] == [second["id"], first["id"]]
    assert set(listed[0]) >= {"id", "path", "url", "start", "counts", "close"}
    assert listed[0]["counts"] == {"sent": 1, "sent_bytes": 5, "received": 1, "received_bytes": 5}
    assert listed[0]["close"] == {"code": 1000, "by": "us"}
    assert is_there(listed[0])


async def test_the_plain_list_has_one_line_a_session_and_no_secrets(wireyard: CommandLine) -> None:
    session = await recorded(wireyard)
    outcome = await wireyard.run("sessions")
    (line,) = outcome.stdout.decode().splitlines()
    columns = line.split("\t")
    assert columns[0] == session["id"]
    assert columns[-1] == session["path"]
    assert "1000 Normal closure" in columns
    assert "hush" not in line


async def test_without_sessions_the_lists_are_empty(wireyard: CommandLine) -> None:
    assert json.loads((await wireyard.run("sessions", "--json")).stdout) == []
    outcome = await wireyard.run("sessions")
    assert (outcome.code, outcome.stdout) == (0, b"")


async def test_a_damaged_session_is_listed_with_its_problem(wireyard: CommandLine) -> None:
    session = await recorded(wireyard)
    spoil(session)
    (listed,) = json.loads((await wireyard.run("sessions", "--json")).stdout)
    assert listed["problem"]
    outcome = await wireyard.run("export", str(session["path"]), "-o", "-")
    assert outcome.code == 17
    assert "Traceback" not in outcome.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
async def test_what_is_stored_is_private(wireyard: CommandLine) -> None:
    session = await recorded(wireyard)
    assert modes(Path(str(session["path"])), wireyard.profile / "sessions", wireyard.profile) == [0o600, 0o700, 0o700]


@pytest.mark.parametrize("by", ["id", "beginning", "path"])
async def test_a_session_is_exported_as_record_wrote_it(wireyard: CommandLine, tmp_path: Path, by: str) -> None:
    session = await recorded(wireyard, "-o", str(tmp_path / "live.jsonl"))
    name = {"id": str(session["id"]), "beginning": str(session["id"])[:15], "path": str(session["path"])}[by]
    outcome = await wireyard.run("export", name, "-o", str(tmp_path / "out.jsonl"))
    assert outcome.code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "live.jsonl").read_bytes()


async def test_secrets_are_hidden_and_named_unless_asked_for(wireyard: CommandLine, tmp_path: Path) -> None:
    session = await recorded(wireyard)
    for form in ("jsonl", "text"):
        hidden = await wireyard.run("export", str(session["id"]), "-o", "-", "--format", form)
        assert hidden.code == 0
        assert b"hush" not in hidden.stdout
        assert "Cookie" in hidden.stderr
        assert "token in the address" in hidden.stderr
        shown = await wireyard.run("export", str(session["id"]), "-o", "-", "--format", form, "--with-secrets")
        assert b"hush1" in shown.stdout
        assert b"hush2" in shown.stdout
        assert shown.stderr == ""


async def test_a_lossless_export_becomes_the_same_text(wireyard: CommandLine, tmp_path: Path) -> None:
    session = await recorded(wireyard)
    log = tmp_path / "log.jsonl"
    await wireyard.run("export", str(session["id"]), "-o", str(log), "--with-secrets")
    of_session = await wireyard.run("export", str(session["id"]), "-o", "-", "--format", "text")
    of_log = await wireyard.run("export", str(log), "-o", "-", "--format", "text")
    assert of_log.stdout == of_session.stdout
    again = await wireyard.run("export", str(log), "-o", "-", "--with-secrets")
    assert again.stdout == log.read_bytes()


async def test_the_files_ending_decides_the_form(wireyard: CommandLine, tmp_path: Path) -> None:
    session = await recorded(wireyard)
    await wireyard.run("export", str(session["id"]), "-o", str(tmp_path / "out.txt"))
    assert (tmp_path / "out.txt").read_text().startswith("Wireyard session")


async def test_an_unknown_session_is_2_and_leaves_no_file(wireyard: CommandLine, tmp_path: Path) -> None:
    outcome = await wireyard.run("export", "nothing", "-o", str(tmp_path / "out"))
    assert outcome.code == 2
    assert "“nothing” is no session's id" in outcome.stderr
    assert not (tmp_path / "out").exists()


async def test_a_broken_log_is_17_with_its_line_and_leaves_the_old_file(wireyard: CommandLine, tmp_path: Path) -> None:
    session = await recorded(wireyard)
    log, target = tmp_path / "log.jsonl", tmp_path / "out.txt"
    await wireyard.run("export", str(session["id"]), "-o", str(log))
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([*lines[:3], b"{broken}\n", *lines[3:]]))
    target.write_text("before")
    outcome = await wireyard.run("export", str(log), "-o", str(target))
    assert outcome.code == 17
    assert "Line 4" in outcome.stderr
    assert target.read_text() == "before"
    assert names(tmp_path) == ["log.jsonl", "out.txt", "profile"]


async def test_a_session_is_not_exported_onto_itself(wireyard: CommandLine) -> None:
    session = await recorded(wireyard)
    outcome = await wireyard.run("export", str(session["id"]), "-o", str(session["path"]))
    assert outcome.code == 2
    assert (await wireyard.run("export", str(session["id"]), "-o", "-")).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
async def test_echo_says_where_it_is_and_sends_everything_back(wireyard: CommandLine) -> None:
    port = unused_port()
    server = await wireyard.start("echo", "--port", str(port))
    url = (await line_with(server, b"ws://")).decode().strip()
    assert url == f"ws://127.0.0.1:{port}/"
    outcome = await wireyard.run("record", f"{url}any/path", "--send", "hello", "--count", "1")
    assert outcome.code == 0
    taken = await wireyard.run("echo", "--port", str(port))
    assert (taken.code, taken.stderr) == (12, f"wireyard: Port {port} is in use by another program.\n")
    ended, seconds = await interrupted(server, signal.SIGINT)
    assert (ended.code, ended.stderr) == (130, "")
    assert seconds < 1


async def test_the_profile_may_stand_before_the_command(wireyard: CommandLine, tmp_path: Path) -> None:
    session = await recorded(wireyard)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wireyard", "--profile", str(wireyard.profile), "sessions", "--json"),
        env=wireyard.environment | {"PATH": os.environ["PATH"]},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    outcome = await finished(process)
    assert [each["id"] for each in json.loads(outcome.stdout)] == [session["id"]]


async def test_the_version_is_told(wireyard: CommandLine) -> None:
    outcome = await wireyard.run("--version")
    assert outcome.code == 0
    assert outcome.stdout.startswith(b"wireyard 0.")
    assert not wireyard.profile.exists()
