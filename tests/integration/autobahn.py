"""Autobahn's quick cases through our engine, fast path included, side by side with the bare library.

Opt-in, because the test suite runs only under Python 2.7:

    python tests/integration/autobahn.py VENV/bin/wstest

with the package versions that CONTRIBUTING.md names. Prints a table and ends with 1 when a case is worse than the bare
library's.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import contextlib
import json
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

# ruff: noqa: E402 - a script: the program is found through the lines above
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from wireyard.domain.event import Event, Message, MessageRun
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.request import ConnectRequest, Network
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError, SendError

SLOW_CASES = ["9.*", "12.*", "13.*"]
BEST_FIRST = ["OK", "INFORMATIONAL", "NON-STRICT", "UNIMPLEMENTED", "FAILED"]


class EchoSink:
    """Sends back what is received, and keeps nothing."""

    def __init__(self) -> None:
        self.received: asyncio.Queue[Message | None] = asyncio.Queue()

    def put(self, event: Event) -> None:
        messages = event if isinstance(event, MessageRun) else [event] if isinstance(event, Message) else []
        for message in messages:
            if message.direction is Direction.RECEIVED and not message.fault:
                self.received.put_nowait(message)

    def is_full(self) -> bool:
        return False

    def on_drained(self, callback: object) -> None:
        raise AssertionError("never full")


async def run_ours(url: str) -> None:
    sink = EchoSink()
    network = Network(ping_interval_s=None, max_message_bytes=None, close_timeout_s=2)
    link = await dial(ConnectRequest(url=url, network=network), sink)

    async def echo() -> None:
        while (message := await sink.received.get()) is not None:
            with contextlib.suppress(SendError):
                await link.send(Opcode(message.opcode), message.payload)

    echoing = asyncio.create_task(echo())
    await link.wait_closed()
    sink.received.put_nowait(None)
    await echoing


async def run_bare(url: str) -> None:
    with contextlib.suppress(ConnectionClosed):
        async with connect(url, max_size=None, ping_interval=None, close_timeout=2, proxy=None) as connection:
            async for message in connection:
                await connection.send(message)


async def run_all(port: int, agent: str) -> None:
    base = f"ws://127.0.0.1:{port}"
    async with connect(f"{base}/getCaseCount", proxy=None) as connection:
        count = int(await connection.recv())
    for case in range(1, count + 1):
        url = f"{base}/runCase?case={case}&agent={agent}"
        try:
            await asyncio.wait_for(run_ours(url) if agent == "wireyard" else run_bare(url), 30)
        except (DialError, TimeoutError) as error:
            print(f"case {case}: {error}", file=sys.stderr)
    async with connect(f"{base}/updateReports?agent={agent}", proxy=None) as connection:
        await connection.wait_closed()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


async def wait_for_server(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            await writer.wait_closed()
            return
        await asyncio.sleep(0.1)
    raise SystemExit("wstest did not start")


def compare(wstest: str, folder: Path) -> int:
    port = free_port()
    spec = folder / "spec.json"
    spec.write_text(
        json.dumps(
            {
                "url": f"ws://127.0.0.1:{port}",
                "outdir": str(folder / "reports"),
                "cases": ["*"],
                "exclude-cases": SLOW_CASES,
                "exclude-agent-cases": {},
            }
        )
    )
    command = [wstest, "-m", "fuzzingserver", "-s", str(spec), "-u", "0"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(wait_for_server(port))
        for agent in ("wireyard", "bare"):
            asyncio.run(run_all(port, agent))
    finally:
        server.terminate()
        server.wait()
    return report(json.loads((folder / "reports" / "index.json").read_text()))


def report(index: dict[str, dict[str, dict[str, str]]]) -> int:
    for agent in ("wireyard", "bare"):
        counts = collections.Counter(result["behavior"] for result in index[agent].values())
        print(f"{agent:9} {len(index[agent])} cases: {dict(counts)}")
    worse = 0
    for case, ours in sorted(index["wireyard"].items()):
        bare = index["bare"][case]
        for kind in ("behavior", "behaviorClose"):
            if ours[kind] == bare[kind]:
                continue
            is_worse = BEST_FIRST.index(ours[kind]) > BEST_FIRST.index(bare[kind])
            worse += is_worse
            print(f"{case} {kind}: ours {ours[kind]}, bare {bare[kind]}{'   WORSE' if is_worse else ''}")
    print(f"{worse} worse")
    return 1 if worse else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wstest", help="the wstest program of autobahntestsuite")
    parser.add_argument("--keep", type=Path, help="keep the reports in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sys.exit(compare(arguments.wstest, folder))


if __name__ == "__main__":
    main()
