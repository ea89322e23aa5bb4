"""One run of ``wireyard record``: a conversation, its live log, and the first of several reasons to end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from wireyard.cli.exits import ExitCode, exit_code
from wireyard.cli.interrupts import on_interrupt
from wireyard.cli.output import open_output, output_failure
from wireyard.cli.progress import progress_line, showing
from wireyard.cli.say import never_say, say, say_failure, say_words, show_sign_in
from wireyard.cli.setup import Setup
from wireyard.cli.target import Target
from wireyard.domain.session import Totals
from wireyard.engine.host import SameLoopHost
from wireyard.exchange.redact import Redaction
from wireyard.recording.recording import Recording
from wireyard.recording.values import Progress, StorageHealth
from wireyard.session import states
from wireyard.session.auth.sign_in import SignIn
from wireyard.session.conversation import Conversation
from wireyard.session.live_log import ByteSink, LiveLog
from wireyard.session.outbox import Outgoing
from wireyard.session.recorder import record_into
from wireyard.session.repeating import Cadence, Repeating
from wireyard.session.states import State
from wireyard.session.wording import end_words

T = TypeVar("T")
Stop = Literal["count", "time", "ended", "interrupt", "pipe", "output"]

# After Ctrl+C these together stay below one second, whatever server, disk and pipe do.
FAREWELL_S = 0.3
DROP_S = 0.05
STORE_S = 0.2
LOG_S = 0.1
# Without Ctrl+C there is time to write everything.
PATIENCE_S = 600.0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One run: what to connect to, what to send and when to end. The last message is sent again every
    ``repeat_every_ms``, ``repeat_count`` times in all where there is one. ``output`` None means stdout."""

    target: Target
    repeat_every_ms: int | None = None
    repeat_count: int | None = None
    count: int | None = None
    max_time_s: float | None = None
    output: Path | None = None


def run_plan(plan: Plan, setup: Setup) -> ExitCode:
    """Run one recording from beginning to end. Raises `CommandError` when there is nowhere to write to."""
    with open_output(plan.output) as output:
        return asyncio.run(_run(plan, setup, output))


async def _run(plan: Plan, setup: Setup, output: ByteSink) -> ExitCode:
    return await RecordingRun(plan, setup, output).run()


