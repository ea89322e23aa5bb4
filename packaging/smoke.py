"""Tries a built program: starts it, talks to its own echo server, uses a workspace and secrets, opens its window.

``python packaging/smoke.py dist/wireyard/wireyard`` or any other command that starts Wireyard. Exits 0 when all of it
worked, and says what did not. The user's own profile and keyring are left alone.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from smoke_program import DEADLINE_S, Program, SmokeError, finish
from smoke_workspace import try_encrypted_secrets, try_keyring, try_samples

MESSAGE = "hello from the smoke test"


def try_version(program: Program) -> str:
    """The program tells its version."""
    return program.version()


def try_echo(program: Program) -> str:
    """A message sent to the echo server comes back, and is in the log."""
    log = program.home / "smoke.jsonl"
    with program.echo_server() as url:
        program.run("record", url, "--send", MESSAGE, "--count", "1", "-o", str(log))
    lines = log.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    mentions = [record for record in records if MESSAGE in json.dumps(record)]
    if len(mentions) < 2:
        raise SmokeError(f"the message is not there both as sent and as received:\n{log.read_text(encoding='utf-8')}")
    return f"{len(records)} records, the message sent and received"


def try_window(program: Program) -> str:
    """The window opens, stays, and ends in order when it is asked to."""
    process = program.start()
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
    attempts = (try_version, try_echo, try_samples, try_encrypted_secrets, try_keyring, try_window)
    with tempfile.TemporaryDirectory(prefix="wireyard-smoke-") as folder:
        for attempt in attempts:
            began = time.monotonic()
            try:
                outcome = attempt(Program(command, Path(folder)))
            except SmokeError as error:
                print(f"smoke: {attempt.__name__}: {error}", file=sys.stderr)
                return 1
            print(f"smoke: {attempt.__name__}: {outcome} ({time.monotonic() - began:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
