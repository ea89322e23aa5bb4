"""The log is folded into the file, and does not grow for ever."""

from __future__ import annotations

import time
from pathlib import Path

from tests.helpers import recordings as make

from wireyard.recording.recording import Recording
from wireyard.recording.values import MIB, RecordingLimits

LIMITS = RecordingLimits(checkpoint_bytes=2 * MIB, batch_bytes=MIB)


def log_of(made: Recording) -> Path:
    return made.path.with_name(made.path.name + "-wal")


def test_a_long_flood_does_not_grow_the_log_without_bound(tmp_path: Path) -> None:
    largest = 0
    with make.recording(tmp_path, limits=LIMITS) as made:
        for _ in range(300):
            made.put(make.run([bytes(1000)] * 250))
            made.flush()
            largest = max(largest, log_of(made).stat().st_size)
        assert made.path.stat().st_size > 40 * MIB
    assert largest < 40 * MIB


def test_a_reader_does_not_keep_the_log_growing(tmp_path: Path) -> None:
    with make.recording(tmp_path, limits=LIMITS) as made, make.reading(made) as reader:
        for _ in range(100):
            made.put(make.run([bytes(1000)] * 250))
            made.flush()
            last = reader.last_seq()
            assert len(reader.rows(last - 99, last)) == 100
            next(reader.events(last - 10, last))
        assert log_of(made).stat().st_size < 40 * MIB


def test_what_was_written_is_folded_once_it_is_quiet(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.message(bytes(500_000))]) as made:
        start = time.monotonic()
        make.until(lambda: made.path.stat().st_size > 500_000)
        assert time.monotonic() - start < 8
        make.until(lambda: not made._writer.store.needs_tending)
