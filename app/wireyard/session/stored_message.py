"""One message read back from a recording, to be sent again."""

from __future__ import annotations

from wireyard.domain.frame import Opcode
from wireyard.recording.recording import Recording


class MessageTooLargeError(Exception):
    """The message is larger than was asked for."""


def stored_message(recording: Recording, seq: int, max_bytes: int | None = None) -> tuple[Opcode, bytes]:
    """Opcode and payload of message ``seq``. Blocks: call it on a worker thread.

    Raises `LookupError` when the message is lost, `RecordingError`, or `MessageTooLargeError`.
    """
    reader = recording.reader()
    try:
        rows = reader.rows_at([seq])
        if not rows:
            raise LookupError(seq)
        row = rows[0]
        if max_bytes is not None and row.size_bytes > max_bytes:
            raise MessageTooLargeError
        return row.opcode, reader.payload(seq)
    finally:
        reader.close()
