"""One probe: dials, notes what the engine tells until the connection is open, and closes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from wireyard.cli.exits import CommandError, ExitCode, exit_code
from wireyard.cli.interrupts import on_interrupt
from wireyard.cli.say import never_say, say, show_sign_in
from wireyard.cli.target import Target
from wireyard.domain.event import Closed, Event, Failed, Note, Opened, Step
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest
from wireyard.engine.errors import DialError
from wireyard.servers.echo import EchoError
from wireyard.session.auth.browser import BROWSER_WAIT_S
from wireyard.session.auth.sign_in import SignIn

CLOSE_WAIT_S = 2.0


class Probed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: the events without what the server sent, and why it failed if it did."""

    url: str
    events: tuple[Event, ...]
    failure: Failure | None
    code: ExitCode
    secrets: tuple[str, ...] = ()


class _Notebook:
    """An event sink that keeps what a report is made of."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.secrets: list[str] = []

    def note_secrets(self, values: tuple[str, ...]) -> None:
        """Hear of tokens that came on the way."""
        self.secrets += values
        never_say(values)

    def put(self, event: Event) -> None:
        """Keep it, unless it is the server's."""
        if isinstance(event, Step | Opened | Failed | Closed | Note):
            self.events.append(event)

    def is_full(self) -> bool:
        """It never is: nothing large is kept."""
        return False

    def on_drained(self, callback: Callable[[], None]) -> None:
        """Nobody waits."""


def probe(target: Target, max_time_s: float | None = None) -> Probed:
    """Probe once; Ctrl+C cancels. Raises `CommandError` when the built-in server can't be started."""
    return asyncio.run(_with_server(target, max_time_s))


async def _with_server(target: Target, max_time_s: float | None) -> Probed:
    if target.server is None:
        return await _probe(target.request, max_time_s)
    try:
        await target.server.start()
        return await _probe(target.request, max_time_s)
    except EchoError as error:
        say(f"wireyard: {error}")
        raise CommandError(ExitCode.TCP) from error
    finally:
        await target.server.stop()


async def _probe(request: ConnectRequest, max_time_s: float | None) -> Probed:
    network = request.network
    if max_time_s is not None:
        network = replace(network, open_timeout_s=min(max_time_s, network.open_timeout_s or max_time_s))
    # Nobody reads what would come later: no pings, and a goodbye that is short.
    network = replace(network, ping_interval_s=None, close_timeout_s=min(CLOSE_WAIT_S, network.close_timeout_s))
    notebook = _Notebook()
    sign_in = SignIn(show_sign_in, browser_wait_s=max_time_s or BROWSER_WAIT_S)
    task = asyncio.create_task(_open_and_close(sign_in, replace(request, network=network), notebook))
    with on_interrupt(lambda: _cancel(task)):
        await asyncio.wait([task])
    is_interrupted = task.cancelled()
    if not is_interrupted:
        task.result()
    failure = next((event.failure for event in notebook.events if isinstance(event, Failed)), None)
    is_open = any(isinstance(event, Opened) for event in notebook.events)
    code = ExitCode.OK
    if is_interrupted:
        code, failure = ExitCode.INTERRUPTED, None
    elif not is_open and failure is not None:
        code = exit_code(failure)
    else:
        failure = None  # what happened after the opening is not what was asked for
    return Probed(
        url=request.url, events=tuple(notebook.events), failure=failure, code=code, secrets=tuple(notebook.secrets)
    )


def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()


async def _open_and_close(sign_in: SignIn, request: ConnectRequest, notebook: _Notebook) -> None:
    try:
        link = await sign_in.dial(request, notebook)
    except DialError:
        return  # the notebook has it
    try:
        await link.close(1000)
    finally:
        link.drop()
