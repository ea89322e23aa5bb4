"""Drives the real window, offscreen, through one case and prints what was measured as one line of JSON.

Everything goes through what a person uses: the workbench with a profile in a temporary folder, a tab, its timeline
with Follow on, and the recording on disk.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import wireyard.gui.plain_imports  # noqa: F401  # isort: skip - before anything of Qt, as the program does
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from wireyard.gui.bootstrap import make_application
from wireyard.gui.loop import WindowLoop
from wireyard.gui.workbench import Workbench
from wireyard.settings.profile import Profile

if TYPE_CHECKING:  # what a start loads is part of what is measured
    from wireyard.gui.tabs.request_tab import RequestTab
    from wireyard.recording.values import Progress

GAP_TIMER_MS = 1
SETTLED_S = 1.5


class Gaps:
    """Times between the ticks of a zero-work timer on the GUI thread: what a person would feel as a hang."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(GAP_TIMER_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.seconds.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def p99_ms(self) -> float:
        ordered = sorted(self.seconds)
        return ordered[int(len(ordered) * 0.99)] * 1000 if ordered else 0.0

    def max_ms(self) -> float:
        return max(self.seconds, default=0.0) * 1000

    def _tick(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self._last)
        self._last = now


class Stage:
    """The running program with one tab in front."""

    def __init__(self, workbench: Workbench, first_paint: _FirstPaint) -> None:
        self.first_paint = first_paint
        self.workbench = workbench
        self.window = workbench.window
        self.received_count = 0
        self.committed_ns = 0
        self._reply: Callable[[float], object] | None = None
        self._reply_number = 0

    def open(self, url: str) -> RequestTab:
        tab = self.window.open_address(url)
        panel = tab.viewer.timeline
        take = panel.on_progress

        def listen(progress: Progress) -> None:
            self.received_count = progress.totals.received_count
            self.committed_ns = time.monotonic_ns()
            if self._reply is not None and progress.totals.received_count >= self._reply_number:
                reply, self._reply = self._reply, None
                reply(time.perf_counter())
            take(progress)

        panel.on_progress = listen  # in front of the panel, on the writer's thread
        return tab

    def when_received(self, number: int, reply: Callable[[float], object]) -> None:
        """Call ``reply`` with the time, on the writer's thread, once so many received messages are committed."""
        self._reply_number = number
        self._reply = reply

    async def connect(self, url: str) -> RequestTab:
        tab = self.open(url)
        tab.connect_to(url)
        await until(lambda: tab.conversation.last_opened is not None)
        return tab

    async def received(self, count: int, timeout_s: float = 600) -> None:
        await until(lambda: self.received_count >= count, timeout_s)


async def until(is_so: Callable[[], bool], timeout_s: float = 30.0) -> None:
    """Wait for a condition, looking every 2 ms."""
    deadline = time.monotonic() + timeout_s
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.002)


def rss_bytes() -> int:
    """Resident memory now (Linux), or the most there was."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


_HASH = """
import hashlib, sqlite3, sys
path, = sys.argv[1:]
digest = hashlib.sha256()
count = 0
query = "select payload from messages where direction = 'received' order by seq"
for (payload,) in sqlite3.connect(path).execute(query):
    digest.update(payload); count += 1
print(count, digest.hexdigest())
"""


def stored(path: Path) -> tuple[int, str]:
    """Count and hash what is stored, from another process and through the public view."""
    import subprocess  # the program's own start loads none of this

    output = subprocess.run([sys.executable, "-c", _HASH, str(path)], capture_output=True, text=True, check=True).stdout
    count, digest = output.split()
    return int(count), digest


async def ingest(stage: Stage, options: argparse.Namespace) -> dict[str, Any]:
    """A flood with the window painted, Follow on and all of it recorded."""
    url = f"ws://127.0.0.1:{options.port}/flood?count={options.count}&size={options.size}"
    tab = stage.open(url)
    await asyncio.sleep(SETTLED_S)
    gaps = Gaps()
    gaps.start()
    tab.connect_to(url)
    await stage.received(options.count)
    gaps.stop()
    ended_ns = stage.committed_ns
    recording = tab.conversation.recording
    assert recording is not None
    reader = recording.reader()
    began_ns = next(event.mono_ns for _, event in reader.events(1, 100) if type(event).__name__ == "Message")
    reader.close()
    await until(lambda: tab.viewer.timeline.total_rows >= options.count)
    recording.flush()
    count, digest = await asyncio.to_thread(stored, recording.path)
    return {
        "seconds": (ended_ns - began_ns) / 1e9,
        "stored": count,
        "sha256": digest,
        "gap_p99_ms": gaps.p99_ms(),
        "gap_max_ms": gaps.max_ms(),
    }


async def paced(stage: Stage, options: argparse.Namespace) -> dict[str, Any]:
    """A steady stream while a person scrolls, types and switches tabs."""
    url = f"ws://127.0.0.1:{options.port}/flood?count={options.count}&size={options.size}&rate={options.rate}"
    other = stage.window.open_address("ws://127.0.0.1:1/other")
    gaps = Gaps()
    tab = await stage.connect(url)
    gaps.start()
    cpu = time.process_time()
    began = time.monotonic()
    turn = 0
    while stage.received_count < options.count:
        _act(stage, tab, other, turn)
        turn += 1
        await asyncio.sleep(0.1)
    gaps.stop()
    seconds = time.monotonic() - began
    return {
        "gap_p99_ms": gaps.p99_ms(),
        "gap_max_ms": gaps.max_ms(),
        "cpu_share": (time.process_time() - cpu) / seconds,
        "stored": stage.received_count,
    }


def _act(stage: Stage, tab: RequestTab, other: RequestTab, turn: int) -> None:
    """One thing a person does: mostly keys in the list, sometimes typing, once in a while another tab."""
    moment = turn % 40
    if moment == 10:
        stage.window.tabs.select(list(stage.window.tabs).index(other))
    elif moment == 12:
        stage.window.tabs.select(list(stage.window.tabs).index(tab))
    elif moment == 38:
        press(tab.viewer.timeline.list_widget, Qt.Key.Key_End)
    elif moment % 3 == 0:
        press(tab.panes.composer.editor, Qt.Key.Key_A, "a")
    elif moment > 20:
        press(tab.viewer.timeline.list_widget, Qt.Key.Key_PageUp)


def press(widget: Any, key: Qt.Key, text: str = "") -> None:
    """Press and release one key on a widget."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.postEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


