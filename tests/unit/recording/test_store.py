"""A session file, and the store in memory that stands in for it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from tests.helpers import recordings as make

from wireyard.recording.batch import Numbering
from wireyard.recording.errors import RecordingError
from wireyard.recording.schema import APPLICATION_ID, SCHEMA_VERSION
from wireyard.recording.store import FileStore, MemoryStore, StorageFailedError, safe_host


def test_a_failed_batch_leaves_nothing_behind(tmp_path: Path) -> None:
    store = FileStore.create(tmp_path, make.INFO, 1, 10**9)
    numbering = Numbering()
    store.write(numbering.number([make.message("kept")], 100))
    (pages,) = store.connection.execute("pragma page_count").fetchone()
    store.connection.execute(f"pragma max_page_count={pages}")
    too_much = numbering.number([make.message("small"), make.message(bytes(500_000))], 500_100)
    with pytest.raises(StorageFailedError, match="full"):
        store.write(too_much)
    assert store.connection.execute("select count(*) from event").fetchone() == (1,)
    store.abandon()


def test_the_marks_of_the_file(tmp_path: Path) -> None:
    path = make.record(tmp_path, [])
    connection = sqlite3.connect(path)
    assert connection.execute("pragma application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()
    assert path.stat().st_size <= 256 * 1024


def test_a_file_that_cannot_be_laid_out_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(connection: sqlite3.Connection) -> None:
        connection.execute("pragma max_page_count=1")
        connection.execute("create table a(b)")

    monkeypatch.setattr("wireyard.recording.store.lay_out", full)
    with pytest.raises(RecordingError, match="The disk is full"):
        FileStore.create(tmp_path, make.INFO, 1, 10**9)
    assert list(tmp_path.iterdir()) == []


def test_memory_keeps_the_newest_within_its_bound() -> None:
    store = MemoryStore(101, 100_000)
    numbering = Numbering(101)
    for i in range(50):
        store.write(numbering.number([make.message(b"%04d" % i + bytes(9996))], 10_512))
    kept = [row[0] for row in store.part.connection.execute("select seq from event order by seq")]
    assert kept == list(range(store.part.kept_first, 151))
    assert 5 <= len(kept) <= 10
    assert (store.kept, store.lost) == (len(kept), 50 - len(kept))
    store.part.release()


def test_memory_survives_a_message_larger_than_its_bound() -> None:
    store = MemoryStore(1, 100_000)
    numbering = Numbering()
    store.write(numbering.number([make.message(bytes(500_000))], 500_000))
    assert (store.kept, store.lost) == (0, 1)
    store.write(numbering.number([make.run([b"a", b"b"])], 1000))
    assert (store.kept, store.lost) == (2, 1)
    assert store.part.connection.execute("select seq from event").fetchall() == [(2,), (3,)]
    store.part.release()


def test_memory_is_used_by_one_thread_at_a_time() -> None:
    store = MemoryStore(1, 10**9)
    wrote = threading.Event()

    def write() -> None:
        store.write(Numbering().number([make.message()], 100))
        wrote.set()

    with store.part.lock:
        writer = threading.Thread(target=write)
        writer.start()
        assert not wrote.wait(0.05)
    writer.join(10)
    assert wrote.is_set()
    store.part.release()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("wss://User:pw@Example.COM:8443/path?token=1", "example.com"),
        ("ws://[2001:db8::1]:80/", "2001-db8-1"),
        ("ws://bücher.example/", "b-cher.example"),
        ("echo.example", "session"),
        ("ws://../../etc", "session"),
        ("ws://" + "a" * 300, "a" * 60),
        ("", "session"),
    ],
)
def test_hosts_in_file_names(url: str, name: str) -> None:
    assert safe_host(url) == name
