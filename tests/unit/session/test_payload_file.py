"""A payload saved to a file is the payload, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.recordings import message, reading, recording, run

from wireyard.session import payload_file
from wireyard.session.payload_file import save_payload


@pytest.mark.parametrize("payload", [b"", b"\x00\xff\r\n", bytes(range(256)) * 5], ids=["empty", "binary", "pieces"])
def test_the_file_has_exactly_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, payload: bytes) -> None:
    monkeypatch.setattr(payload_file, "PIECE_BYTES", 100)
    target = tmp_path / "out.bin"
    with recording(tmp_path / "sessions", [message("first"), message(payload)]) as made, reading(made) as reader:
        assert save_payload(reader, 2, target) == len(payload)
    assert target.read_bytes() == payload


def test_a_message_of_a_run_is_saved_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    with recording(tmp_path / "sessions", [run([b"one", b"two", b"three"])]) as made, reading(made) as reader:
        save_payload(reader, 2, target)
    assert target.read_bytes() == b"two"


def test_a_message_that_is_lost_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    target.write_bytes(b"older")
    with (
        recording(tmp_path / "sessions", [message("a")]) as made,
        reading(made) as reader,
        pytest.raises(LookupError),
    ):
        save_payload(reader, 7, target)
    assert target.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.bin", "sessions"]
