"""One payload of a session written to a file of its own: the exact bytes, all or nothing, whatever their size."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from wireyard.recording.reader import SessionReader

PIECE_BYTES = 1024 * 1024


def save_payload(reader: SessionReader, seq: int, path: Path) -> int:
    """Write the payload of message ``seq`` to ``path`` and give its size in bytes.

    Raises `OSError`, `RecordingError`, or `LookupError` when the message is lost. An older file stays until the new one
    is whole. Memory holds one piece at a time.
    """
    size = reader.payload_size(seq)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            for start in range(0, size, PIECE_BYTES):
                file.write(reader.payload_part(seq, start, PIECE_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    return size
