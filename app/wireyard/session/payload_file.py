"""One payload of a session written to a file of its own: the exact bytes, all or nothing, whatever their size."""

from __future__ import annotations

from pathlib import Path

from wireyard.recording.reader import SessionReader
from wireyard.session.whole_file import whole_file

PIECE_BYTES = 1024 * 1024


def save_payload(reader: SessionReader, seq: int, path: Path) -> int:
    """Write the payload of message ``seq`` to ``path`` and give its size in bytes.

    Raises `OSError`, `RecordingError`, or `LookupError` when the message is lost. Memory holds one piece at a time.
    """
    size = reader.payload_size(seq)
    with whole_file(path) as file:
        for start in range(0, size, PIECE_BYTES):
            file.write(reader.payload_part(seq, start, PIECE_BYTES))
    return size
