"""Puts parts of a payload on the clipboard, exactly; large ones are gathered off the GUI thread."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication

from wireyard.gui.inspector.source import WorkerSource
from wireyard.gui.jobs import Job, Jobs

MOST_COPIED_BYTES = 64 * 1024 * 1024
_PART_BYTES = 256 * 1024


def copy_text(
    jobs: Jobs,
    open_worker: Callable[[], WorkerSource],
    start: int,
    end: int,
    notice: Callable[[str], None],
    shape: Callable[[bytes], str] | None = None,
) -> None:
    """Copy the bytes ``start`` to ``end`` as text, or as ``shape`` makes it of them."""
    if end - start > MOST_COPIED_BYTES:
        notice(
            QCoreApplication.translate(
                "Inspector", "Not copied: {size} MB is more than a clipboard takes. Save the payload as a file instead."
            ).format(size=(end - start) // 1_000_000)
        )
        return

    def gather(job: Job) -> QByteArray:
        source = open_worker()
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        parts: list[bytes] = []
        at = start
        try:
            while at < end and not job.is_cancelled and (part := source.take(at, min(_PART_BYTES, end - at))):
                at += len(part)
                # Text on a clipboard is UTF-8; what isn't becomes the replacement character.
                parts.append(part if shape is not None else decoder.decode(part, at >= end).encode())
                job.breathe()
        finally:
            source.close()
        data = b"".join(parts)
        return QByteArray(data if shape is None else shape(data).encode())

    jobs.start("copy", gather, _offer)


def _offer(text: QByteArray) -> None:
    # As bytes they are handed over without being decoded here: 24 MB of text would hold up the window for 120 ms.
    data = QMimeData()
    data.setData("text/plain", text)
    QGuiApplication.clipboard().setMimeData(data)
