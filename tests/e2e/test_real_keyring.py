"""GNOME Keyring itself, on a message bus of the test's own: a secret's value lands there, and only there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine
from tests.helpers.scripted_server import serving
from websockets.asyncio.server import ServerConnection

TOOLS = ("dbus-daemon", "gnome-keyring-daemon")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or bool(MISSING), reason=f"needs {', '.join(MISSING) or 'Linux'}"
)
VALUE = "hush-4711-hush"


class Keyring:
    """A message bus and an unlocked keyring, both of which live in one folder."""

    def __init__(self, folder: Path, *, is_unlocked: bool) -> None:
        self.folder = folder / "keyrings"
        self.folder.mkdir()
        (self.folder / "default").write_text("login")
        run = folder / "run"
        run.mkdir(mode=0o700)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "XDG_RUNTIME_DIR": str(run),
        }
        command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        self._bus = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._bus.stdout is not None
        self.environment = environment | {"DBUS_SESSION_BUS_ADDRESS": self._bus.stdout.readline().strip()}
        self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if is_unlocked else [])],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._daemon.stdin is not None
        assert self._daemon.stdout is not None
        if is_unlocked:
            self._daemon.stdin.write(b"of this test only")
        self._daemon.stdin.close()
        self._daemon.stdout.readline()  # says where it listens, once it does

    def items(self) -> dict[str, str]:
        """What is in it, by label, read past our own program."""
        found = subprocess.run(
            [sys.executable, "-c", _READ], env=self.environment, capture_output=True, text=True, timeout=20, check=True
        )
        return dict(line.split("\t") for line in found.stdout.splitlines())

    def close(self) -> None:
        """Stop both."""
        for process in (self._daemon, self._bus):
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


_READ = """
import secretstorage
for collection in secretstorage.get_all_collections(secretstorage.dbus_init()):
    for item in collection.get_all_items():
        print(item.get_label(), item.get_secret().decode(), sep="\\t")
"""


@pytest.fixture
def keyring(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Keyring]:
    folder = tmp_path / "desktop"
    folder.mkdir()
    keyring = Keyring(folder, is_unlocked=getattr(request, "param", "unlocked") == "unlocked")
    yield keyring
    keyring.close()


@pytest.fixture
def at_desktop(wireyard: CommandLine, keyring: Keyring) -> CommandLine:
    wireyard.environment |= keyring.environment
    del wireyard.environment["PYTHON_KEYRING_BACKEND"]
    return wireyard


@pytest.fixture
def team(tmp_path: Path) -> Path:
    root = tmp_path / "team"
    (root / "Shop").mkdir(parents=True)
    (root / "environments").mkdir()
    (root / "wireyard.yaml").write_text("wireyard: 1\n")
    (root / "environments" / "Staging.yaml").write_text("variables:\n  host: a\n")
    return root


def files_with(folder: Path, text: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


async def test_a_secret_is_kept_in_the_keyring_and_nowhere_else(
    at_desktop: CommandLine, keyring: Keyring, team: Path, tmp_path: Path
) -> None:
    where = ("--workspace", str(team))
    kept = await at_desktop.run_with_input(VALUE.encode(), "env", "set", "Staging", "token", "--secret", *where)
    assert (kept.code, kept.stderr) == (0, "")
    ((label, value),) = keyring.items().items()
    assert ("Staging/token" in label, value) == (True, VALUE)
    assert files_with(tmp_path, VALUE) == []
    assert (team / "environments" / "Staging.yaml").read_text().endswith("  token:\n    secret: true\n")

    seen: list[str] = []

    async def talk(connection: ServerConnection) -> None:
        assert connection.request is not None
        seen.append(connection.request.path)

    async with serving(talk) as url:
        (team / "Shop" / "One.ws.yaml").write_text(f'url: "{url}{{{{token}}}}"\n')
        outcome = await at_desktop.run("record", "Shop/One", "--environment", "Staging", *where)
    assert seen == [f"/{VALUE}"]
    assert VALUE.encode() not in outcome.stdout
    assert VALUE not in outcome.stderr

    assert (await at_desktop.run("env", "unset", "Staging", "token", *where)).code == 0
    assert keyring.items() == {}


@pytest.mark.parametrize("keyring", ["locked"], indirect=True)
async def test_a_locked_keyring_is_told_and_only_the_name_is_written(
    at_desktop: CommandLine, team: Path, tmp_path: Path
) -> None:
    where = ("--workspace", str(team))
    kept = await at_desktop.run_with_input(VALUE.encode(), "env", "set", "Staging", "token", "--secret", *where)
    assert kept.code == 18
    assert "the desktop's keyring is locked. Unlock it and try again." in kept.stderr
    assert files_with(tmp_path, VALUE) == []
    assert (team / "environments" / "Staging.yaml").read_text().endswith("  token:\n    secret: true\n")
