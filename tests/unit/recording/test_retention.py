"""Sessions beyond the limits of age and size go, the oldest first; kept ones and those in use never do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.helpers import recordings as make

from wireyard.recording import history
from wireyard.recording.catalogue import Catalogue
from wireyard.recording.errors import RecordingError
from wireyard.recording.in_use import Hold
from wireyard.recording.open import open_recording
from wireyard.recording.recording import Recording
from wireyard.recording.retention import RetentionLimits, bring_back, prune

ROOT = Path(__file__).resolve().parents[3]
DAY_S = 24 * 3600.0
NOW_NS = make.START_NS + int(100 * DAY_S * 1e9)
MONTH = RetentionLimits(max_age_s=30 * DAY_S)
NOTHING = RetentionLimits(max_bytes=0)
_PRUNER = """
import sys
from pathlib import Path
from wireyard.recording.retention import RetentionLimits, prune
print("ready", flush=True)
sys.stdin.readline()
print(len(prune(Path(sys.argv[1]), RetentionLimits(max_age_s=1.0)).sessions), flush=True)
"""
_HOLDER = """
import sys
from pathlib import Path
from wireyard.recording.in_use import Hold
hold = Hold(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
hold.release()
print("released", flush=True)
sys.stdin.readline()
"""
_WRITER = """
import sys
from pathlib import Path
from tests.helpers import recordings as make
from wireyard.recording.recording import Recording
made = Recording.create(Path(sys.argv[1]), make.INFO)
made.put(make.message("written by another"))
made.flush()
print("ready", flush=True)
sys.stdin.readline()
made.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sessions"


def session(folder: Path, days_ago: float, text: str = "hello") -> Path:
    """A session that ended so many days ago."""
    created_ns = NOW_NS - int(days_ago * DAY_S * 1e9)
    info = make.INFO.__class__(id=f"{created_ns}", url="ws://h/", created_ts_ns=created_ns)
    made = Recording.create(folder, info)
    ms = (created_ns - make.START_NS) // 1_000_000
    made.put(make.message(text, ms=ms))
    made.put(make.closed(ms=ms + 1))
    made.close()
    return made.path


def pruned(folder: Path, limits: RetentionLimits, *, is_trial: bool = False) -> list[Path]:
    return [each.path for each in prune(folder, limits, is_trial=is_trial, now_ns=NOW_NS).sessions]


def listed(folder: Path) -> set[Path]:
    return {each.path for each in Catalogue(folder).sessions()}


def other(code: str, *arguments: Path) -> subprocess.Popen[str]:
    """Another program that is ready when it says so."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_what_is_too_old_goes_the_oldest_first(folder: Path) -> None:
    older, newer, young = session(folder, 60), session(folder, 31), session(folder, 29)
    assert pruned(folder, MONTH) == [older, newer]
    assert listed(folder) == {young}


def test_a_session_is_as_old_as_its_last_message(folder: Path) -> None:
    info = make.INFO.__class__(id="long", url="ws://h/", created_ts_ns=make.START_NS)
    made = Recording.create(folder, info)
    made.put(make.message("99 days later", ms=int(99 * DAY_S * 1000)))
    made.close()
    assert pruned(folder, MONTH) == []


def test_the_oldest_go_until_the_rest_is_small_enough(folder: Path) -> None:
    paths = [session(folder, days, "x" * 300_000) for days in (4, 3, 2, 1)]
    two = sum(path.stat().st_size for path in paths[2:])
    assert pruned(folder, RetentionLimits(max_bytes=two)) == paths[:2]
    assert pruned(folder, RetentionLimits(max_bytes=two)) == []


def test_the_newest_stays_however_large_it_is(folder: Path) -> None:
    older, newest = session(folder, 2), session(folder, 1, "x" * 2_000_000)
    assert pruned(folder, RetentionLimits(max_bytes=1_000)) == [older]
    assert listed(folder) == {newest}


def test_kept_ones_stay_and_do_not_count(folder: Path) -> None:
    kept, older, newest = session(folder, 90, "x" * 500_000), session(folder, 2), session(folder, 1)
    history.set_kept(kept, True)
    enough = older.stat().st_size + newest.stat().st_size
    assert pruned(folder, RetentionLimits(max_age_s=30 * DAY_S, max_bytes=enough)) == []
    assert listed(folder) == {kept, older, newest}


def test_one_that_was_kept_after_it_was_listed_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = session(folder, 90)
    stale = Catalogue(folder).sessions()
    history.set_kept(path, True)
    monkeypatch.setattr(Catalogue, "sessions", lambda _self: stale)
    assert pruned(folder, MONTH) == []
    assert path.exists()


def test_without_limits_nothing_goes(folder: Path) -> None:
    session(folder, 99)
    assert pruned(folder, RetentionLimits()) == []


def test_a_trial_only_tells(folder: Path) -> None:
    path = session(folder, 60)
    assert pruned(folder, MONTH, is_trial=True) == [path]
    assert listed(folder) == {path}


def test_a_file_that_can_not_be_read_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    odd = folder / "notes.sqlite"
    odd.write_text("no database")
    session(folder, 60)
    prune(folder, RetentionLimits(max_age_s=1.0, max_bytes=1), now_ns=NOW_NS)
    assert odd.read_text() == "no database"


def test_one_that_is_recorded_here_stays_and_goes_when_it_has_ended(folder: Path) -> None:
    with make.recording(folder, [make.message()]) as made:
        assert pruned(folder, MONTH) == []
        assert pruned(folder, MONTH, is_trial=True) == []
        made.put(make.message("still recording"))
        made.flush()
        assert not made.health.failing
    assert pruned(folder, MONTH) == [made.path]


def test_one_that_another_program_records_stays(folder: Path) -> None:
    writer = other(_WRITER, folder)
    try:
        assert pruned(folder, MONTH) == []
        go_on(writer)
        assert writer.wait(20) == 0
        assert len(pruned(folder, MONTH)) == 1
    finally:
        writer.communicate()


def test_one_that_is_shown_here_stays_until_it_is_closed(folder: Path) -> None:
    path = session(folder, 60)
    hold = Hold(path)
    reader = open_recording(path)
    assert pruned(folder, MONTH) == []
    reader.close()
    hold.release()
    assert pruned(folder, MONTH) == [path]


def test_one_that_is_shown_twice_stays_until_both_are_closed(folder: Path) -> None:
    path = session(folder, 60)
    holds = [Hold(path), Hold(path)]
    holds[0].release()
    assert pruned(folder, MONTH) == []
    holds[1].release()
    assert pruned(folder, MONTH) == [path]


def test_one_that_another_program_shows_stays_until_it_is_closed(folder: Path) -> None:
    path = session(folder, 60)
    holder = other(_HOLDER, path)
    try:
        assert pruned(folder, MONTH) == []
        go_on(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "released\n"
        assert pruned(folder, MONTH) == [path]
    finally:
        holder.communicate()


def test_the_next_one_goes_where_the_oldest_is_in_use(folder: Path) -> None:
    shown, next_one, newest = (session(folder, days, "x" * 200_000) for days in (3, 2, 1))
    hold = Hold(shown)
    assert pruned(folder, RetentionLimits(max_bytes=shown.stat().st_size + newest.stat().st_size)) == [next_one]
    hold.release()


def test_what_a_crash_left_goes_with_its_log_and_comes_back_whole(folder: Path, tmp_path: Path) -> None:
    with make.recording(tmp_path / "live", [make.message("in the log")]) as made:
        folder.mkdir()
        path = folder / made.path.name
        for ending in ("", "-wal"):
            shutil.copyfile(f"{made.path}{ending}", f"{path}{ending}")
    found = prune(folder, MONTH, now_ns=NOW_NS)
    assert not [each for each in folder.iterdir() if each.is_file()]
    assert bring_back(found.deletion) == [path]
    reader = open_recording(path)
    assert reader.totals().received_count == 1
    reader.close()


def test_what_came_back_is_kept_from_then_on(folder: Path) -> None:
    path = session(folder, 60)
    assert bring_back(prune(folder, MONTH, now_ns=NOW_NS).deletion) == [path]
    assert pruned(folder, MONTH) == []
    assert [each.kept for each in Catalogue(folder).sessions()] == [True]


def test_what_went_takes_room_for_an_hour_only(folder: Path) -> None:
    session(folder, 60)
    by_hand = session(folder, 1)
    prune(folder, MONTH, now_ns=NOW_NS)
    history.delete([by_hand])
    an_hour_ago = time.time() - history.AGED_KEPT_S - 1
    for slot in (folder / history.TRASH).iterdir():
        os.utime(slot, (an_hour_ago, an_hour_ago))
    history.empty_trash(folder)
    assert [path.name for path in (folder / history.TRASH).glob("*/*")] == [by_hand.name]


def test_keeping_one_that_has_just_gone_says_so(folder: Path) -> None:
    path = session(folder, 60)
    prune(folder, MONTH, now_ns=NOW_NS)
    with pytest.raises(RecordingError):
        history.set_kept(path, True)


def test_a_folder_that_can_not_be_changed_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = session(folder, 60)

    def refuse(_self: Path, _target: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    assert pruned(folder, MONTH) == []
    assert path.exists()


def test_two_programs_at_once_remove_each_session_once(folder: Path) -> None:
    paths = {session(folder, 60 + number / 100) for number in range(40)}
    both = [other(_PRUNER, folder) for _ in range(2)]
    for each in both:
        go_on(each)
    counts = [int(each.communicate(timeout=60)[0]) for each in both]
    assert sum(counts) == len(paths)
    assert {path.name for path in (folder / history.TRASH).glob("*/*")} == {path.name for path in paths}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_in_the_middle_every_session_is_whole_in_one_place(folder: Path) -> None:
    paths = [session(folder, 60 + number / 100) for number in range(60)]
    pruner = other(_PRUNER, folder)
    go_on(pruner)
    deadline = time.monotonic() + 30
    while not (folder / history.TRASH).exists() and time.monotonic() < deadline:
        pass  # a sleep would miss the middle
    pruner.send_signal(signal.SIGKILL)
    pruner.communicate()
    left = {path.name for path in folder.glob("*.sqlite")}
    gone = list((folder / history.TRASH).glob("*/*.sqlite"))
    assert left | {path.name for path in gone} == {path.name for path in paths}
    assert not left & {path.name for path in gone}
    for path in [*folder.glob("*.sqlite"), *gone]:
        reader = open_recording(path)
        assert reader.totals().received_count == 1
        reader.close()
    assert len(listed(folder)) == len(left)
