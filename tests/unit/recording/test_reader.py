"""What a reader gives, and how little it reads for it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from tests.helpers import recordings as make
from tests.helpers.recordings import SENT

from wireyard.domain.compression import Saved, Savings
from wireyard.domain.event import Message
from wireyard.domain.session import Totals
from wireyard.recording.open import open_recording
from wireyard.recording.reader import add


def test_an_empty_session(tmp_path: Path) -> None:
    with make.recording(tmp_path) as made, make.reading(made) as reader:
        assert (reader.first_seq(), reader.last_seq()) == (1, 0)
        assert reader.rows(1, 100) == []
        assert reader.rows_at([]) == []
        assert list(reader.hidden()) == []
        assert reader.totals() == Totals()
        assert list(reader.events(1, 100)) == []
        assert reader.last_ts_ns() == 0
        for read in (reader.event, reader.payload, reader.payload_size):
            with pytest.raises(LookupError):
                read(1)


def test_rows_at_gives_the_order_asked_for_and_hidden_rows_too(tmp_path: Path) -> None:
    events = [make.step(), make.opened(), make.message("a"), make.message("b")]
    with make.recording(tmp_path, events) as made, make.reading(made) as reader:
        rows = reader.rows_at([4, 1, 3, 99])
        assert [(row.seq, row.hidden) for row in rows] == [(4, False), (1, True), (3, False)]


@pytest.mark.parametrize("size", [0, 1, 2048, 2049, 32_768, 32_769, 1_000_000])
def test_heads_and_parts_of_payloads_of_any_size(tmp_path: Path, size: int) -> None:
    payload = bytes(i * 7 % 251 for i in range(size))
    with make.recording(tmp_path, [make.message(payload)]) as made, make.reading(made) as reader:
        (row,) = reader.rows(1, 1)
        assert (row.size_bytes, row.head) == (size, payload[:2048])
        assert reader.payload_size(1) == size
        assert reader.payload(1) == payload
        for start, length in ((0, 10), (size // 2, 5000), (max(0, size - 3), 100), (size + 5, 10)):
            assert reader.payload_part(1, start, length) == payload[start : start + length]


def test_what_has_no_payload_has_an_empty_one(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.note()]) as made, make.reading(made) as reader:
        assert (reader.payload(1), reader.payload_size(1), reader.payload_part(1, 0, 10)) == (b"", 0, b"")


def test_a_large_payload_is_not_loaded_for_its_row_or_a_part(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.message(bytes(30_000_000))]) as made, make.reading(made) as reader:
        reader.rows(1, 1)
        tracemalloc.start()
        try:
            reader.rows(1, 1)
            reader.payload_part(1, 20_000_000, 4096)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 1_000_000


def test_events_are_read_a_few_megabytes_at_a_time(tmp_path: Path) -> None:
    large = [make.message(bytes(1_000_000)) for _ in range(40)]
    with make.recording(tmp_path, large) as made, make.reading(made) as reader:
        tracemalloc.start()
        try:
            assert sum(1 for _ in reader.events(1, 40)) == 40
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 20_000_000


def test_sums_leave_out_what_was_not_sent_and_what_is_no_message(tmp_path: Path) -> None:
    events = [
        make.message("123", direction=SENT),
        make.message("12345", direction=SENT, state="failed"),
        make.message("12"),
        make.run([b"1", b"22"]),
        make.ping(payload=b"ping"),
        make.note(),
    ]
    wanted = Totals(sent_count=1, sent_bytes=3, received_count=3, received_bytes=5)
    with make.recording(tmp_path, events) as made, make.reading(made) as reader:
        assert reader.totals() == wanted
        assert reader.totals_of(1, 99) == wanted
        assert add(reader.totals_of(1, 3), reader.totals_of(4, 99)) == wanted
    reader = open_recording(made.path)
    assert reader.stored_totals() == (wanted, 7)
    assert reader.totals() == wanted
    reader.close()


def test_an_event_is_given_in_full(tmp_path: Path) -> None:
    event = make.message("a" * 5000, ms=7, fault="invalid UTF-8 at byte 3", fragments=3, rsv1=True)
    with make.recording(tmp_path, [event, make.closed()]) as made, make.reading(made) as reader:
        assert reader.event(1) == event
        assert reader.event(2) == make.closed()
        assert isinstance(reader.event(1), Message)


def test_a_reader_may_outlive_the_recording(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.message("a")]) as made:
        reader = made.reader()
        reader.last_seq()
    assert [row.head for row in reader.rows(1, 9)] == [b"a"]
    reader.close()
    assert [path.name for path in tmp_path.iterdir()] == [made.path.name]


def test_a_reader_opened_after_the_recording_was_closed(tmp_path: Path) -> None:
    with make.recording(tmp_path, [make.message("a")]) as made:
        pass
    with make.reading(made) as reader:
        assert [row.head for row in reader.rows(1, 9)] == [b"a"]
    assert [path.name for path in tmp_path.iterdir()] == [made.path.name]


def test_what_compression_saved(tmp_path: Path) -> None:
    usual = make.message(b"x" * 100, rsv1=True, wire_bytes=102)  # stored without its size
    events = [
        make.message(b"plain"),
        usual,
        make.message(b"y" * 1000, rsv1=True, wire_bytes=30),
        make.message(b"z" * 500, direction=SENT, rsv1=True, wire_bytes=40),
        make.message(b"junk", rsv1=True, wire_bytes=6, fault="protocol_error"),
    ]
    with make.recording(tmp_path, events) as made, make.reading(made) as reader:
        assert reader.savings() == Savings(
            sent=Saved(count=1, message_bytes=500, wire_bytes=40),
            received=Saved(count=2, message_bytes=1100, wire_bytes=132),
        )
