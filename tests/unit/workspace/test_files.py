"""Files that are opened and saved, with others writing beside."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from wireyard.workspace.errors import Conflict, FileProblem, SaveError
from wireyard.workspace.files import Files
from wireyard.workspace.lock import locked
from wireyard.workspace.model import EnvironmentFile, RequestFile, Variable

TEXT = "url: ws://a # here\n"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    (tmp_path / "a.ws.yaml").write_text(TEXT)
    return Files(tmp_path)


def test_a_save_changes_what_changed(files: Files, tmp_path: Path) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    saved = files.save(opened, replace(opened.value, url="ws://b"))
    assert saved.text == (tmp_path / "a.ws.yaml").read_text() == "url: ws://b # here\n"
    assert files.save(saved, replace(saved.value, url="ws://c")).value.url == "ws://c"


def test_a_save_without_a_change_does_not_touch_the_file(files: Files, tmp_path: Path) -> None:
    before = (tmp_path / "a.ws.yaml").stat()
    opened = files.open("a.ws.yaml", RequestFile)
    files.save(opened, opened.value)
    assert (tmp_path / "a.ws.yaml").stat().st_ino == before.st_ino


def test_what_somebody_else_wrote_is_not_lost(files: Files, tmp_path: Path) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    (tmp_path / "a.ws.yaml").write_text("url: ws://theirs\nnotes: new\n")
    with pytest.raises(Conflict) as caught:
        files.save(opened, replace(opened.value, url="ws://mine"))
    assert caught.value.theirs is not None
    assert caught.value.theirs.value.url == "ws://theirs"
    assert (tmp_path / "a.ws.yaml").read_text() == "url: ws://theirs\nnotes: new\n"


def test_with_force_the_values_go_into_their_file(files: Files, tmp_path: Path) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    (tmp_path / "a.ws.yaml").write_text("# theirs\nurl: ws://theirs\nx-mine: 1\n")
    files.save(opened, replace(opened.value, url="ws://mine"), force=True)
    assert (tmp_path / "a.ws.yaml").read_text() == "# theirs\nurl: ws://mine\nx-mine: 1\n"


def test_a_file_that_is_gone_is_a_conflict_and_force_brings_it_back(files: Files, tmp_path: Path) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    (tmp_path / "a.ws.yaml").unlink()
    with pytest.raises(Conflict) as caught:
        files.save(opened, replace(opened.value, url="ws://b"))
    assert caught.value.theirs is None
    files.save(opened, replace(opened.value, url="ws://b"), force=True)
    assert (tmp_path / "a.ws.yaml").read_text() == "url: ws://b # here\n"


def test_force_without_a_change_brings_a_file_back_too(files: Files, tmp_path: Path) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    (tmp_path / "a.ws.yaml").unlink()
    files.save(opened, opened.value, force=True)
    assert (tmp_path / "a.ws.yaml").read_text() == TEXT


@pytest.mark.parametrize("broken", ["url: [", "wireyard: 9\nurl: ws://new\n", "url: &a b\n", "\0"])
@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_can_not_be_read_is_never_written_over(
    files: Files, tmp_path: Path, broken: str, force: bool
) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    (tmp_path / "a.ws.yaml").write_text(broken)
    with pytest.raises(FileProblem):
        files.save(opened, replace(opened.value, url="ws://b"), force=force)
    assert (tmp_path / "a.ws.yaml").read_text() == broken


def test_a_new_file_does_not_replace_one_that_came_meanwhile(files: Files, tmp_path: Path) -> None:
    opened = files.open_or_new("b.ws.yaml", RequestFile)
    (tmp_path / "b.ws.yaml").write_text("url: ws://theirs\n")
    with pytest.raises(Conflict):
        files.save(opened, RequestFile(url="ws://mine"))


def test_what_yaml_can_not_say_is_refused(files: Files) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    with pytest.raises(SaveError, match=r"a\.ws\.yaml"):
        files.save(opened, replace(opened.value, notes="\ud83d"))


def test_nothing_is_written_that_would_be_too_large_to_read(files: Files, tmp_path: Path) -> None:
    opened = files.open("a.ws.yaml", RequestFile)
    with pytest.raises(SaveError, match="larger than 8 MiB"):
        files.save(opened, replace(opened.value, notes="x" * 9_000_000))
    assert (tmp_path / "a.ws.yaml").read_text() == TEXT


def test_a_secret_is_never_written(files: Files, tmp_path: Path) -> None:
    opened = files.open_or_new("environments/E.yaml", EnvironmentFile, "E")
    saved = files.save(opened, EnvironmentFile(variables={"token": Variable(value="hunter2", secret=True)}))
    assert saved.value.variables["token"] == Variable(secret=True)
    assert "hunter2" not in (tmp_path / "environments" / "E.yaml").read_text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "*.local.yaml\n.wireyard-*\n"),
        ("build", "build\n*.local.yaml\n.wireyard-*\n"),
        ("*.local.yaml\n.wireyard-*\n# mine\n", "*.local.yaml\n.wireyard-*\n# mine\n"),
    ],
)
def test_git_is_told_to_leave_out_local_values(files: Files, tmp_path: Path, before: str | None, after: str) -> None:
    if before is not None:
        (tmp_path / ".gitignore").write_text(before)
    opened = files.open_or_new("environments/E.local.yaml", EnvironmentFile, "E")
    files.save(opened, EnvironmentFile(variables={"a": Variable(value="1")}))
    assert (tmp_path / ".gitignore").read_text() == after


def test_a_glance_reads_again_only_what_changed(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "a.ws.yaml"
    before = time.time() - 60
    os.utime(path, (before, before))
    first = files.glance("a.ws.yaml", RequestFile)
    assert files.glance("a.ws.yaml", RequestFile) is first
    path.write_text("url: ws://bbbb\n")
    assert files.glance("a.ws.yaml", RequestFile).value.url == "ws://bbbb"


_SAVER = """
import sys
from pathlib import Path
from msgspec.structs import replace
from wireyard.workspace.files import Files
from wireyard.workspace.model import RequestFile
files = Files(Path(sys.argv[1]))
opened = files.open("a.ws.yaml", RequestFile)
for number in range(int(sys.argv[2])):
    opened = files.save(opened, replace(opened.value, url=f"ws://{number}", notes="x" * (number * 37 % 20000)))
    if number == 0:
        print("saving", flush=True)
