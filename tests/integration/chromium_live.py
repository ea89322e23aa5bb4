"""A live run against Chromium's DevTools protocol, by hand: ``python tests/integration/chromium_live.py [SECONDS]``.

The real window, offscreen, records a trace of a busy page. A relay in between, which knows nothing of our code, counts
and hashes every message on its way to us. Captured, stored and counted must be the same.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from wireyard.domain.event import Message
from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.bootstrap import make_application
from wireyard.gui.loop import WindowLoop
from wireyard.gui.workbench import Workbench
from wireyard.recording.open import open_recording
from wireyard.settings.profile import Profile

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-port=0"
)
BUSY_PAGE = (
    "data:text/html,<body><script>let n=0;setInterval(()=>{for(let i=0;i<50;i++){const e=document.createElement('p');"
    "e.textContent=Math.random();document.body.append(e);performance.mark('m'+n++)}"
    "while(document.body.children.length>200)document.body.firstChild.remove()},4)</script>"
)


class Relay:
    """Passes messages on, and counts and hashes what goes to us."""

    def __init__(self, target: str) -> None:
        self.count = 0
        self.digest = hashlib.sha256()
        self._target = target

    async def handle(self, ours: ServerConnection) -> None:
        async with connect(self._target, max_size=None, compression=None, ping_interval=None, proxy=None) as chromium:

            async def to_chromium() -> None:
                async for message in ours:
                    await chromium.send(message)
                await chromium.close()

            up = asyncio.create_task(to_chromium())
            async for message in chromium:
                data = message.encode() if isinstance(message, str) else message
                self.count += 1
                self.digest.update(data)
                await ours.send(message)
            up.cancel()


async def until(is_so: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.02)


async def trace(workbench: Workbench, relay: Relay, port: int, seconds: float) -> Path:
    """Record a trace through the window and give the recording's path."""
    tab = workbench.window.open_address(f"ws://127.0.0.1:{port}/", connect=True)
    talk = tab.conversation
    await until(lambda: talk.last_opened is not None, 10)

    def ask(number: int, method: str, **parameters: object) -> None:
        talk.send(Opcode.TEXT, json.dumps({"id": number, "method": method, "params": parameters}).encode())

    ask(1, "Target.createTarget", url=BUSY_PAGE)
    ask(2, "Tracing.start", transferMode="ReportEvents", traceConfig={"recordMode": "recordContinuously"})
    await asyncio.sleep(seconds)
    ask(3, "Tracing.end")
    recording = talk.recording
    assert recording is not None
    reader = recording.reader()

    def is_complete() -> bool:
        last = reader.last_seq()
        return any(
            isinstance(event, Message) and b"Tracing.tracingComplete" in event.payload[:200]
            for _, event in reader.events(max(1, last - 5), last)
        )

    await until(is_complete, 120)
    reader.close()
    print(
        f"captured: {talk.received_count:,}   shown: {tab.viewer.timeline.total_rows:,} rows   relay: {relay.count:,}"
    )
    assert talk.received_count == relay.count
    path = recording.path
    await workbench.leave()
    return path


def stored(path: Path) -> tuple[int, int, str]:
    """Count, bytes and hash of the received messages in a recording."""
    reader = open_recording(path)
    digest, count, size = hashlib.sha256(), 0, 0
    for _, event in reader.events(1, reader.last_seq()):
        if isinstance(event, Message) and event.direction is Direction.RECEIVED:
            digest.update(event.payload)
            count += 1
            size += len(event.payload)
    reader.close()
    return count, size, digest.hexdigest()


async def live(folder: Path, address: str, seconds: float, workbench: Workbench) -> None:
    relay = Relay(address)
    async with serve(relay.handle, "127.0.0.1", 0, max_size=None, compression=None, ping_interval=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        path = await trace(workbench, relay, port, seconds)
    count, size, digest = stored(path)
    print(f"stored:   {count:,} messages, {size / 1e6:.1f} MB, hash equal: {digest == relay.digest.hexdigest()}")
    assert (count, digest) == (relay.count, relay.digest.hexdigest())


def main() -> int:
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    if binary is None:
        print("needs Chromium: apt-get install chromium", file=sys.stderr)
        return 2
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    app = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        command = [binary, *FLAGS.split(), f"--user-data-dir={folder / 'chromium'}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port_file = folder / "chromium" / "DevToolsActivePort"
            while not port_file.exists() or len(port_file.read_text().splitlines()) < 2:
                time.sleep(0.05)
            port, path = port_file.read_text().splitlines()[:2]
            profile = Profile.at(folder / "profile")
            profile.prepare()

            async def run() -> None:
                workbench = Workbench(app, profile)
                workbench.open([], connect=False)
                await live(folder, f"ws://127.0.0.1:{port}{path}", seconds, workbench)

            with asyncio.Runner(loop_factory=lambda: WindowLoop(app)) as runner:
                runner.run(run())
        finally:
            process.terminate()
            process.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
