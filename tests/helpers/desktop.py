"""A desktop of a test's own: Xvfb on a free display, and the keyboard of xdotool. No mouse, no window manager."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "xdotool", "xclip")
DEADLINE_S = 20.0


def missing_tools() -> list[str]:
    """What this machine lacks for such a test."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def until(is_so: Callable[[], object], what: str, deadline_s: float = DEADLINE_S) -> None:
    """Wait for a condition and say what it was when it does not come."""
    end = time.monotonic() + deadline_s
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


class Desktop:
    """One X server and what a person does at it."""

    def __init__(self) -> None:
        # Left to choose, two servers that start at the same moment may take the same number.
        first = 100 + os.getpid() % 20_000
        for number in range(first, first + 20):
            server = _x_server(number)
            if server is not None:
                self._server, self.display = server, f":{number}"
                return
        raise TimeoutError("Xvfb did not start")

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to open its windows here."""
        without = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        return {**without, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def close(self) -> None:
        """Take the desktop away."""
        self._server.terminate()
        self._server.wait()

    def window(self, title: str) -> str:
        """Wait for a window whose title matches, give it the keyboard and answer its number."""
        found: list[str] = []

        def look() -> bool:
            found[:] = self._run("xdotool", "search", "--onlyvisible", "--name", title).split()
            return bool(found)

        until(look, f"a window called {title}")
        self._run("xdotool", "windowfocus", "--sync", found[0])
        return found[0]

    def title(self, window: str) -> str:
        """What a window is called now."""
        return self._run("xdotool", "getwindowname", window).strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as ``ctrl+Return``."""
        self._run("xdotool", "key", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._run("xdotool", "type", "--delay", "15", text)

    def clipboard(self) -> str:
        """What was copied."""
        return self._run("xclip", "-selection", "clipboard", "-out")

    def picture(self, path: Path) -> None:
        """Keep what is on the screen, for a look at a failure (X's own format)."""
        data = subprocess.run(["xwd", "-root", "-display", self.display], capture_output=True, check=False).stdout
        path.write_bytes(data)

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30, check=False)
        return done.stdout


@contextlib.contextmanager
def running(desktop: Desktop, folder: Path, *options: str) -> Generator[subprocess.Popen[bytes]]:
    """The program of this checkout on a desktop, with its profile and home in ``folder``; ended if need be."""
    environment = {**desktop.environment, "HOME": str(folder), "PYTHONPATH": str(ROOT / "app")}
    command = [sys.executable, "-m", "wireyard", "--profile", str(folder / "profile"), *options]
    process = subprocess.Popen(command, env=environment, cwd=folder)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _x_server(number: int) -> subprocess.Popen[bytes] | None:
    """A server for this display that is ready, or nothing where the number is taken."""
    read, write = os.pipe()
    options = ["-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", f":{number}", *options], pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        if select.select([answer], [], [], DEADLINE_S)[0] and answer.readline().strip() == str(number):
            return server
    server.kill()
    server.wait()
    return None