class RecordingRun:
    """Runs once, on the running loop."""

    def __init__(self, plan: Plan, setup: Setup, output: ByteSink) -> None:
        loop = asyncio.get_running_loop()
        self._plan = plan
        self._loop = loop
        self._stop: asyncio.Future[Stop] = loop.create_future()
        self._interrupted = asyncio.Event()
        self._log_ended: asyncio.Future[None] = loop.create_future()
        self._output_error: Exception | None = None
        self._totals = Totals()
        self._health = StorageHealth()
        self._sends: list[asyncio.Future[bool]] = []
        self._repeating: Repeating | None = None
        target = plan.target
        redaction = Redaction(secrets=target.secrets)
        self._log = LiveLog(output, redaction, on_end=lambda error: self._post(self._on_log_end, error))
        start_recording = record_into(setup.sessions, setup.settings, on_progress=self._take_progress)
        self._conversation = Conversation(
            SameLoopHost(),
            start_recording,
            on_change=self._on_change,
            name=target.name,
            request_id=target.request_id,
            dial=SignIn(show_sign_in).dial,
        )

    async def run(self) -> ExitCode:
        """Connect, wait for a reason to end, end, and say what a script should know."""
        server = self._plan.target.server
        if server is None:
            return await self._run()
        from wireyard.servers.echo import EchoError  # it was loaded with the server

        try:
            await server.start()
            return await self._run()
        except EchoError as error:
            say(f"wireyard: {error}")
            return ExitCode.TCP
        finally:
            await server.stop()

    async def _run(self) -> ExitCode:
        with on_interrupt(self._on_interrupt):
            self._begin()
            async with showing(lambda: progress_line(self._conversation.state, self._totals)):
                stop = await self._stop
                is_stored = await self._end()
        return self._verdict(stop, is_stored)

    def _begin(self) -> None:
        plan, target, conversation = self._plan, self._plan.target, self._conversation
        if plan.count is not None:
            conversation.when_received(plan.count).add_done_callback(lambda _: self._stop_for("count"))
        conversation.connect(target.request, target.secrets, target.on_open)
        if conversation.recording is None:
            return  # it has failed already: the address, or the folder
        self._log.start(conversation.recording)
        once = target.messages if plan.repeat_every_ms is None else target.messages[:-1]
        self._sends = [conversation.send(opcode, payload) for opcode, payload in once]
        if plan.repeat_every_ms is not None:
            cadence = Cadence(interval_ms=plan.repeat_every_ms, count=plan.repeat_count)
            self._repeating = Repeating(conversation, self._make_again, cadence, lambda: None)

    async def _make_again(self) -> Outgoing:
        target = self._plan.target
        opcode, payload = target.again() if target.again is not None else target.messages[-1]
        return Outgoing(opcode, payload)

    async def _end(self) -> bool:
        """Say goodbye, let the log catch up, and finish the recording. Returns whether all is stored."""
        conversation = self._conversation
        conversation.disconnect()
        closed = asyncio.ensure_future(conversation.closed())
        await self._wait(closed, FAREWELL_S)
        conversation.drop()
        await asyncio.wait([closed], timeout=DROP_S)
        recording = conversation.recording
        if recording is not None and self._output_error is None:
            await self._write_log(recording)
        patience_s = STORE_S if self._interrupted.is_set() else PATIENCE_S
        is_stored = await conversation.close(timeout_s=patience_s)
        await closed
        return is_stored

    async def _write_log(self, recording: Recording) -> None:
        for _ in range(round(PATIENCE_S / STORE_S)):
            with contextlib.suppress(TimeoutError):
                await asyncio.to_thread(recording.flush, STORE_S)
                break
            if self._interrupted.is_set():
                break
        self._log.finish()
        await self._wait(self._log_ended, LOG_S)

    async def _wait(self, thing: asyncio.Future[None], hurried_s: float) -> None:
        """Wait for as long as it takes, but no longer than ``hurried_s`` once there was a Ctrl+C."""
        interrupted = asyncio.ensure_future(self._interrupted.wait())
        try:
            await asyncio.wait([thing, interrupted], return_when=asyncio.FIRST_COMPLETED)
            if not thing.done():
                await asyncio.wait([thing], timeout=hurried_s)
        finally:
            interrupted.cancel()

    def _verdict(self, stop: Stop, is_stored: bool) -> ExitCode:
        state = self._conversation.state
        never_say(self._conversation.secrets.values)  # tokens that came on the way
        if self._interrupted.is_set():
            return ExitCode.INTERRUPTED
        if self._output_error is not None and stop != "pipe":
            say(f"wireyard: {output_failure(self._plan.output, self._output_error)}")
            return ExitCode.STORAGE
        if isinstance(state, states.Failed):
            say_failure(state.failure)
            return exit_code(state.failure)
        code = self._say_end(state, stop)
        if not is_stored and code is ExitCode.OK:
            return ExitCode.STORAGE
        return code

    def _say_end(self, state: State, stop: Stop) -> ExitCode:
        """Tell of an end that was not asked for, and of what was asked for and did not come about."""
        code = ExitCode.OK
        if isinstance(state, states.Closed) and stop == "ended":
            end = end_words(state)
            if end.is_error:
                code = ExitCode.LOST
            if not end.is_calm:
                say_words(end)
        if stop in ("pipe", "count"):
            return code
        wanted, received = self._plan.count, self._conversation.received_count
        if wanted is not None and received < wanted:
            say(f"wireyard: It ended after {received:,} of {wanted:,} messages.")
            code = ExitCode.LOST
        unsent = sum(not (sent.done() and sent.result()) for sent in self._sends)
        if unsent:
            say(f"wireyard: Not sent: {unsent:,} of {len(self._sends):,} messages.")
            code = ExitCode.LOST
        return code if self._is_repeat_done() else ExitCode.LOST

    def _is_repeat_done(self) -> bool:
        """Tell of a repeat that fell short of what was asked for."""
        repeating, wanted = self._repeating, self._plan.repeat_count
        if repeating is None or (repeating.error is None and (wanted is None or repeating.sent >= wanted)):
            return True
        if repeating.error is not None:
            say(f"wireyard: {repeating.error}")
        of = "" if wanted is None else f" of {wanted:,}"
        say(f"wireyard: The last message was sent {repeating.sent:,}{of} times.")
        return False

    # Reasons to end. All on the loop.

    def _stop_for(self, reason: Stop) -> None:
        if not self._stop.done():
            self._stop.set_result(reason)

    def _on_change(self, state: State) -> None:
        if isinstance(state, states.Open) and self._plan.max_time_s is not None:
            self._loop.call_later(self._plan.max_time_s, self._stop_for, "time")
        elif isinstance(state, states.Closed | states.Failed):
            self._stop_for("ended")

    def _on_interrupt(self) -> None:
        self._interrupted.set()
        self._stop_for("interrupt")

    def _on_log_end(self, error: Exception | None) -> None:
        self._log_ended.set_result(None)
        self._output_error = error
        if error is not None:
            self._stop_for("pipe" if isinstance(error, BrokenPipeError) else "output")

    def _on_progress(self, progress: Progress) -> None:
        self._totals = progress.totals
        if progress.health.failing and not self._health.failing:
            say(f"wireyard: The session can't be stored: {progress.health.reason} It goes on in memory.")
        self._health = progress.health

    # On other threads.

    def _take_progress(self, progress: Progress) -> None:
        self._log.take(progress)
        self._post(self._on_progress, progress)

    def _post(self, call: Callable[[T], None], value: T) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is gone: so is everybody who wanted to know
            self._loop.call_soon_threadsafe(call, value)
