"""A secret's value and a passphrase typed on a terminal: asked for, and not shown."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
DEADLINE_S = 20.0


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, wireyard: CommandLine, *arguments: str) -> None:
        self.said = ""
        self._master, slave = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _ON_TERMINAL, *arguments, "--profile", str(wireyard.profile)],
            env=wireyard.environment,
            cwd=wireyard.profile.parent,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def answer(self, question: str, text: str) -> None:
        """Wait for a question, and type."""
        self._read_until(question)
        os.write(self._master, f"{text}\n".encode())
        self.said = self.said.replace(question, "", 1)

    def end(self) -> int:
        """Wait for the end and give the exit code."""
        self._read_until(None)
        code = self._process.wait(DEADLINE_S)
        os.close(self._master)
        return code

    def _read_until(self, text: str | None) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while text is None or text not in self.said:
            assert time.monotonic() < deadline, self.said
            if not select.select([self._master], [], [], 0.1)[0]:
                if text is None and self._process.poll() is not None:
                    return
                continue
            try:
                data = os.read(self._master, 4096)
            except OSError:  # what Linux says at the end
                data = b""
            if not data:
                assert text is None, self.said
                return
            self.said += data.decode(errors="replace")


# The terminal becomes the one that /dev/tty stands for.
_ON_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from wireyard.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    root = tmp_path / "team"
    (root / "environments").mkdir(parents=True)
    (root / "wireyard.yaml").write_text("wireyard: 1\n")
    (root / "environments" / "e.yaml").write_text("wireyard: 1\n")
    return root


def test_value_and_passphrase_are_asked_for_and_not_shown(wireyard: CommandLine, team: Path) -> None:
    terminal = Terminal(wireyard, "env", "set", "e", "token", "--secret", "--workspace", str(team))
    terminal.answer("Value of token: ", "hush-1")
    terminal.answer("New passphrase for the encrypted secrets: ", "open")
    terminal.answer("Once more: ", "open")
    assert terminal.end() == 0
    assert not any(word in terminal.said for word in ("hush", "open"))
    again = Terminal(wireyard, "env", "unset", "e", "token", "--workspace", str(team))
    again.answer("Passphrase of the encrypted secrets: ", "wrong")
    assert again.end() == 18


def test_two_passphrases_that_differ_are_refused(wireyard: CommandLine, team: Path) -> None:
    terminal = Terminal(wireyard, "env", "set", "e", "token", "--secret", "--workspace", str(team))
    terminal.answer("Value of token: ", "hush-1")
    terminal.answer("New passphrase for the encrypted secrets: ", "open")
    terminal.answer("Once more: ", "opne")
    assert terminal.end() == 18
    assert "differ" in terminal.said
    assert "its value is kept nowhere" in terminal.said


def test_nothing_typed_is_no_value(wireyard: CommandLine, team: Path) -> None:
    terminal = Terminal(wireyard, "env", "set", "e", "token", "--secret", "--workspace", str(team))
    terminal.answer("Value of token: ", "")
    assert terminal.end() == 2
    assert (team / "environments" / "e.yaml").read_text() == "wireyard: 1\n"
