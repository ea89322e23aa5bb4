"""Puts parts of a payload on the clipboard, exactly; large ones are gathered off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from wireyard.gui.inspector.source import WorkerSource
from wireyard.gui.jobs import Job, Jobs

MOST_COPIED_BYTES = 64 * 1024 * 1024
_PART_BYTES = 1024 * 1024


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

    def gather(job: Job) -> str:
        source = open_worker()
        parts: list[bytes] = []
        at = start
        try:
            while at < end and not job.is_cancelled and (part := source.take(at, min(_PART_BYTES, end - at))):
                parts.append(part)
                at += len(part)
        finally:
            source.close()
        data = b"".join(parts)
        return data.decode("utf-8", "replace") if shape is None else shape(data)

    jobs.start("copy", gather, QGuiApplication.clipboard().setText)