"""


def _start(tmp_path: Path, count: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", _SAVER, str(tmp_path), str(count)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9")
def test_a_process_that_is_killed_while_saving_leaves_the_old_file_or_the_new(files: Files, tmp_path: Path) -> None:
    chance = random.Random(1)
    seen: set[str] = set()
    for _ in range(12):
        with _start(tmp_path, 1000) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.random() * 0.4)
            process.kill()
        value = files.open("a.ws.yaml", RequestFile).value
        number = int(value.url.removeprefix("ws://"))
        assert value.notes == "x" * (number * 37 % 20000)
        seen.add(value.url)
    opened = files.open("a.ws.yaml", RequestFile)
    files.save(opened, replace(opened.value, url="ws://last"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.ws.yaml"]
    assert len(seen) > 1


@pytest.mark.slow
def test_two_programs_that_save_the_same_file_never_mix(files: Files, tmp_path: Path) -> None:
    script = _SAVER.replace(
        "    opened = files.save(", "    opened = files.open('a.ws.yaml', RequestFile)\n    files.save("
    )
    script = script.replace("files.save(opened,", "save(opened,").replace(
        "files = Files", "from wireyard.workspace.errors import Conflict\n"
        "def save(opened, value):\n    try: files.save(opened, value)\n    except Conflict: pass\nfiles = Files"
    )  # fmt: skip
    arguments = [sys.executable, "-c", script, str(tmp_path), "200"]
    pair = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ends = [process.communicate(timeout=90) for process in pair]
    assert [process.returncode for process in pair] == [0, 0], ends
    value = files.open("a.ws.yaml", RequestFile).value
    assert value.notes == "x" * (int(value.url.removeprefix("ws://")) * 37 % 20000)


_HOLDER = """
import sys, time
from pathlib import Path
from wireyard.workspace.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_lock_that_another_holds_for_long_is_an_error(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wireyard.workspace.lock._WAIT_S", 0.05)
    opened = files.open("a.ws.yaml", RequestFile)
    arguments = [sys.executable, "-c", _HOLDER, str(tmp_path)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(SaveError, match="Another program is writing"):
            files.save(opened, replace(opened.value, url="ws://b"))
        holder.communicate("\n", timeout=10)
    with locked(tmp_path):
        pass
