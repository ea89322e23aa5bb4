"""The window as a process of its own: it opens, and ends in order when it is told to, also by a signal."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine, Finished, finished, interrupted
from tests.helpers.scripted_server import serving
from tests.helpers.sinks import until
from websockets.asyncio.server import ServerConnection

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal")


class Server:
    """Counts its guests and hears how they leave."""

    def __init__(self) -> None:
        self.guests = 0
        self.codes: list[int | None] = []

    async def talk(self, connection: ServerConnection) -> None:
        self.guests += 1
        await connection.wait_closed()
        self.codes.append(connection.close_code)


@pytest.fixture
def wireyard(tmp_path: Path) -> CommandLine:
    line = CommandLine(tmp_path / "profile")
    line.environment |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)}
    if "LD_LIBRARY_PATH" in os.environ:
        line.environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return line


def assert_quiet(outcome: Finished) -> None:
    """Nothing was said but what the offscreen platform says of itself."""
    said = [line for line in outcome.stderr.splitlines() if "This plugin does not support" not in line]
    assert said == []
    assert outcome.stdout == b""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_signal_ends_the_window_as_quit_does(wireyard: CommandLine, number: signal.Signals) -> None:
    server = Server()
    async with serving(server.talk) as url:
        process = await wireyard.start(url, f"{url}second", "--connect")
        await until(lambda: server.guests == 2)
        outcome, took_s = await interrupted(process, number)
        assert (outcome.code, server.codes) == (0, [1001, 1001])
        assert took_s < 2
    assert_quiet(outcome)
    assert len(list((wireyard.profile / "sessions").glob("*.sqlite"))) == 2


async def test_a_signal_while_a_name_is_looked_up_for_a_minute(wireyard: CommandLine) -> None:
    wireyard.hang_look_ups()
    begun = time.monotonic()
    process = await wireyard.start("ws://name.hangs", "--connect")
    await until(lambda: (wireyard.profile / "sessions").is_dir() and any((wireyard.profile / "sessions").iterdir()))
    outcome, took_s = await interrupted(process, signal.SIGTERM)
    assert outcome.code == 0
    assert took_s < 2
    assert time.monotonic() - begun < 30
    assert_quiet(outcome)


async def test_a_signal_in_the_middle_of_a_flood_loses_nothing(wireyard: CommandLine) -> None:
    sent = 0
    gone = asyncio.Event()

    async def flood(connection: ServerConnection) -> None:
        nonlocal sent
        try:
            while True:
                await connection.send(f'{{"n": {sent}}}')
                sent += 1
                await asyncio.sleep(0)
        finally:
            gone.set()

    async with serving(flood) as url:
        process = await wireyard.start(url, "--connect")
        await until(lambda: sent > 2000)
        outcome, took_s = await interrupted(process, signal.SIGTERM)
        await asyncio.wait_for(gone.wait(), 5)
    assert outcome.code == 0
    assert took_s < 2.5
    assert_quiet(outcome)
    listed = await finished(await wireyard.start("sessions", "--json"))
    assert json.loads(listed.stdout)[0]["counts"]["received"] >= 2000


async def test_without_connect_nothing_is_dialled_and_the_tabs_are_there_next_time(wireyard: CommandLine) -> None:
    server = Server()
    async with serving(server.talk) as url:
        process = await wireyard.start(url)
        tabs = wireyard.profile / "tabs.json"
        await until(lambda: tabs.exists() and url.encode() in tabs.read_bytes())
        outcome, _ = await interrupted(process, signal.SIGTERM)
        assert (outcome.code, server.guests) == (0, 0)
    assert_quiet(outcome)


async def test_a_profile_that_cannot_be_made_is_a_storage_error(wireyard: CommandLine) -> None:
    wireyard.profile.write_text("a file")
    outcome = await finished(await wireyard.start("ws://h.example"))
    assert outcome.code == 17
    assert "Traceback" not in outcome.stderr
    assert outcome.stderr


def opened_workspaces(profile: Path) -> list[str]:
    try:
        return [each["path"] for each in json.loads((profile / "workspaces.json").read_text())]
    except (OSError, ValueError):
        return []


async def test_the_workspace_that_was_named_is_opened(wireyard: CommandLine, tmp_path: Path) -> None:
    team = tmp_path / "team"
    assert (await wireyard.run("list")).code == 0  # makes the profile's own
    (wireyard.profile / "workspace").rename(team)
    process = await wireyard.start("--workspace", str(team))
    await until(lambda: opened_workspaces(wireyard.profile) == [str(team)])
    outcome, _ = await interrupted(process, signal.SIGTERM)
    assert outcome.code == 0
    assert_quiet(outcome)
    assert not (wireyard.profile / "workspace").exists()


async def test_the_first_run_makes_a_workspace(wireyard: CommandLine) -> None:
    process = await wireyard.start()
    await until(lambda: opened_workspaces(wireyard.profile) == [str(wireyard.profile / "workspace")])
    outcome, _ = await interrupted(process, signal.SIGTERM)
    assert (outcome.code, (wireyard.profile / "workspace" / "Local playground" / "Echo.ws.yaml").is_file()) == (0, True)
