"""The engine on Qt's event loop, as the window runs it: the same code as under plain asyncio."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop
from tests.helpers.certificates import Authority
from tests.helpers.frames import CLOSE, TEXT, frame
from tests.helpers.raw_server import Peer, hang, raw_server, unused_port
from tests.helpers.sinks import ListSink, until

from wireyard.domain.frame import Opcode
from wireyard.domain.request import ConnectRequest, Network, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.host import ThreadHost
from wireyard.engine.resolve import Endpoint
from wireyard.gui.loop import WindowLoop
from wireyard.servers.echo import EchoServer

Run = Callable[[Coroutine[Any, Any, None]], None]
QUIET = Network(ping_interval_s=None)


@pytest.fixture(params=[QEventLoop, WindowLoop], ids=["qasync", "ours"])
def run(request: pytest.FixtureRequest, qapp: QApplication) -> Run:
    """Run a coroutine to its end on a Qt loop."""

    def run_to_end(work: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=lambda: request.param(qapp)) as runner:
            runner.run(asyncio.wait_for(work, 30))

    return run_to_end


async def echo(peer: Peer) -> None:
    await peer.accept()
    while True:
        received = await peer.read_frame()
        await peer.send(frame(received.opcode, received.payload))
        if received.opcode == CLOSE:
            return


async def talk(wanted: ConnectRequest) -> ListSink:
    sink = ListSink()
    link = await dial(wanted, sink)
    for size in (0, 10, 1000, 300_000, 3_000_000):
        await link.send(Opcode.BINARY, bytes(size))
    await sink.until(lambda s: len(s.received) == 5)
    closed = await link.close(1000, "done")
    assert (closed.by, closed.code, closed.clean) == ("us", 1000, True)
    assert [len(payload) for payload in sink.received] == [0, 10, 1000, 300_000, 3_000_000]
    return sink


def test_a_conversation(run: Run) -> None:
    async def scenario() -> None:
        async with raw_server(echo) as server:
            sink = await talk(ConnectRequest(url=f"ws://localhost:{server.port}/", network=QUIET))
        assert sink.steps == [("resolve", True), ("tcp", True), ("upgrade", True)]

    run(scenario())


def test_a_conversation_over_tls(run: Run, tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def scenario() -> None:
        async with raw_server(echo, ssl_context=authority.context("localhost")) as server:
            tls = Tls(ca_file=str(authority.ca_file))
            await talk(ConnectRequest(url=f"wss://localhost:{server.port}/", network=QUIET, tls=tls))

    run(scenario())


def test_a_refused_certificate_is_looked_at(run: Run, tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def scenario() -> None:
        async with raw_server(echo, ssl_context=authority.context("localhost")) as server:
            with pytest.raises(DialError) as caught:
                await dial(ConnectRequest(url=f"wss://localhost:{server.port}/"), ListSink())
        assert caught.value.failure.code == "tls_untrusted"
        assert caught.value.failure.certificate is not None

    run(scenario())


def test_the_echo_server_beside_the_window(run: Run) -> None:
    async def scenario() -> None:
        server = EchoServer(0)
        await server.start()
        await talk(ConnectRequest(url=server.url))
        await server.stop()

    run(scenario())


def test_nothing_listens(run: Run) -> None:
    async def scenario() -> None:
        with pytest.raises(DialError) as caught:
            await dial(ConnectRequest(url=f"ws://127.0.0.1:{unused_port()}/"), ListSink())
        assert caught.value.failure.code == "refused"

    run(scenario())


def test_ten_hanging_lookups_are_cancelled_and_the_loop_ends_at_once(run: Run) -> None:
    release = threading.Event()

    def slow(host: str, port: int) -> list[Endpoint]:
        release.wait(60)
        return []

    async def scenario() -> None:
        for _ in range(10):
            dialling = asyncio.create_task(dial(ConnectRequest(url="ws://slow.example"), ListSink(), lookup=slow))
            await asyncio.sleep(0.001)
            dialling.cancel()
            with pytest.raises(asyncio.CancelledError):
                await dialling

    begun = time.monotonic()
    run(scenario())
    assert time.monotonic() - begun < 2
    # The threads that are left end when their lookups do, after the loop is gone.
    release.set()
    for thread in [one for one in threading.enumerate() if one.name == "wireyard-resolve"]:
        thread.join(2)


@pytest.mark.parametrize("scheme", ["ws", "wss"])
def test_cancelled_while_a_server_says_nothing(run: Run, scheme: str) -> None:
    async def scenario() -> None:
        begun: list[str] = []
        async with raw_server(hang) as server:
            wanted = ConnectRequest(url=f"{scheme}://127.0.0.1:{server.port}/")
            dialling = asyncio.create_task(dial(wanted, ListSink(), on_step=begun.append))
            await until(lambda: begun[-1:] == ["tls" if scheme == "wss" else "upgrade"])
            at = time.monotonic()
            dialling.cancel()
            with pytest.raises(asyncio.CancelledError):
                await dialling
            assert time.monotonic() - at < 0.2

    run(scenario())


def test_back_pressure(run: Run) -> None:
    async def flood(peer: Peer) -> None:
        await peer.accept()
        for _ in range(300):
            await peer.send(frame(TEXT, b"x" * 60_000))
        await peer.read_to_end()

    async def scenario() -> None:
        sink = ListSink()
        sink.full_after = 8
        async with raw_server(flood) as server:
            link = await dial(ConnectRequest(url=server.url, network=QUIET), sink)
            await until(lambda: link.is_paused)
            threading.Thread(target=sink.drain).start()
            await sink.until(lambda s: len(s.received) == 300)
            link.drop()
            await link.wait_closed()

    run(scenario())


def test_the_engine_on_its_own_thread_beside_a_qt_loop(run: Run) -> None:
    async def scenario() -> None:
        host = ThreadHost()
        sink = ListSink()
        async with raw_server(echo) as server:
            link = await host.run(lambda: dial(ConnectRequest(url=server.url, network=QUIET), sink))
            await host.run(lambda: link.send(Opcode.TEXT, b"over there"))
            await sink.until(lambda s: bool(s.received))
            closed = await host.run(link.close)
        host.close()
        assert closed.clean
        assert sink.received == [b"over there"]

    run(scenario())
