"""A recording takes whatever is given, in order, and gives it back equal."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers import recordings as make

from wireyard.domain.event import Event, Message
from wireyard.domain.session import SessionInfo
from wireyard.recording.errors import RecordingError
from wireyard.recording.open import open_recording
from wireyard.recording.recording import Recording
from wireyard.recording.values import Progress, RecordingLimits


@settings(max_examples=40)
@given(st.lists(make.events, max_size=25))
def test_any_events_are_read_back_equal(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make.record(Path(folder), events)
        reader = open_recording(path)
        try:
            wanted = make.expanded(events)
            assert [event for _, event in reader.events(1, len(wanted))] == wanted
            assert reader.last_seq() == len(wanted)
        finally:
            reader.close()


@settings(max_examples=25)
@given(st.lists(make.events, max_size=40), st.data())
def test_rows_do_not_depend_on_how_events_were_gathered_into_batches(events: list[Event], data: st.DataObject) -> None:
    flush_after = data.draw(st.sets(st.integers(0, max(0, len(events) - 1))))
    with tempfile.TemporaryDirectory() as folder:
        at_once = open_recording(make.record(Path(folder), make.expanded(events)))
        with make.recording(Path(folder)) as made:
            for i, event in enumerate(events):
                made.put(event)
                if i in flush_after:
                    made.flush()
        in_parts = open_recording(made.path)
        last = at_once.last_seq()
        assert in_parts.rows(1, last) == at_once.rows(1, last)
        assert in_parts.hidden() == at_once.hidden()
        assert in_parts.totals() == at_once.totals()
        at_once.close()
        in_parts.close()


def test_progress_names_every_number_once_and_in_order(tmp_path: Path) -> None:
    seen: list[Progress] = []
    with make.recording(tmp_path, on_progress=seen.append) as made:
        for ms in range(300):
            made.put(make.message(ms=ms))
            made.put(make.run([b"a", b"b"], ms))
    assert seen[0].first_seq == 1
    assert all(after.first_seq == before.last_seq + 1 for before, after in itertools.pairwise(seen))
    assert seen[-1].last_seq == 900
    assert seen[-1].totals.received_count == 900


def test_one_message_is_committed_at_once(tmp_path: Path) -> None:
    arrived = threading.Event()
    took: list[float] = []
    with make.recording(tmp_path, on_progress=lambda _: arrived.set()) as made:
        for _ in range(50):
            arrived.clear()
            start = time.perf_counter()
            made.put(make.message())
            assert arrived.wait(5)
            took.append(time.perf_counter() - start)
    assert sorted(took)[25] < 0.02


def test_many_threads_may_put_at_once(tmp_path: Path) -> None:
    with make.recording(tmp_path) as made:

        def give(name: str) -> None:
            for i in range(500):
                made.put(make.message(f"{name} {i}"))

        threads = [threading.Thread(target=give, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        made.flush()
        with make.reading(made) as reader:
            payloads = [event.payload for _, event in reader.events(1, 9999) if isinstance(event, Message)]
    assert len(payloads) == 2000
    for name in "abcd":
        assert [p for p in payloads if p.startswith(name.encode())] == [f"{name} {i}".encode() for i in range(500)]


def test_a_full_recording_says_so_and_calls_back_once_when_drained(tmp_path: Path) -> None:
    let_go = threading.Event()
    limits = RecordingLimits(full_bytes=100_000, drained_bytes=10_000)
    drained: list[int] = []

    def hold(_: Progress) -> None:
        let_go.wait(10)

    with make.recording(tmp_path, limits=limits, on_progress=hold) as made:
        for _ in range(5):
            made.put(make.message(b"x" * 50_000))
        make.until(made.is_full)
        made.on_drained(lambda: drained.append(made.waiting_bytes))
        assert drained == []
        let_go.set()
        make.until(lambda: bool(drained))
        made.flush()
        assert not made.is_full()
        assert len(drained) == 1
        assert drained[0] <= 10_000
        made.on_drained(lambda: drained.append(-1))
        assert drained[-1] == -1


def test_a_reader_follows_while_it_is_written(tmp_path: Path) -> None:
    with make.recording(tmp_path) as made, make.reading(made) as reader:
        assert reader.last_seq() == 0
        stop = threading.Event()

        def give() -> None:
            i = 0
            while not stop.is_set():
                made.put(make.run([b"%d" % (i + k) for k in range(50)]))
                i += 50
                stop.wait(0.0005)

        giver = threading.Thread(target=give)
        giver.start()
        last = 0
        try:
            deadline = time.monotonic() + 30
            while last < 3000:
                assert time.monotonic() < deadline
                last = reader.last_seq()
                rows = reader.rows(max(1, last - 199), last)
                assert [row.head for row in rows] == [b"%d" % (row.seq - 1) for row in rows]
        finally:
            stop.set()
            giver.join()


def test_files_and_folders_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "profile" / "sessions"
    with make.recording(folder, [make.message()]) as made:
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert len(modes) == 3
        assert set(modes.values()) == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == [made.path.name]


def test_the_name_tells_time_and_host_and_no_secret(tmp_path: Path) -> None:
    with make.recording(tmp_path) as one, make.recording(tmp_path) as other:
        assert one.path.name == "20260102-025045-h.example.sqlite"
        assert other.path.name == "20260102-025045-h.example-2.sqlite"


@pytest.mark.parametrize("url", ["", "wss://[::1]:9/", "http://%00/", "wss://bücher.example/../x", "wss://[bad", "\n"])
def test_any_address_makes_a_safe_name(tmp_path: Path, url: str) -> None:
    made = Recording.create(tmp_path, SessionInfo(id="1", url=url, created_ts_ns=0))
    made.close()
    assert made.path.parent == tmp_path
    assert made.path.name.strip("abcdefghijklmnopqrstuvwxyz0123456789.-") == ""


def test_nothing_can_be_put_after_close(tmp_path: Path) -> None:
    with make.recording(tmp_path) as made:
        made.close()
        with pytest.raises(ValueError, match="closed"):
            made.put(make.message())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordingError) as caught:
        Recording.create(tmp_path / "file" / "sessions", make.INFO)
    assert caught.value.advice == "Choose another folder."
    assert caught.value.failure.code == "storage"


def test_a_fault_of_ours_is_raised_and_not_taken_for_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: crashes.append(told.exc_value))
    monkeypatch.setattr("wireyard.recording.statements._SET_DETAIL", "insert into nothing values (?, ?)")
    made = Recording.create(tmp_path, make.INFO)
    made.put(make.note())
    with pytest.raises(RuntimeError, match="writer failed"):
        made.flush()
    with pytest.raises(RuntimeError, match="writer failed"):
        made.put(make.message())
    with pytest.raises(RuntimeError, match="writer failed"):
        made.close()
    assert [type(crash) for crash in crashes] == [sqlite3.OperationalError]


def test_a_gap_is_kept_and_shown_as_lost(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.message("one")], first_seq=5) as made:
        made.skip_to(9)
        made.put(make.message("two"))
        made.flush()
        with make.reading(made) as reader:
            live = [(row.seq, row.kind.name) for row in reader.rows(1, 99)]
    reader = open_recording(made.path)
    assert [(row.seq, row.kind.name) for row in reader.rows(1, 99)] == live
    assert live == [(5, "MESSAGE"), (6, "LOST"), (7, "LOST"), (8, "LOST"), (9, "MESSAGE")]
    assert [seq for seq, _ in reader.events(1, 99)] == [5, 9]
    assert (reader.first_seq(), reader.last_seq()) == (5, 9)
    reader.close()


_FLOOD = """
import os, sys, time
from pathlib import Path
from wireyard.domain.event import MessageRun
from wireyard.domain.frame import Opcode
from wireyard.domain.session import SessionInfo
from wireyard.recording.recording import Recording

