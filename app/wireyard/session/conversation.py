"""One live talk with a server, headless: what a tab of the window, or ``wireyard record``, does.

A conversation belongs to the thread and the event loop of the front end that made it: every method is called there
and ``on_change`` is called there, also when the engine runs on a thread of its own. Methods return at once; what they
lead to is seen in `Conversation.state` and in the recording. Only ``on_progress`` comes from another thread, the
recording's writer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

import msgspec

from wireyard.domain.clock import Moment, now
from wireyard.domain.compression import Savings
from wireyard.domain.event import Opened, StepName
from wireyard.domain.failure import Failure
from wireyard.domain.frame import MAX_CONTROL_BYTES, Opcode, close_fault
from wireyard.domain.request import ConnectRequest
from wireyard.engine.address import parse_address
from wireyard.engine.errors import AddressError, DialError
from wireyard.engine.host import EngineHost
from wireyard.exchange.secret_values import SecretValues
from wireyard.recording.errors import RecordingError
from wireyard.recording.recording import Recording
from wireyard.session import notes, states
from wireyard.session.attempt import Attempt, Dial, Ear, Received, Saving, noting, poster
from wireyard.session.auth.sign_in import SignIn
from wireyard.session.greeting import Greeting, OnOpen
from wireyard.session.keeping import Keeping
from wireyard.session.outbox import Outbox, why_not_sent
from wireyard.session.reconnecting import Retry
from wireyard.session.recorder import StartRecording
from wireyard.session.retrying import Retrying
from wireyard.session.roundtrips import RoundTrip, RoundTrips
from wireyard.session.states import State, may_connect
from wireyard.session.tasks import Tasks

CANCEL_TIMEOUT_S = 0.2


class Conversation:
    """One conversation: any number of connections, one after the other, in one recording."""

    def __init__(
        self,
        host: EngineHost,
        start_recording: StartRecording,
        *,
        on_change: Callable[[State], None],
        name: str = "",
        request_id: str = "",
        label: str = "",
        dial: Dial | None = None,
    ) -> None:
        self._host = host
        self._on_change = on_change
        self._dial: Dial = dial or SignIn().dial
        self._keeping = Keeping(start_recording, name, request_id, label)
        self._state: State = states.Idle()
        self._request: ConnectRequest | None = None
        self._last_opened: Opened | None = None
        self._roundtrips = RoundTrips()
        self._received = Received()
        self._savings = Saving()
        self._attempt: Attempt | None = None
        self._talk: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._tasks = Tasks()
        self._outbox = Outbox(host, self._tasks.spawn)
        self._greeting = Greeting(self._outbox, self._tasks.spawn, self._keeping.note_secrets)
        self._on_open: OnOpen = ()
        self._retrying = Retrying(self._tasks.spawn)
        self._is_over = False
        self._followers: list[Callable[[State], None]] = []

    @property
    def state(self) -> State:
        """What it is doing now."""
        return self._state

    @property
    def recording(self) -> Recording | None:
        """Where it is recorded; None before the first connect."""
        return self._keeping.recording

    @property
    def request(self) -> ConnectRequest | None:
        """What was last connected to."""
        return self._request

    @property
    def secrets(self) -> SecretValues:
        """The values that were told to be secret, for whoever shows or writes something of it."""
        return self._keeping.secrets

    @property
    def last_opened(self) -> Opened | None:
        """The newest handshake that succeeded; stays after the connection is closed."""
        return self._last_opened

    @property
    def roundtrip(self) -> RoundTrip | None:
        """Round-trip times of the newest connection's pings."""
        return self._roundtrips.summary()

    @property
    def received_count(self) -> int:
        """Data messages received so far, over all its connections."""
        return self._received.count

    @property
    def savings(self) -> Savings:
        """What compression saved so far, over all its connections."""
        return self._savings.sums

    @property
    def is_paused(self) -> bool:
        """Whether the socket is not being read, because the recording can't keep up."""
        attempt = self._attempt
        return attempt is not None and attempt.link is not None and attempt.link.is_paused

    def describe(self, *, name: str, request_id: str, label: str) -> None:
        """Say what the session is of, before its recording is made; afterwards it is what it was."""
        self._keeping.describe(name=name, request_id=request_id, label=label)

    def follow(self, follower: Callable[[State], None]) -> Callable[[], None]:
        """Have ``follower`` told every change of the state, before ``on_change`` is; calling the answer ends that."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    def connect(self, request: ConnectRequest, secrets: Iterable[str] = (), on_open: OnOpen = ()) -> bool:
        """Begin an attempt; False, and nothing happens, while one runs or a connection is open.

        ``secrets`` are values in the request that every export hides, as those of earlier calls. ``on_open`` is sent
        after every opening, before anything else: also after those that `Reconnect` of the request leads to, which end
        with the person's own `disconnect`, `cancel` or `drop`.
        An address that can't be read makes the state `Failed` at once and leaves no recording behind; so does a folder
        that can't be written.
        """
        if self._is_over or not may_connect(self._state):
            return False
        if isinstance(self._state, states.Waiting) and self._talk is not None:
            self._talk.cancel()
        self._request = request
        self._keeping.note_secrets(secrets)
        self._on_open = on_open
        self._retrying.begin(request.reconnect)
        try:
            parse_address(request.url)
            self._keeping.begin(request)
        except (AddressError, RecordingError) as error:
            self._set_state(states.Failed(failure=error.failure))
            return True
        self._begin(None)
        return True

    def connect_now(self) -> bool:
        """Don't wait any longer for the next attempt; False when none is waited for."""
        self._retrying.hurry()
        return isinstance(self._state, states.Waiting)

    def cancel(self) -> None:
        """Give up the attempt that runs. The state is `Idle` at once; its socket is gone within 200 ms."""
        if not isinstance(self._state, states.Connecting) or self._attempt is None or self._talk is None:
            return
        self._retrying.end()
        self._attempt.is_cancelled = True
        self._talk.cancel()
        self._ending.add(self._talk)
        self._talk.add_done_callback(self._ending.discard)
        self._outbox.give_up(self.recording, why_not_sent(self._state))
        self._set_state(states.Idle())

    def disconnect(self, code: int | None = 1000, reason: str = "") -> None:
        """Begin the closing handshake, with an empty close frame where ``code`` is None; cancels an attempt that is
        not open yet, and ends waiting for the next one. Raises `ValueError`, with a sentence, for what can't be sent.
        """
        if fault := close_fault(code, reason):
            raise ValueError(fault)
        self._retrying.end()
        self._stop_waiting()
        attempt = self._attempt
        # The engine may have opened it already, in the moment before we are told: then it is owed a goodbye.
        opened = attempt.opened if attempt is not None else None
        if isinstance(self._state, states.Connecting) and opened is None:
            self.cancel()
        elif isinstance(self._state, states.Connecting | states.Open) and attempt is not None and opened is not None:
            self._set_state(states.Closing(since=now(), opened=opened, by="us"))
            self._tasks.spawn(self._host.run(lambda: attempt.close(code, reason)))

    def drop(self) -> None:
        """Cut the connection without a close frame, also in the middle of the closing handshake."""
        self._retrying.end()
        self._stop_waiting()
        if isinstance(self._state, states.Open | states.Closing) and self._attempt is not None:
            self._host.post(self._attempt.drop)

    def send(self, opcode: Opcode, payload: bytes, secrets: Iterable[str] = ()) -> asyncio.Future[bool]:
        """Send a message; the future tells whether it went out. Messages go in the order of the calls.

        While connecting it is held and goes out once open. When it can't be sent, a row says "Not sent". ``secrets``
        are values in it that every export hides.
        """
        self._keeping.note_secrets(secrets)
        outcome = asyncio.get_running_loop().create_future()
        attempt = self._attempt
        is_greeting = attempt is not None and self._greeting.is_due(attempt)
        if isinstance(self._state, states.Connecting) or (isinstance(self._state, states.Open) and is_greeting):
            self._outbox.hold(opcode, payload, outcome)
        elif isinstance(self._state, states.Open) and attempt is not None:
            self._outbox.send(attempt, opcode, payload, outcome)
        else:
            self._outbox.refuse(self.recording, opcode, payload, outcome, why_not_sent(self._state))
        return outcome

    def ping(self, payload: bytes = b"") -> bool:
        """Send a ping; False when not open. The pong is seen in the recording and in `roundtrip`.

        Raises `ValueError` for a payload of more than 125 bytes, as does `pong`.
        """
        return self._send_control(self._outbox.ping, payload)

    def pong(self, payload: bytes = b"") -> bool:
        """Send a pong, asked for or not; False when not open."""
        return self._send_control(self._outbox.pong, payload)

    def when_received(self, count: int) -> asyncio.Future[None]:
        """A future that is done as soon as this many data messages have been received. One at a time."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        post = poster()
        self._received.when(count, lambda: post(lambda: None if done.done() else done.set_result(None)))
        return done

    async def closed(self) -> None:
        """Wait until no attempt runs and nothing is open."""
        while talks := self._talks():
            await asyncio.wait(talks)

    async def close(self, code: int = 1000, reason: str = "", *, timeout_s: float = 2.0) -> bool:
        """End it for good: farewell to the server, then to the recording. Takes no longer than ``timeout_s``.

        Half of the time is for the server's answer; then the connection is cut. What waits to be written gets the rest.
        Returns whether all that happened is on the disk.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        self._is_over = True
        self.disconnect(code, reason)
        if talks := self._talks():
            await asyncio.wait(talks, timeout=timeout_s / 2)
            self.drop()
            await asyncio.wait(talks, timeout=max(0.0, min(CANCEL_TIMEOUT_S, deadline - loop.time())))
            for talk in talks:
                talk.cancel()
        return await self._keeping.close(max(0.1, deadline - loop.time()))

    # What the attempt tells; called on the front end's loop.

    def on_step(self, attempt: Attempt, step: StepName) -> None:
        """The attempt now waits for this step."""
        if attempt is self._attempt and isinstance(self._state, states.Connecting):
            self._set_state(msgspec.structs.replace(self._state, step=step))

    def on_opened(self, attempt: Attempt, opened: Opened) -> None:
        """The handshake is done."""
        if attempt is not self._attempt or not isinstance(self._state, states.Connecting):
            return
        self._last_opened = opened
        self._greeting.begin(attempt, self._on_open)
        self._set_state(states.Open(since=now(), opened=opened))

    def on_close_received(self, attempt: Attempt) -> None:
        """The server's close frame came; after ours it is only the answer."""
        if attempt is self._attempt and isinstance(self._state, states.Open):
            self._set_state(states.Closing(since=now(), opened=self._state.opened, by="server"))

    # Internals

    def _set_state(self, state: State) -> None:
        self._state = state
        for follower in tuple(self._followers):
            follower(state)
        self._on_change(state)

    def _begin(self, retry: Retry | None) -> None:
        request, recording = self._request, self._keeping.recording
        assert request is not None
        assert recording is not None
        if retry is not None:
            self._keeping.divide(request, retry)
        self._roundtrips = RoundTrips()
        post = poster()
        note_secrets = noting(recording, post, self._keeping.note_secrets)
        ear = Ear(recording, self._roundtrips, self._received, self._savings, note_secrets)
        attempt = Attempt(request, ear, self._dial, post, self)
        self._attempt = attempt
        self._talk = self._tasks.spawn(self._hold_talk(attempt, frozenset(self._ending)))
        number, of = (0, None) if retry is None else (retry.attempt, retry.of)
        self._set_state(states.Connecting(since=now(), attempt=number, of=of))

    def _talks(self) -> set[asyncio.Task[None]]:
        running = set(self._ending)
        if self._talk is not None and not self._talk.done():
            running.add(self._talk)
        return running

    async def _hold_talk(self, attempt: Attempt, ending: frozenset[asyncio.Task[None]]) -> None:
        # Our own failure, unless something better is known below; its exception goes on to whoever reports crashes.
        end: State = states.Failed(failure=Failure(code="internal", step="tcp"))
        try:
            if ending:
                # Cancelled attempts are still taking their sockets down: never two at a time.
                await asyncio.wait(ending)
            end = states.Closed(event=await self._host.run(attempt.run), failure=attempt.ear.failure)
        except DialError as error:
            end = states.Failed(failure=error.failure, steps=error.steps)
        except asyncio.CancelledError:
            end = states.Closed(event=attempt.closed) if attempt.closed is not None else states.Idle()
            self._retrying.end()
            raise
        finally:
            self._finish(attempt, end)

    def _finish(self, attempt: Attempt, end: State) -> None:
        if attempt is not self._attempt:
            return
        if attempt.opened is not None:
            self._last_opened = attempt.opened
        if attempt.is_cancelled:
            return
        self._greeting.give_up()
        self._outbox.give_up(self.recording, why_not_sent(self._state))
        retry = self._retrying.after(end)
        if retry is not None and isinstance(end, states.Closed | states.Failed):
            self._wait(retry, end)
            return
        if attempts := self._retrying.used_up:
            self._keeping.put(notes.used_up(attempts))
        self._set_state(end)

    def _wait(self, retry: Retry, end: states.Closed | states.Failed) -> None:
        since, delay_ns = now(), int(retry.delay_s * 1e9)
        self._keeping.put(notes.waiting(retry))
        self._talk = self._retrying.wait(retry, self._begin)
        until = Moment(since.ts_ns + delay_ns, since.mono_ns + delay_ns)
        self._set_state(states.Waiting(since=since, until=until, attempt=retry.attempt, of=retry.of, after=end))

    def _stop_waiting(self) -> None:
        if isinstance(self._state, states.Waiting) and self._talk is not None:
            self._talk.cancel()
            self._keeping.put(notes.stopped())
            self._set_state(self._state.after)

    def _send_control(self, send: Callable[[Attempt, bytes], None], payload: bytes) -> bool:
        if len(payload) > MAX_CONTROL_BYTES:
            raise ValueError(f"A ping or pong holds at most {MAX_CONTROL_BYTES} bytes: this has {len(payload):,}.")
        if not isinstance(self._state, states.Open) or self._attempt is None:
            return False
        send(self._attempt, payload)
        return True
