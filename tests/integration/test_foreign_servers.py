"""The engine against servers that others wrote: npm ws, and websocat where it is installed.

npm ws comes with ``npm ci --prefix tests``, which .ci/run does; websocat is taken from PATH or from the PyPI package.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.raw_server import unused_port
from tests.helpers.sinks import ListSink, until

from wireyard.domain.event import Control
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.link import Link

TESTS = Path(__file__).resolve().parents[1]
WS_SERVER = r"""
const { WebSocketServer } = require("ws");
const server = new WebSocketServer({
  host: "127.0.0.1", port: 0, perMessageDeflate: { threshold: 0 }, maxPayload: 64 * 1024 * 1024,
  handleProtocols: (offered) => (offered.has("chat") ? "chat" : false),
}, () => console.log(server.address().port));
server.on("connection", (socket, request) => {
  const verb = request.url.slice(1);
  if (verb === "ping") socket.ping("are you there");
  if (verb === "terminate") setTimeout(() => socket.terminate(), 20);
  if (verb === "flood") { for (let i = 0; i < 20000; i++) socket.send("message " + i); socket.close(4000, "enough"); }
  if (verb === "fragments") {
    socket.send("one ", { fin: false });
    socket.send("two ", { fin: false });
    socket.send("three");
  }
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on("pong", (data) => socket.send("pong: " + data));
});
"""


@pytest.fixture(scope="module")
def ws_server() -> Iterator[str]:
    """npm ws: echoes, and does what the path says."""
    node = shutil.which("node")
    if node is None or not (TESTS / "node_modules" / "ws").exists():
        pytest.skip("npm ws is not installed: npm ci --prefix tests")
    with subprocess.Popen([node, "-e", WS_SERVER], cwd=TESTS, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"ws://127.0.0.1:{int(server.stdout.readline())}/"
        server.terminate()


async def connect(url: str, sink: ListSink, *, compression: bool = True, subprotocols: tuple[str, ...] = ()) -> Link:
    network = Network(compression=compression, max_message_bytes=None)
    return await dial(ConnectRequest(url=url, network=network, subprotocols=subprotocols), sink)


@pytest.mark.parametrize("compression", [True, False])
async def test_ws_echoes_text_and_binary(ws_server: str, compression: bool) -> None:
    sink = ListSink()
    link = await connect(ws_server, sink, compression=compression)
    payloads = [b"", "grüße 😀".encode(), b'{"a": 1}' * 1000, b"x" * 3_000_000]
    for payload in payloads:
        await link.send(Opcode.TEXT, payload)
        await link.send(Opcode.BINARY, payload)
    await sink.until(lambda s: len(s.received) == 2 * len(payloads))
    closed = await link.close(1000, "bye")
    assert sink.received == [payload for payload in payloads for _ in range(2)]
    received = [message for message in sink.messages if message.direction is Direction.RECEIVED]
    assert [message.opcode for message in received] == [Opcode.TEXT, Opcode.BINARY] * len(payloads)
    assert received[4].rsv1 is compression
    assert (closed.by, closed.code, closed.clean) == ("us", 1000, True)


async def test_ws_chooses_a_subprotocol(ws_server: str) -> None:
    sink = ListSink()
    link = await connect(ws_server, sink, subprotocols=("superchat", "chat"))
    await link.close()
    assert sink.opened.subprotocol == "chat"
    assert "permessage-deflate" in sink.opened.extensions


async def test_ws_pings_and_gets_its_pong(ws_server: str) -> None:
    sink = ListSink()
    link = await connect(ws_server + "ping", sink)
    await sink.until(lambda s: bool(s.received))
    await link.close()
    assert sink.received == [b"pong: are you there"]
    ping, pong = sink.all(Control)[:2]
    assert (ping.payload, pong.payload, pong.auto) == (b"are you there", b"are you there", True)


async def test_ws_terminates_without_a_goodbye(ws_server: str) -> None:
    sink = ListSink()
    link = await connect(ws_server + "terminate", sink)
    closed = await link.wait_closed()
    assert (closed.by, closed.code) == ("nobody", 1006)
    assert sink.failure.code == "lost"


@pytest.mark.parametrize("compression", [True, False])
async def test_ws_floods_and_closes(ws_server: str, compression: bool) -> None:
    sink = ListSink()
    link = await connect(ws_server + "flood", sink, compression=compression)
    closed = await link.wait_closed()
    assert sink.received == [b"message %d" % number for number in range(20_000)]
    assert (closed.by, closed.code, closed.reason) == ("server", 4000, "enough")


@pytest.mark.parametrize("compression", [True, False])
async def test_ws_sends_in_fragments(ws_server: str, compression: bool) -> None:
    sink = ListSink()
    link = await connect(ws_server + "fragments", sink, compression=compression)
    await sink.until(lambda s: bool(s.received))
    await link.close()
    assert sink.received == [b"one two three"]
    assert sink.messages[0].fragments == 3


async def test_websocat_mirrors() -> None:
    websocat = shutil.which("websocat")
    if websocat is None:
        pytest.skip("websocat is not installed: pip install websocat")
    port = unused_port()
    command = [websocat, "-q", f"ws-l:127.0.0.1:{port}", "mirror:"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server:  # noqa: ASYNC220
        sink = ListSink()
        links: list[Link] = []
        deadline = time.monotonic() + 10
        while not links:
            assert time.monotonic() < deadline
            with contextlib.suppress(DialError):
                links.append(await connect(f"ws://127.0.0.1:{port}/", ListSink()))
            assert server.poll() is None
        link = await connect(f"ws://127.0.0.1:{port}/", sink)
        await link.send(Opcode.TEXT, b"mirror me")
        await until(lambda: bool(sink.received))
        for one in (*links, link):
            one.drop()
            await one.wait_closed()
        server.terminate()
    assert sink.received == [b"mirror me"]
