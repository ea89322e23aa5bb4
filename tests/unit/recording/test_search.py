"""Finding rows by text and direction."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers import recordings as make
from tests.helpers.recordings import RECEIVED, SENT

from wireyard.domain.event import Event
from wireyard.domain.frame import Opcode
from wireyard.recording.open import open_recording
from wireyard.recording.reader import SessionReader
from wireyard.recording.search import RowFilter, search


def find(reader: SessionReader, **wanted: object) -> list[int]:
    found: list[int] = []
    for piece in search(reader, RowFilter(**wanted), reader.first_seq(), reader.last_seq()):  # type: ignore[arg-type]
        found += piece
    return found


@pytest.fixture
def events() -> list[Event]:
    return [
        make.step(),
        make.opened(),
        make.message("Hello, World", direction=SENT),
        make.message("hello again"),
        make.message(b"\x00\x01HELLO\x00"),
        make.message("Grüße aus KÖLN"),
        make.message("100% _done_ \\ [x] *"),
        make.ping(payload=b"hello?"),
        make.pong(payload=b"hello?"),
        make.note("Paused: hello"),
        make.closed(code=1011),
        make.failed(),
        make.message("not sent", direction=SENT, state="failed", note="The socket was closed"),
    ]


@pytest.mark.parametrize(
    ("wanted", "seqs"),
    [
        ({}, [2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13]),
        ({"text": "hello"}, [3, 4, 5, 8, 10]),
        ({"text": "hello", "match_case": True}, [4, 8, 10]),
        ({"text": "HELLO", "match_case": True}, [5]),
        ({"text": "grüsse"}, [6]),
        ({"text": "köln"}, [6]),
        ({"text": "köln", "match_case": True}, []),
        ({"text": "Grüße", "match_case": True}, [6]),
        ({"text": "0% _D"}, [7]),
        ({"text": "\\ [x] *"}, [7]),
        ({"text": "%"}, [7]),
        ({"text": "hello", "direction": SENT}, [3, 8]),
        ({"text": "hello", "direction": RECEIVED}, [4, 5]),
        ({"direction": SENT}, [3, 8, 13]),
        ({"direction": RECEIVED}, [4, 5, 6, 7]),
        ({"text": "1011"}, [11]),
        ({"text": "server error"}, [11]),
        ({"text": "by"}, [11]),
        ({"text": "reason"}, []),
        ({"text": "connected"}, [2]),
        ({"text": "websocket"}, [2]),
        ({"text": "refused"}, [12]),
        ({"text": "socket was"}, [13]),
        ({"text": "\x00\x01"}, [5]),
        ({"text": "no such thing"}, []),
    ],
)
def test_what_is_found(tmp_path: Path, events: list[Event], wanted: dict[str, object], seqs: list[int]) -> None:
    with make.recording(tmp_path, events) as made, make.reading(made) as reader:
        assert find(reader, **wanted) == seqs


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text("abAB ß\0é", max_size=8), min_size=1, max_size=30),
    st.text("abABß\0é", min_size=1, max_size=2),
    st.booleans(),
)
def test_a_text_is_found_where_python_finds_it(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], text: str, match_case: bool
) -> None:
    path = make.record(tmp_path_factory.mktemp("s"), [make.message(each) for each in texts])
    reader = open_recording(path)
    found = find(reader, text=text, match_case=match_case)
    reader.close()
    if match_case:
        assert found == [i for i, each in enumerate(texts, 1) if text in each]
    else:
        assert found == [i for i, each in enumerate(texts, 1) if text.casefold() in each.casefold()]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    payloads = [b"needle %d" % i if i % 100 == 0 else b"hay %d" % i for i in range(150_000)]
    runs = [make.run(payloads[at : at + 1000]) for at in range(0, len(payloads), 1000)]
    return make.record(tmp_path_factory.mktemp("large"), runs)


def test_slices_come_in_order_and_the_first_at_once(large: Path) -> None:
    reader = open_recording(large)
    start = time.perf_counter()
    pieces = search(reader, RowFilter(text="Needle"), 1, 150_000)
    first = next(pieces)
    assert time.perf_counter() - start < 0.5
    found = list(first)
    assert len(found) == 20
    for piece in pieces:
        found += piece
    assert found == list(range(1, 150_001, 100))
    reader.close()


def test_a_search_stops_when_it_is_cancelled(large: Path) -> None:
    reader = open_recording(large)
    answers = iter([False, False, True])
    pieces = list(search(reader, RowFilter(text="needle"), 1, 150_000, lambda: next(answers)))
    assert len(pieces) == 2
    reader.close()


def test_only_the_range_asked_for_is_searched(large: Path) -> None:
    reader = open_recording(large)
    found = [seq for piece in search(reader, RowFilter(text="needle"), 100_002, 100_301) for seq in piece]
    assert found == [100_101, 100_201, 100_301]
    reader.close()


def test_large_payloads_are_searched_a_few_at_a_time(tmp_path: Path) -> None:
    big = [make.message(b"x" * 3_000_000 + b"%d" % i) for i in range(20)]
    with make.recording(tmp_path, big) as made, make.reading(made) as reader:
        pieces = list(search(reader, RowFilter(text="x1", match_case=True), 1, 20))
        assert len(pieces) >= 4
        assert [seq for piece in pieces for seq in piece] == [2, *range(11, 21)]


def test_close_frames_and_other_hidden_rows_are_not_found(tmp_path: Path) -> None:
    hidden = [make.control(Opcode.CLOSE, RECEIVED, b"\x03\xe8bye"), make.closed()]
    with make.recording(tmp_path, hidden) as made, make.reading(made) as reader:
        assert find(reader, text="bye") == [2]