async def memory(stage: Stage, options: argparse.Namespace) -> dict[str, Any]:
    """Resident memory after floods, above the idle window."""
    await asyncio.sleep(1.0)
    idle = rss_bytes()
    marks: list[tuple[int, int]] = []
    for count in options.counts:
        tab = await stage.connect(f"ws://127.0.0.1:{options.port}/flood?count={count}&size={options.size}")
        await stage.received(count)
        await until(lambda tab=tab, count=count: tab.viewer.timeline.total_rows >= count)
        await asyncio.sleep(1.0)
        marks.append((count, rss_bytes() - idle))
        tab.conversation.drop()
        stage.window.close_tab()
        await asyncio.sleep(0.5)
    return {"idle": idle, "marks": marks}


async def rtt(stage: Stage, options: argparse.Namespace) -> dict[str, Any]:
    """From send to the reply's arrival, as the recording stamped it, and to its commit."""
    from wireyard.domain.frame import Opcode

    tab = await stage.connect(f"ws://127.0.0.1:{options.port}/echo")
    await asyncio.sleep(SETTLED_S)
    loop = asyncio.get_running_loop()
    began_ns: list[int] = []
    committed: list[float] = []
    payload = b"x" * options.size
    for number in range(1, options.count + 1):
        done: asyncio.Future[float] = loop.create_future()
        stage.when_received(number, lambda at, done=done: loop.call_soon_threadsafe(done.set_result, at))
        began_ns.append(time.monotonic_ns())
        began = time.perf_counter()
        tab.conversation.send(Opcode.TEXT, payload)
        committed.append(await done - began)
    recording = tab.conversation.recording
    assert recording is not None
    arrived = [(stamp - began) / 1e9 for stamp, began in zip(_arrivals_ns(recording.path), began_ns, strict=True)]
    return {"arrived": arrived, "committed": committed}


def _arrivals_ns(path: Path) -> list[int]:
    import sqlite3

    query = "select mono_ns from messages where direction = 'received' order by seq"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [stamp for (stamp,) in connection.execute(query)]


class _FirstPaint(QObject):
    """Notes when anything was painted first."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.painted = 0.0
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = -1.0
            self._app.removeEventFilter(self)  # it would cost every later event a call
            QTimer.singleShot(0, self._note)  # when the whole window has been painted
        return False

    def _note(self) -> None:
        self.painted = time.monotonic()


async def start(stage: Stage, options: argparse.Namespace) -> dict[str, Any]:
    """When the window was painted first, on the clock that the caller shares."""
    paint = stage.first_paint
    await until(lambda: paint.painted > 0)
    return {"painted": paint.painted}


async def idle(stage: Stage, options: argparse.Namespace) -> dict[str, Any]:
    """What ten open connections that say nothing cost."""
    for _ in range(options.count):
        await stage.connect(f"ws://127.0.0.1:{options.port}/quiet")
    await asyncio.sleep(3.0)
    cpu, began = time.process_time(), time.monotonic()
    await asyncio.sleep(options.seconds)
    return {"cpu_share": (time.process_time() - cpu) / (time.monotonic() - began)}


async def tree(stage: Stage, options: argparse.Namespace) -> dict[str, Any]:
    """A large workspace in the sidebar."""
    from tree_window import TreeCase

    return await TreeCase(stage.window, stage.workbench.services.library, Gaps, until).run(options.count)


CASES: dict[str, Callable[[Stage, argparse.Namespace], Awaitable[dict[str, Any]]]] = {
    "ingest": ingest,
    "paced": paced,
    "memory": memory,
    "rtt": rtt,
    "idle": idle,
    "start": start,
    "tree": tree,
}


async def run(app: QApplication, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    profile = Profile.at(folder)
    profile.prepare()
    first_paint = _FirstPaint(app)
    workbench = Workbench(app, profile)
    workbench.open([], connect=False)
    try:
        return await CASES[options.case](Stage(workbench, first_paint), options)
    finally:
        await workbench.leave()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=sorted(CASES))
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--counts", type=lambda text: [int(part) for part in text.split(",")], default=[])
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    if os.environ.get("WIREYARD_BENCH_WITH"):
        import variants

        variants.apply()
    gc.disable()  # as `bootstrap.run` does
    app = make_application()
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner(loop_factory=lambda: WindowLoop(app)) as runner:
        result = runner.run(run(app, options, Path(folder)))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
