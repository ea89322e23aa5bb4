"""Tries a built program: starts it, talks to its own echo server, opens its window and ends it.

``python packaging/smoke.py dist/wireyard/wireyard`` or any other command that starts Wireyard. Exits 0 when all of it
worked, and says what did not.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

DEADLINE_S = 30.0
MESSAGE = "hello from the smoke test"


class SmokeError(Exception):
    """Something the program should do, it did not."""


def start(command: list[str], profile: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the program with a profile of its own, away from any display."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    full = [*command, *arguments, "--profile", str(profile)]
    return subprocess.Popen(full, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def finish(process: subprocess.Popen[str], what: str) -> str:
    """Wait until the process has ended and give what it wrote. Raises `SmokeError` unless it exits 0."""
    try:
        output, _ = process.communicate(timeout=DEADLINE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
        raise SmokeError(f"{what} did not end within {DEADLINE_S:.0f} s:\n{output}") from None
    if process.returncode != 0:
        raise SmokeError(f"{what} exited with {process.returncode}:\n{output}")
    return output


@contextlib.contextmanager
def echo_server(command: list[str], profile: Path) -> Generator[str]:
    """The program's own echo server on a free port. Gives its address."""
    process = start(command, profile, "echo", "--port", "0")
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
        process.wait(DEADLINE_S)
        process.stdout.close()


def try_version(command: list[str], profile: Path) -> str:
    """The program tells its version."""
    process = subprocess.Popen([*command, "--version"], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return finish(process, "--version").strip()


def try_echo(command: list[str], profile: Path) -> str:
    """A message sent to the echo server comes back, and is in the log."""
    log = profile / "smoke.jsonl"
    with echo_server(command, profile) as url:
        arguments = ["record", url, "--send", MESSAGE, "--count", "1", "-o", str(log)]
        finish(start(command, profile, *arguments), "record")
    lines = log.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    mentions = [record for record in records if MESSAGE in json.dumps(record)]
    if len(mentions) < 2:
        raise SmokeError(f"the message is not there both as sent and as received:\n{log.read_text(encoding='utf-8')}")
    return f"{len(records)} records, the message sent and received"


def try_window(command: list[str], profile: Path) -> str:
    """The window opens, stays, and ends in order when it is asked to."""
    process = start(command, profile)
    started = time.monotonic()
    while time.monotonic() - started < 3.0:
        if process.poll() is not None:
            raise SmokeError(f"the window ended by itself with {process.returncode}:\n{process.communicate()[0]}")
        time.sleep(0.1)
    # Windows knows no SIGTERM that a program could answer: there the end is not an orderly one.
    process.send_signal(signal.SIGTERM)
    ended = time.monotonic()
    if os.name == "nt":
        process.communicate(timeout=DEADLINE_S)
        return "opened"
    finish(process, "the window after SIGTERM")
    return f"opened, ended {time.monotonic() - ended:.1f} s after SIGTERM"


def main() -> int:
    """Try everything and say how it went."""
    command = sys.argv[1:]
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="wireyard-smoke-") as folder:
        for attempt in (try_version, try_echo, try_window):
            began = time.monotonic()
            try:
                outcome = attempt(command, Path(folder))
            except SmokeError as error:
                print(f"smoke: {attempt.__name__}: {error}", file=sys.stderr)
                return 1
            print(f"smoke: {attempt.__name__}: {outcome} ({time.monotonic() - began:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
