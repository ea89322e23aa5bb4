"""One connection from dialling to its end, as it runs on the engine's side, and the sink that listens in.

The conversation lives on the front end's loop and the engine perhaps on a thread of its own. What is here runs with
the engine; it tells the conversation through ``post``, which hands a call to the front end's loop.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from wireyard.domain.compression import Savings
from wireyard.domain.event import Closed, Control, Event, Failed, Message, MessageRun, Opened, StepName
from wireyard.domain.failure import Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.ports import EventSink
from wireyard.domain.request import ConnectRequest
from wireyard.session.roundtrips import RoundTrips

Post = Callable[[Callable[[], None]], None]
NoteSecrets = Callable[[tuple[str, ...]], None]


def poster() -> Post:
    """What hands calls to the loop that runs here."""
    loop = asyncio.get_running_loop()

    def post(call: Callable[[], None]) -> None:
        # The loop may be gone at the very end, when the engine's last words come from another thread.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(call)

    return post


class NotesSecrets(Protocol):
    """What is asked of a recording; `wireyard.recording.recording.Recording` is one."""

    def note_secrets(self, values: Iterable[str]) -> None: ...


def noting(recording: NotesSecrets, post: Post, tell: Callable[[tuple[str, ...]], None]) -> NoteSecrets:
    """Tells a recording of secret values at once, as what holds them comes next, and then the front end's loop."""

    def note(values: tuple[str, ...]) -> None:
        recording.note_secrets(values)
        post(lambda: tell(values))

    return note


class Link(Protocol):
    """What is asked of an open connection; `wireyard.engine.link.Link` is one."""

    @property
    def opened(self) -> Opened: ...
    async def send(self, opcode: Opcode, payload: bytes) -> None: ...
    async def ping(self, payload: bytes) -> None: ...
    async def pong(self, payload: bytes) -> None: ...
    @property
    def is_paused(self) -> bool: ...
    async def close(self, code: int | None, reason: str) -> Closed: ...
    def drop(self) -> None: ...
    async def wait_closed(self) -> Closed: ...


class Dial(Protocol):
    """How a connection is made; `wireyard.engine.dial.dial` is one."""

    def __call__(
        self, request: ConnectRequest, sink: EventSink, *, on_step: Callable[[StepName], None] | None = None
    ) -> Awaitable[Link]: ...


class Listener(Protocol):
    """Who is told, on the front end's loop, how an attempt goes."""

    def on_step(self, attempt: Attempt, step: StepName) -> None: ...
    def on_opened(self, attempt: Attempt, opened: Opened) -> None: ...
    def on_close_received(self, attempt: Attempt) -> None: ...


class Ear:
    """An event sink in front of the recording, which notes what a conversation must know. Adds next to no time."""

    def __init__(
        self,
        recording: EventSink,
        roundtrips: RoundTrips,
        received: Received,
        savings: Saving,
        note_secrets: NoteSecrets = lambda _values: None,
    ) -> None:
        """``note_secrets`` is told of values that become known on the way, on the engine's thread."""
        self._recording = recording
        self._note_secrets = note_secrets
        self._roundtrips = roundtrips
        self._received = received
        self._savings = savings
        self.failure: Failure | None = None
        self.on_close_frame: Callable[[], None] | None = None

    def put(self, event: Event) -> None:
        """Pass an event on to the recording, after a look at it."""
        self._recording.put(event)
        if isinstance(event, MessageRun):
            self._received.add(len(event.spans))
        elif isinstance(event, Message):
            if event.direction is Direction.RECEIVED:
                self._received.add(1)
            if event.rsv1 and not event.fault:
                self._savings.add(event.direction, len(event.payload), event.wire_bytes)
        elif isinstance(event, Control):
            self._take_control(event)
        elif isinstance(event, Failed):
            self.failure = event.failure

    def note_secrets(self, values: tuple[str, ...]) -> None:
        """Hear of secret values before anything that holds them is put."""
        self._note_secrets(values)

    def is_full(self) -> bool:
        """Whether the recording asks to pause the socket."""
        return self._recording.is_full()

    def on_drained(self, callback: Callable[[], None]) -> None:
        """Hand on who is to be called when reading may go on."""
        self._recording.on_drained(callback)

    def _take_control(self, frame: Control) -> None:
        if frame.opcode is Opcode.CLOSE:
            if frame.direction is Direction.RECEIVED and self.on_close_frame is not None:
                self.on_close_frame()
        else:
            self._roundtrips.take(frame)


