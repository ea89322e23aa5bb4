"""The list of sessions keeps itself true."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.helpers import recordings as make

from wireyard.domain.session import SessionInfo
from wireyard.recording import catalogue as catalogue_module
from wireyard.recording.catalogue import Catalogue, SessionSummary
from wireyard.recording.recording import Recording


def add(folder: Path, name: str, second: int, messages: int = 1) -> Path:
    start = make.START_NS + second * 1_000_000_000
    made = Recording.create(folder, SessionInfo(id=name, url=f"ws://{name}.example/", created_ts_ns=start, name=name))
    for i in range(messages):
        made.put(make.message("12345", ms=second * 1000 + i * 500))
    made.put(make.closed(ms=second * 1000 + 2000, code=1001))
    made.close()
    return made.path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "profile" / "sessions"
    for i, name in enumerate(["old", "middle", "new"]):
        add(folder, name, i, messages=i + 1)
    return folder


def ids(sessions: list[SessionSummary]) -> list[str]:
    return [each.id for each in sessions]


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    read: list[Path] = []
    summarize = catalogue_module.summarize

    def counted(path: Path) -> SessionSummary:
        read.append(path)
        return summarize(path)

    monkeypatch.setattr(catalogue_module, "summarize", counted)
    return read


def test_sessions_come_newest_first_with_their_facts(folder: Path) -> None:
    sessions = Catalogue(folder).sessions()
    assert ids(sessions) == ["new", "middle", "old"]
    new = sessions[0]
    assert (new.url, new.name, new.totals.received_count, new.totals.received_bytes) == (
        "ws://new.example/",
        "new",
        3,
        15,
    )
    assert (new.close_code, new.closed_by, new.has_ended, new.duration_s) == (1001, "server", True, 2.0)
    assert new.size_bytes == new.path.stat().st_size
    assert ids(Catalogue(folder).sessions(limit=2)) == ["new", "middle"]


def test_files_are_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = count_reads(monkeypatch)
    catalogue = Catalogue(folder)
    first = catalogue.sessions()
    assert len(read) == 3
    assert catalogue.sessions() == first
    assert Catalogue(folder).sessions() == first
    assert len(read) == 3


def test_files_that_come_go_or_change_are_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue(folder)
    before = catalogue.sessions()
    read = count_reads(monkeypatch)
    before[1].path.unlink()
    newest = add(folder, "newest", 9)
    before[2].path.write_bytes(b"junk")
    after = catalogue.sessions()
    assert ids(after) == ["newest", "new", ""]
    assert sorted(read) == sorted([newest, before[2].path])


def test_a_file_that_cannot_be_read_is_listed_with_the_reason(folder: Path) -> None:
    (folder / "junk.sqlite").write_bytes(b"SQLite format 3\0" + b"\x07" * 9000)
    (folder / "notes.txt").write_text("not ours")
    (junk,) = [each for each in Catalogue(folder).sessions() if each.problem]
    assert junk.path.name == "junk.sqlite"
    assert junk.problem.startswith("The recording can't be read")


def test_a_live_session_is_listed_and_its_growth_seen(folder: Path) -> None:
    catalogue = Catalogue(folder)
    with make.recording(folder, [make.message()]) as made:
        (live,) = [each for each in catalogue.sessions() if each.id == make.INFO.id]
        assert (live.has_ended, live.totals.received_count) == (False, 1)
        made.put(make.message())
        made.flush()
        (live,) = [each for each in catalogue.sessions() if each.id == make.INFO.id]
        assert live.totals.received_count == 2
    (ended,) = [each for each in catalogue.sessions() if each.id == make.INFO.id]
    assert ended.has_ended


def test_a_session_that_never_connected_tells_why(folder: Path) -> None:
    make.record(folder, [make.step(ok=False), make.failed()])
    (failed,) = [each for each in Catalogue(folder).sessions() if each.id == make.INFO.id]
    assert (failed.failure, failed.close_code) == ("refused", None)


@pytest.mark.parametrize("damage", ["missing", "junk", "older", "unwritable"])
def test_a_catalogue_that_is_lost_is_made_again(folder: Path, damage: str) -> None:
    catalogue = Catalogue(folder)
    whole = catalogue.sessions()
    if damage == "missing":
        catalogue.path.unlink()
    elif damage == "junk":
        catalogue.path.write_bytes(b"junk" * 5000)
    elif damage == "older":
        catalogue.path.unlink()
        shutil.copy(whole[0].path, catalogue.path)
    else:
        catalogue.path.unlink()
        catalogue.path.mkdir()
    assert catalogue.sessions() == whole
    assert catalogue.sessions() == whole


def test_it_can_be_rebuilt_on_demand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue(folder)
    whole = catalogue.sessions()
    read = count_reads(monkeypatch)
    assert catalogue.rebuild() == whole
    assert len(read) == 3


def test_a_profile_can_be_moved(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Catalogue(folder).sessions()
    moved = tmp_path / "elsewhere"
    folder.parent.rename(moved)
    read = count_reads(monkeypatch)
    sessions = Catalogue(moved / "sessions").sessions()
    assert [each.path.exists() for each in sessions] == [True] * 3
    assert read == []


def test_a_folder_that_is_not_there_has_no_sessions(tmp_path: Path) -> None:
    assert Catalogue(tmp_path / "none" / "sessions").sessions() == []


def test_it_is_private(folder: Path) -> None:
    catalogue = Catalogue(folder)
    catalogue.sessions()
    assert stat.S_IMODE(catalogue.path.stat().st_mode) == 0o600


def test_a_session_is_found_by_the_start_of_its_id(folder: Path) -> None:
    catalogue = Catalogue(folder)
    add(folder, "new2", 9)
    found = [catalogue.find(start) for start in ("mid", "new", "n", "x", "")]
    assert [each.id if each else None for each in found] == ["middle", "new", None, None, None]


_LIST = """
import sys
from pathlib import Path
from wireyard.recording.catalogue import Catalogue
for _ in range(20):
    print(len(Catalogue(Path(sys.argv[1])).sessions()))
"""


def test_programs_and_threads_may_use_it_at_once(folder: Path) -> None:
    app = str(Path(__file__).resolve().parents[3] / "app")
    others = [
        subprocess.Popen(
            [sys.executable, "-c", _LIST, str(folder)],
            env={**os.environ, "PYTHONPATH": app},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    lengths: list[int] = []
    threads = [threading.Thread(target=lambda: lengths.append(len(Catalogue(folder).sessions()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths == [3] * 8
    for other in others:
        out, err = other.communicate(timeout=60)
        assert (out.split(), err) == (["3"] * 20, "")


def test_hundreds_of_sessions_are_listed_without_opening_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = folder.glob("*old*")
    for i in range(300):
        shutil.copy(source, folder / f"copy-{i:05}.sqlite")
    catalogue = Catalogue(folder)
    assert len(catalogue.sessions()) == 303
    read = count_reads(monkeypatch)
    assert len(catalogue.sessions()) == 303
    assert read == []


def test_an_address_is_listed_without_the_values_of_secret_variables(folder: Path) -> None:
    info = SessionInfo(id="secret", url="wss://h/p%20w/x?q=p%20w", created_ts_ns=make.START_NS, request="C/R.ws.yaml")
    made = Recording.create(folder, info)
    made.note_secrets(["p w"])
    made.put(make.message())
    made.close()
    (listed,) = [each for each in Catalogue(folder).sessions() if each.id == "secret"]
    assert (listed.url, listed.request) == ("wss://h/(hidden)/x?q=(hidden)", "C/R.ws.yaml")