made = Recording.create(Path(sys.argv[1]), SessionInfo(id="1", url="ws://h.example/", created_ts_ns=time.time_ns()))
given = 0
while True:
    chunk = b"".join(b"%020d" % (given + i) for i in range(1000))
    spans = [(i * 20) << 32 | 20 for i in range(1000)]
    made.put(MessageRun(ts_ns=0, mono_ns=0, opcode=Opcode.TEXT, chunk=chunk, spans=spans))
    given += 1000
    os.write(1, b"%d %d\\n" % (time.monotonic_ns(), given))
    while made.is_full():
        time.sleep(0.001)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_after_kill_9_everything_given_a_second_before_is_there(tmp_path: Path) -> None:
    told_path = tmp_path / "told"
    with told_path.open("wb") as told:
        flood = subprocess.Popen([sys.executable, "-c", _FLOOD, str(tmp_path / "s")], stdout=told, env=_with_app_path())
        make.until(lambda: told_path.stat().st_size > 5_000, 20)
        started = time.monotonic()
        make.until(lambda: time.monotonic() - started > 1.5)
        killed_ns = time.monotonic_ns()
        flood.kill()
        flood.wait()
    lines = [line.split() for line in told_path.read_text().splitlines() if line.count(" ") == 1]
    due = max(int(given) for at_ns, given in lines if int(at_ns) < killed_ns - 1_000_000_000)
    (path,) = (tmp_path / "s").glob("*.sqlite")
    before = path.read_bytes()
    reader = open_recording(path)
    last = reader.last_seq()
    assert last >= due
    assert [event.payload for _, event in reader.events(1, 2000)] == [b"%020d" % i for i in range(2000)]  # type: ignore[union-attr]
    assert reader.payload(last) == b"%020d" % (last - 1)
    assert reader.totals().received_count == last
    reader.close()
    assert path.read_bytes() == before


def _with_app_path() -> dict[str, str]:
    app = str(Path(__file__).resolve().parents[3] / "app")
    return {**os.environ, "PYTHONPATH": app}


def test_ten_thousand_events_of_every_kind_leave_a_sound_file(tmp_path: Path) -> None:
    one_of_each = [
        make.step(),
        make.opened(),
        make.message(),
        make.ping(),
        make.pong(),
        make.run([b"a"] * 5),
        make.note(),
        make.closed(),
        make.failed(),
    ]
    path = make.record(tmp_path, one_of_each * 1000)
    connection = sqlite3.connect(path)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma journal_mode").fetchone() == ("delete",)
    connection.close()
    shutil.rmtree(tmp_path)


def test_secrets_are_noted_before_what_uses_them(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.message()]) as made:
        made.note_secrets(["hush", "", "hush"])
        made.put(make.message("says hush"))
        made.note_secrets(["more"])
        made.put(make.message("says more"))
    reader = open_recording(made.path)
    assert reader.secrets() == made.secrets == ("hush", "more")
    reader.close()


def test_an_older_file_has_no_secrets(tmp_path: Path) -> None:
    path = make.record(tmp_path, [make.message()])
    reader = open_recording(path)
    assert reader.secrets() == ()
    reader.close()


def test_secrets_are_noted_also_where_no_file_can_be_made(tmp_path: Path) -> None:
    made = Recording.in_memory(tmp_path / "gone", make.INFO, "The disk is full.")
    made.note_secrets(["hush"])
    made.put(make.message("hush"))
    made.flush()
    with make.reading(made) as reader:
        assert reader.secrets() == ("hush",)
    path = made.save_elsewhere(tmp_path / "elsewhere")
    made.close()
    reader = open_recording(path)
    assert reader.secrets() == ("hush",)
    reader.close()
