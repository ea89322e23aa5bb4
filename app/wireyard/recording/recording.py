"""One session being recorded: takes events from the engine, never blocks it, and writes on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from wireyard.domain.clock import now
from wireyard.domain.event import Event, Note
from wireyard.domain.session import SessionInfo
from wireyard.recording.errors import RecordingError
from wireyard.recording.inbox import Inbox
from wireyard.recording.marks import MarkChanges
from wireyard.recording.reader import SessionReader
from wireyard.recording.store import FileStore, MemoryStore
from wireyard.recording.values import USUAL_LIMITS, Progress, RecordingLimits, StorageHealth
from wireyard.recording.writer import Writer

_LOOK_AFTER_WRITER_S: Final = 0.5


class Recording:
    """Implements `wireyard.domain.ports.EventSink`. Every method may be called from any thread."""

    def __init__(self, info: SessionInfo, inbox: Inbox, writer: Writer, folder: Path) -> None:
        self.info = info
        self._folder = folder
        self._inbox = inbox
        self._writer = writer
        self._one_errand = threading.Lock()
        writer.thread.start()

    @classmethod
    def create(
        cls,
        folder: Path,
        info: SessionInfo,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        limits: RecordingLimits = USUAL_LIMITS,
        first_seq: int = 1,
    ) -> Recording:
        """Start a session in a new file in ``folder``. Raises RecordingError.

        ``on_progress`` is called on the writer thread after each commit. An import gives the ``first_seq`` of what it
        imports.
        """
        store = FileStore.create(folder, info, first_seq, limits.checkpoint_bytes)
        inbox = Inbox(limits)
        return cls(info, inbox, Writer(store, info, inbox, limits, on_progress, first_seq), folder)

    @classmethod
    def in_memory(
        cls,
        folder: Path,
        info: SessionInfo,
        reason: str,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        limits: RecordingLimits = USUAL_LIMITS,
    ) -> Recording:
        """Start a session that no file can be made for in ``folder``: as one whose file has failed at once.

        ``reason`` is a sentence that says why; `save_elsewhere` takes it to a file.
        """
        inbox = Inbox(limits)
        store = MemoryStore(1, limits.memory_bytes)
        return cls(info, inbox, Writer(store, info, inbox, limits, on_progress, 1, reason), folder)

    @property
    def path(self) -> Path:
        """The file that is written, or was until it failed; the folder for it where none could be made."""
        return self._writer.path or self._folder

    @property
    def health(self) -> StorageHealth:
        """Whether the session reaches the disk."""
        return self._writer.health

    @property
    def waiting_bytes(self) -> int:
        """How much was given and is not committed yet."""
        return self._inbox.waiting_bytes

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values named by `note_secrets` so far."""
        return self._writer.secrets

    def note_secrets(self, values: Iterable[str]) -> None:
        """Name values that are secret, before they are put: every later export hides them. Returns at once."""
        named = dict.fromkeys((*self._writer.secrets, *(value for value in values if value)))
        self._writer.secrets = tuple(named)

    def put(self, event: Event) -> None:
        """Take an event; it is numbered in the order given. Raises ValueError after `close`."""
        self._inbox.put(event)

    def is_full(self) -> bool:
        """Tell whether so much waits that the giver should stop, and call `on_drained` to be told when to go on."""
        return self._inbox.is_full()

    def limit_waiting(self, full_bytes: int) -> None:
        """Say that it is full when so much waits for the disk, and no more at a quarter of that. At any time."""
        self._inbox.limit(full_bytes)

    def on_drained(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` called once, as soon as little waits: on the writer thread, or at once."""
        self._inbox.on_drained(callback)

    def skip_to(self, seq: int) -> None:
        """Leave out the numbers before ``seq``: an import uses it where the original had lost messages."""
        self._inbox.flush(30.0)
        self._ask(lambda: self._writer.skip_to(seq))

    def set_marks(self, changes: MarkChanges) -> None:
        """Mark rows with a note, or with None take their marks away, and wait until that is written (worker).

        Raises RecordingError, and ValueError after `close`.
        """
        self._ask(lambda: self._writer.set_marks(changes))

    def insert_mark(self, note: str = "") -> int:
        """Put in a marked row of its own, behind all that was given so far; wait for it, and give its number (worker).

        Raises RecordingError, TimeoutError, and ValueError after `close`.
        """
        moment = now()
        row = Note(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, text="Mark", topic="mark")
        self._inbox.flush(30.0)
        found: list[int] = []
        self._ask(lambda: found.append(self._writer.insert_mark(row, note)))
        return found[0]

    def reader(self) -> SessionReader:
        """Open a reader, for the calling thread, that follows the session also when it moves. Close it after use."""
        return SessionReader(lambda: self._writer.parts, self.info)

    def save_elsewhere(self, folder: Path) -> Path:
        """After a failure, start a new file in ``folder`` with what memory holds and all that follows.

        Returns its path once that is written. Raises RecordingError when this place fails too, and then nothing
        changed. Does nothing while the file is fine.
        """
        self._ask(lambda: self._writer.move(folder))
        return self.path

    def flush(self, timeout_s: float = 30.0) -> None:
        """Wait until everything given so far is committed, and told of. Raises TimeoutError."""
        self._inbox.flush(timeout_s)

    def close(self, timeout_s: float = 30.0) -> None:
        """Write what waits and close the file. Safe to call twice. Raises TimeoutError."""
        self._inbox.close()
        self._writer.thread.join(timeout_s)
        if self._writer.thread.is_alive():
            raise TimeoutError("the recording could not be written in time")
        self._inbox.check_unbroken()

    def _ask(self, act: Callable[[], None]) -> None:
        """Have the writer thread do something, and wait for it."""
        done = threading.Event()
        failures: list[BaseException] = []

        def errand() -> None:
            try:
                act()
            except RecordingError as error:
                failures.append(error)
            except BaseException as error:
                failures.append(error)
                raise
            finally:
                done.set()

        with self._one_errand:
            self._inbox.set_errand(errand)
            while not done.wait(_LOOK_AFTER_WRITER_S):
                self._inbox.check_unbroken()
        if failures:
            raise failures.pop()
