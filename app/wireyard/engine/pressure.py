"""Back-pressure: while the sink is full the socket is not read, so the server's own send buffers fill up."""

from __future__ import annotations

import asyncio
import contextlib

from wireyard.engine.tap import Tap

# A shorter pause is the ordinary rhythm of a flood and worth no line in the log.
NOTE_AFTER_S = 1.0


class Pressure:
    """Pauses and resumes one transport as its sink fills and drains."""

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, tap: Tap) -> None:
        self._loop = loop
        self._transport = transport
        self._tap = tap
        self._reading = asyncio.Event()
        self._reading.set()
        self._is_released = False
        self._paused_at_s = 0.0
        self._note_timer: asyncio.TimerHandle | None = None
        self._is_noted = False

    @property
    def is_paused(self) -> bool:
        """Whether the socket is not being read."""
        return not self._reading.is_set()

    async def wait_until_reading(self) -> None:
        """Return once the socket is read."""
        await self._reading.wait()

    def pause(self) -> None:
        """Stop reading until the sink has drained."""
        if self.is_paused or self._is_released or self._transport.is_closing():
            return
        self._reading.clear()
        self._transport.pause_reading()
        self._paused_at_s = self._loop.time()
        self._is_noted = False
        self._note_timer = self._loop.call_later(NOTE_AFTER_S, self._on_lasting)
        self._tap.sink.on_drained(self._on_drained)

    def release(self) -> None:
        """Read on from now on, whatever the sink says: the connection is closing, and its last bytes are wanted."""
        self._is_released = True
        self._resume()

    def stop(self) -> None:
        """The transport is gone: nothing is left to read."""
        self._is_released = True
        self._reading.set()
        if self._note_timer is not None:
            self._note_timer.cancel()

    def _on_drained(self) -> None:
        """Called by the sink, on any thread, perhaps after the loop has ended."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._check)

    def _check(self) -> None:
        if not self.is_paused:
            return
        if self._tap.sink.is_full():
            # It filled up again, with sent messages, before this was called.
            self._tap.sink.on_drained(self._on_drained)
            return
        self._resume()

    def _resume(self) -> None:
        if not self.is_paused:
            return
        self._reading.set()
        if self._note_timer is not None:
            self._note_timer.cancel()
        if self._is_noted:
            self._tap.note(f"Reading resumed after {self._loop.time() - self._paused_at_s:.1f} s.")
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def _on_lasting(self) -> None:
        self._is_noted = True
        self._tap.note("Reading is paused: the recording has to catch up.")
