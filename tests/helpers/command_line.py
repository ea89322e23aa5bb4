"""The command line as its users have it: a process of its own, with a profile of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 20.0


@dataclass(frozen=True)
class Finished:
    """What came of a run."""

    code: int
    stdout: bytes
    stderr: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON Lines of stdout."""
        return [json.loads(line) for line in self.stdout.splitlines()]

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """The records of one kind."""
        return [record for record in self.records if record["kind"] == kind]


class CommandLine:
    """Runs ``wireyard`` with one profile."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        # A command that starts the program, such as one that takes rights from it.
        self.before: list[str] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "app"),
            "PYTHONIOENCODING": "utf-8",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",  # never the keyring of who runs the tests
            "HOME": str(profile.parent),
        }

    def hang_look_ups(self) -> None:
        """Names that end in ``.hangs`` are looked up for a minute from now on."""
        folder = ROOT / "tests" / "data" / "hanging_resolver"
        self.environment["PYTHONPATH"] += os.pathsep + str(folder)

    async def start(
        self, *arguments: str, stdout: int = asyncio.subprocess.PIPE, stdin: int = asyncio.subprocess.DEVNULL
    ) -> asyncio.subprocess.Process:
        """Start a command. It has no terminal to ask anything on."""
        return await asyncio.create_subprocess_exec(
            *self.before,
            sys.executable,
            "-m",
            "wireyard",
            *arguments,
            *(["--profile", str(self.profile)] if arguments[:1] != ("--version",) else []),
            env=self.environment,
            stdin=stdin,
            stdout=stdout,
            stderr=asyncio.subprocess.PIPE,
            cwd=self.profile.parent,
            start_new_session=True,
        )

    async def run(self, *arguments: str) -> Finished:
        """Run a command to its end."""
        return await finished(await self.start(*arguments))

    async def run_with_input(self, data: bytes, *arguments: str) -> Finished:
        """Run a command to its end, with this on its stdin."""
        return await finished(await self.start(*arguments, stdin=asyncio.subprocess.PIPE), data)


async def finished(process: asyncio.subprocess.Process, data: bytes | None = None) -> Finished:
    """Wait for a command; end it when it takes too long."""
    try:
        async with asyncio.timeout(DEADLINE_S):
            stdout, stderr = await process.communicate(data)
    except TimeoutError:
        process.kill()
        stdout, stderr = await process.communicate()
        raise AssertionError(f"no end after {DEADLINE_S:g} s\n{stdout!r}\n{stderr.decode()}") from None
    assert process.returncode is not None
    return Finished(process.returncode, stdout or b"", stderr.decode())


async def line_with(process: asyncio.subprocess.Process, text: bytes) -> bytes:
    """Read stdout up to the line that has this in it."""
    assert process.stdout is not None
    async with asyncio.timeout(DEADLINE_S):
        while line := await process.stdout.readline():
            if text in line:
                return line
    raise AssertionError(f"stdout ended without {text!r}")


async def interrupted(process: asyncio.subprocess.Process, number: int = signal.SIGINT) -> tuple[Finished, float]:
    """Press Ctrl+C; give what came of it and the seconds it took."""
    begun = time.monotonic()
    process.send_signal(number)
    outcome = await finished(process)
    return outcome, time.monotonic() - begun
