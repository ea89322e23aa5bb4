"""What a live tab does with its recording besides showing it: reads messages back to send them again, and moves it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.domain.frame import Opcode
from wireyard.gui.bridge import Tasks
from wireyard.gui.dialogs import ask_for_folder
from wireyard.recording.errors import RecordingError
from wireyard.recording.recording import Recording
from wireyard.session.stored_message import MessageTooLargeError, stored_message

MAX_EDITED_BYTES = 1024 * 1024


class RecordingErrands(QObject):
    """``resent`` and ``edited`` carry an opcode and a payload; ``noticed`` a sentence for a toast.

    ``recording`` gives the recording, None before the first connect: then nothing is done.
    """

    resent = Signal(object, object)
    edited = Signal(object, object)
    noticed = Signal(str)

    def __init__(self, parent: QWidget, tasks: Tasks, recording: Callable[[], Recording | None]) -> None:
        super().__init__(parent)
        self._window = parent
        self._tasks = tasks
        self._recording = recording

    @Slot(object)
    def resend(self, seq: int) -> None:
        """Read a message back and send it as it is."""
        self._tasks.spawn(self._resend(seq))

    @Slot(object)
    def edit(self, seq: int) -> None:
        """Read a message back to be changed first."""
        self._tasks.spawn(self._edit(seq))

    @Slot()
    def ask_where_else(self) -> None:
        """Let a person choose another folder for a session that can't be written, and go on there."""
        title = self.tr("Save the session elsewhere")
        ask_for_folder(self._window, title, lambda folder: self._tasks.spawn(self._move(folder)))

    async def _resend(self, seq: int) -> None:
        found = await self._read_back(seq)
        if found is not None:
            self.resent.emit(*found)

    async def _edit(self, seq: int) -> None:
        found = await self._read_back(seq, MAX_EDITED_BYTES)
        if found is not None:
            self.edited.emit(*found)

    async def _read_back(self, seq: int, max_bytes: int | None = None) -> tuple[Opcode, bytes] | None:
        recording = self._recording()
        if recording is None:
            return None
        try:
            return await asyncio.to_thread(stored_message, recording, seq, max_bytes)
        except RecordingError as error:
            self.noticed.emit(str(error))
        except LookupError:
            self.noticed.emit(self.tr("This message is not kept any more."))
        except MessageTooLargeError:
            self.noticed.emit(self.tr("This message is too large to edit. Resend sends it as it is."))
        return None

    async def _move(self, folder: Path) -> None:
        recording = self._recording()
        if recording is None:
            return
        try:
            path = await asyncio.to_thread(recording.save_elsewhere, folder)
        except RecordingError as error:
            self.noticed.emit(str(error))
        else:
            self.noticed.emit(self.tr("The session goes on in {0}").format(path))
