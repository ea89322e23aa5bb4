"""When the disk fails, a session goes on in memory, says so, and can be saved elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.helpers import recordings as make
from tests.helpers.small_disk import needs_mounting, small_disk

from wireyard.recording.errors import RecordingError
from wireyard.recording.kinds import RowKind
from wireyard.recording.open import open_recording
from wireyard.recording.recording import Recording
from wireyard.recording.values import Progress, RecordingLimits

SMALL = RecordingLimits(memory_bytes=400_000)


def fill_disk(made: Recording) -> None:
    """From now on the database may not grow, as on a full disk."""
    connection = made._writer.store.connection
    (pages,) = connection.execute("pragma page_count").fetchone()
    connection.execute(f"pragma max_page_count={pages}")


def give(made: Recording, count: int, size: int = 10_000, start: int = 0) -> None:
    for i in range(start, start + count):
        made.put(make.message(b"%06d" % i + b"x" * (size - 6), ms=i))
        if i % 7 == 0:
            made.flush()
    made.flush()


def heads(made: Recording, first: int = 1, last: int = 9999) -> list[bytes]:
    with make.reading(made) as reader:
        return [row.head[:6] if row.kind != RowKind.LOST else b"lost" for row in reader.rows(first, last)]


def test_a_full_disk_loses_nothing_that_memory_can_hold(tmp_path: Path) -> None:
    seen: list[Progress] = []
    with make.recording(tmp_path, on_progress=seen.append) as made:
        give(made, 10)
        with make.reading(made) as reader:
            assert len(reader.rows(1, 99)) == 10
            fill_disk(made)
            give(made, 30, start=10)
            assert made.health.failing
            assert made.health.reason == "The disk is full."
            assert 20 <= made.health.kept_messages <= 30
            assert made.health.lost_messages == 0
            # The reader from before the failure goes on, over both parts.
            assert [row.head[:6] for row in reader.rows(1, 99)] == [b"%06d" % i for i in range(40)]
            assert [row.seq for row in reader.rows_at([3, 39, 25])] == [3, 39, 25]
            assert reader.payload(40) == b"000039" + b"x" * 9994
            assert reader.payload_part(40, 3, 5) == b"039xx"
            assert reader.payload_size(40) == 10_000
            assert reader.totals().received_count == 40
            assert reader.totals() == seen[-1].totals
            assert [seq for seq, _ in reader.events(1, 99)] == list(range(1, 41))
    assert seen[-1].health == made.health
    assert seen[-1].last_seq == 40


def test_what_falls_out_of_memory_is_counted_and_shown_as_lost(tmp_path: Path) -> None:
    with make.recording(tmp_path, limits=SMALL) as made:
        give(made, 5)
        fill_disk(made)
        give(made, 200, start=5)
        health = made.health
        kept, lost = health.kept_messages, health.lost_messages
        assert 20 <= kept <= 45
        assert lost >= 150
        rows = heads(made)
        assert len(rows) == 205
        assert rows[-kept:] == [b"%06d" % i for i in range(205 - kept, 205)]
        assert rows.count(b"lost") == lost
        with make.reading(made) as reader, pytest.raises(LookupError):
            reader.event(205 - kept)


def test_saving_elsewhere_makes_it_well_again_and_keeps_the_count(tmp_path: Path) -> None:
    seen: list[Progress] = []
    with make.recording(tmp_path / "a", limits=SMALL, on_progress=seen.append) as made:
        give(made, 5)
        old = made.path
        fill_disk(made)
        give(made, 100, start=5)
        lost, kept = made.health.lost_messages, made.health.kept_messages
        assert lost > 0
        before = heads(made)
        with make.reading(made) as reader:
            assert len(reader.rows(1, 999)) == 105
            path = made.save_elsewhere(tmp_path / "b")
            assert (path.parent, made.path) == (tmp_path / "b", path)
            assert (made.health.failing, made.health.lost_messages) == (False, lost)
            assert seen[-1].health == made.health
            give(made, 10, start=105)
            assert [row.seq for row in reader.rows(1, 999)] == list(range(1, 116))
        assert heads(made) == [*before, *(b"%06d" % i for i in range(105, 115))]
        made.save_elsewhere(tmp_path / "c")
        assert made.path == path
    saved = open_recording(path)
    assert saved.last_seq() == 115
    assert saved.first_seq() == 105 - kept + 1
    assert [row.kind for row in saved.rows(1, 999)] == [RowKind.MESSAGE] * (115 - saved.first_seq() + 1)
    saved.close()
    first = open_recording(old)
    assert first.rows(1, 9)[0].head[:6] == b"000000"
    first.close()


def test_a_second_place_that_fails_too_changes_nothing(tmp_path: Path) -> None:
    with make.recording(tmp_path / "a") as made:
        fill_disk(made)
        give(made, 10)
        (tmp_path / "file").write_text("")
        with pytest.raises(RecordingError) as caught:
            made.save_elsewhere(tmp_path / "file" / "b")
        assert caught.value.advice == "Choose another folder."
        assert made.health.failing
        give(made, 10, start=10)
        assert len(heads(made)) == 20


@pytest.mark.skipif(os.name == "nt", reason="an open file can't be removed on Windows")
def test_a_removed_file_is_noticed_and_all_of_it_can_be_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.recording.store._LOOK_FOR_FILE_EVERY_S", 0.0)
    with make.recording(tmp_path / "a") as made:
        give(made, 10)
        for path in (tmp_path / "a").iterdir():
            path.unlink()
        give(made, 10, start=10)
        assert made.health.reason == "The file was removed or replaced."
        assert heads(made) == [b"%06d" % i for i in range(20)]
        made.save_elsewhere(tmp_path / "b")
        give(made, 5, start=20)
    saved = open_recording(made.path)
    assert [row.head[:6] for row in saved.rows(1, 99)] == [b"%06d" % i for i in range(25)]
    assert saved.totals().received_count == 25
    saved.close()


def test_hidden_rows_stay_hidden_when_they_are_lost(tmp_path: Path) -> None:
    seen: list[Progress] = []
    with make.recording(tmp_path, limits=SMALL, on_progress=seen.append) as made:
        fill_disk(made)
        made.put(make.step())
        made.put(make.opened())
        made.put(make.ping())
        made.put(make.pong())
        give(made, 200)
        assert made.health.lost_messages > 10
        with make.reading(made) as reader:
            assert list(reader.hidden()) == [1, 4] == [seq for told in seen for seq in told.hidden]
            assert [row.seq for row in reader.rows(1, 6)] == [2, 3, 5, 6]


def test_a_session_that_ends_in_memory_can_be_closed(tmp_path: Path) -> None:
    with make.recording(tmp_path) as made:
        fill_disk(made)
        give(made, 10)
        made.put(make.closed())
    assert made.health.kept_messages > 0


def test_how_it_ended_is_saved_elsewhere_too(tmp_path: Path) -> None:
    with make.recording(tmp_path / "a") as made:
        fill_disk(made)
        give(made, 10)
        made.put(make.closed(code=1011))
        made.flush()
        made.save_elsewhere(tmp_path / "b")
    saved = open_recording(made.path)
    assert '"code":1011' in saved.facts()["close"]
    assert "ended_ts_ns" in saved.facts()
    saved.close()


@needs_mounting
def test_a_really_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk"), make.recording(tmp_path / "disk" / "s") as made:
        give(made, 600)
        assert made.health.failing
        assert made.health.lost_messages == 0
        assert heads(made) == [b"%06d" % i for i in range(600)]
        made.save_elsewhere(tmp_path / "b")
        give(made, 5, start=600)
        assert not made.health.failing
        assert heads(made) == [b"%06d" % i for i in range(605)]


@needs_mounting
def test_a_disk_that_turned_read_only(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk"), make.recording(tmp_path / "disk" / "s") as made:
        give(made, 20)
        connection = made._writer.store.connection
        # Files stay open for writing, so the kernel refuses to remount; this refuses as it would.
        connection.execute("pragma query_only=1")
        give(made, 20, start=20)
        assert made.health.reason == "The place can't be written to."
        assert heads(made) == [b"%06d" % i for i in range(40)]
