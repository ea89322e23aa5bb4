"""The program that is tried, as a process with a home and a profile of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEADLINE_S = 30.0

_FOLDERS = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_FOLDERS_OF_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


class SmokeError(Exception):
    """Something the program should do, it did not."""


@dataclass(frozen=True)
class Program:
    """A command that starts Wireyard, and a folder that it takes for the home of its user."""

    command: list[str]
    home: Path
    more: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def profile(self) -> Path:
        """Where it keeps everything."""
        return self.home / "profile"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start it with these arguments, away from any display."""
        return self._popen([*arguments, "--profile", str(self.profile)])

    def version(self) -> str:
        """What it says of itself."""
        return finish(self._popen(["--version"]), "--version").strip()

    def run(self, *arguments: str, typed: str | None = None) -> str:
        """Run one of its commands to the end and give what it wrote. Raises `SmokeError` unless it exits 0."""
        return finish(self.start(*arguments), arguments[0], typed)

    @contextlib.contextmanager
    def echo_server(self) -> Generator[str]:
        """Its own echo server on a free port. Gives the address."""
        process = self.start("echo", "--port", "0")
        assert process.stdout is not None
        try:
            heard = ""
            for line in process.stdout:
                heard += line
                words = [word.strip(".,;()") for word in line.split() if word.startswith("ws://")]
                if words:
                    yield words[0]
                    return
            raise SmokeError(f"the echo server named no address:\n{heard}")
        finally:
            process.terminate()
            process.communicate(timeout=DEADLINE_S)

    def _popen(self, arguments: list[str]) -> subprocess.Popen[str]:
        own = {name: str(self.home) for name in _FOLDERS}
        own |= {name: str(self.home / name.lower()) for name in _FOLDERS_OF_XDG}
        environ = {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1", **self.more}
        command = [*self.command, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=environ, encoding="utf-8", stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT
        )


def finish(process: subprocess.Popen[str], what: str, typed: str | None = None) -> str:
    """Wait until the process has ended and give what it wrote. Raises `SmokeError` unless it exits 0."""
    try:
        output, _ = process.communicate(typed, timeout=DEADLINE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
        raise SmokeError(f"{what} did not end within {DEADLINE_S:.0f} s:\n{output}") from None
    if process.returncode != 0:
        raise SmokeError(f"{what} exited with {process.returncode}:\n{output}")
    return output