class Received:
    """Counts received data messages over all connections of a conversation, and calls once when enough have come."""

    def __init__(self) -> None:
        self.count = 0
        self._wanted = 0
        self._call: Callable[[], None] | None = None

    def when(self, wanted: int, call: Callable[[], None]) -> None:
        """Call ``call`` (on the engine's thread) as soon as ``wanted`` messages have come."""
        self._wanted, self._call = wanted, call
        self.add(0)

    def add(self, count: int) -> None:
        """Count."""
        self.count += count
        if self._call is not None and self.count >= self._wanted:
            call, self._call = self._call, None
            call()


class Saving:
    """Counts what compression saves, over all connections of a conversation."""

    def __init__(self) -> None:
        self.sums = Savings()

    def add(self, direction: Direction, message_bytes: int, wire_bytes: int) -> None:
        """Count one message that crossed the connection compressed."""
        sums = self.sums
        if direction is Direction.SENT:
            self.sums = Savings(sent=sums.sent.plus(1, message_bytes, wire_bytes), received=sums.received)
        else:
            self.sums = Savings(sent=sums.sent, received=sums.received.plus(1, message_bytes, wire_bytes))


class Attempt:
    """One dial and the connection it gives. All but the constructor runs on the engine's loop."""

    def __init__(self, request: ConnectRequest, ear: Ear, dial: Dial, post: Post, listener: Listener) -> None:
        self.ear = ear
        self.link: Link | None = None
        self.opened: Opened | None = None
        self.closed: Closed | None = None
        self.is_cancelled = False
        self._request = request
        self._dial = dial
        self._post = post
        self._listener = listener

    async def run(self) -> Closed:
        """Dial, then wait for the end. Raises what the dialler raises; a cancelled one leaves no socket behind."""
        self.ear.on_close_frame = self._tell_close_frame
        link = await self._dial(self._request, self.ear, on_step=self._tell_step)
        opened = link.opened
        self.link, self.opened = link, opened
        self._post(lambda: self._listener.on_opened(self, opened))
        try:
            self.closed = await link.wait_closed()
        except asyncio.CancelledError:
            # Cancelled in the very moment it opened, or the front end's loop ends without a farewell.
            link.drop()
            self.closed = await link.wait_closed()
            raise
        return self.closed

    async def send(self, opcode: Opcode, payload: bytes) -> None:
        """Send one message. Raises `SendError`, after the row that says so was recorded."""
        await self._open_link().send(opcode, payload)

    async def ping(self, payload: bytes) -> None:
        """Send a ping."""
        await self._open_link().ping(payload)

    async def pong(self, payload: bytes) -> None:
        """Send a pong."""
        await self._open_link().pong(payload)

    async def close(self, code: int | None, reason: str) -> None:
        """Begin the closing handshake."""
        await self._open_link().close(code, reason)

    def drop(self) -> None:
        """Cut the connection without a close frame."""
        if self.link is not None:
            self.link.drop()

    def _open_link(self) -> Link:
        if self.link is None:
            raise RuntimeError("The attempt has not opened a connection")
        return self.link

    def _tell_step(self, step: StepName) -> None:
        self._post(lambda: self._listener.on_step(self, step))

    def _tell_close_frame(self) -> None:
        self._post(lambda: self._listener.on_close_received(self))
