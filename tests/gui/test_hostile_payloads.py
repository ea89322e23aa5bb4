"""Payloads that nobody expects, in the real window: received, listed, looked at, and never a long standstill."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from tests.helpers.frames import BINARY, CONTINUATION, TEXT, frame
from tests.helpers.raw_server import Peer, raw_server
from tests.helpers.window import Desk, windowed

from wireyard.domain.event import Closed, Message, Opened
from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.hex_view import HexView
from wireyard.gui.widgets.state import ConnectionState

MIB = 1024 * 1024
LONGEST_S = 0.1


def _waits_s() -> float:
    """How long the threads of this process have waited for a processor that something else had (Linux)."""
    waited_ns = 0
    for path in Path("/proc/self/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):  # a thread that has ended
            waited_ns += int(path.read_text().split()[1])
    return waited_ns / 1e9


class Pulse:
    """The longest time that the GUI thread did not get to a timer of some milliseconds, and was to blame for it.

    What it worked in that time counts in full. Of the rest, that a thread of this process stood in line for a
    processor does not count, and time in which the process did not run counts a fifth: mostly another has the machine.
    """

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._last = self._now()
        self._timer = QTimer()
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(4)

    def restart(self) -> None:
        self.longest_s = 0.0
        self._last = self._now()

    def stop(self) -> float:
        self._on_timeout()
        self._timer.stop()
        return self.longest_s

    def _now(self) -> tuple[float, float, float, float]:
        return time.monotonic(), time.thread_time(), time.process_time(), _waits_s()

    def _on_timeout(self) -> None:
        now = self._now()
        gap_s, worked_s, ran_s, waited_s = (after - before for after, before in zip(now, self._last, strict=True))
        self.longest_s = max(self.longest_s, worked_s, min(gap_s - max(0.0, waited_s), max(ran_s, gap_s / 5)))
        self._last = now


def sending(*frames: bytes) -> Callable[[Peer], Awaitable[None]]:
    async def talk(peer: Peer) -> None:
        await peer.accept()
        for data in frames:
            await peer.send(data)
        await peer.read_to_end()

    return talk


def messages(desk: Desk) -> list[Message]:
    return [event for event in desk.events() if isinstance(event, Message)]


async def look_at_all(desk: Desk, rows: int) -> None:
    """Go through the rows by keyboard, and through the inspector's tabs on each."""
    viewer = desk.tab.viewer
    viewer.timeline.list_widget.setFocus()
    desk.press("Home")
    for _ in range(rows):
        desk.press("Down")
        await desk.until(lambda: viewer.timeline.selected_seq is not None)
        await desk.until(lambda: viewer.inspector.seq == viewer.timeline.selected_seq)
        for tab in range(viewer.inspector.tabs.count()):
            if viewer.inspector.tabs.isTabEnabled(tab):
                viewer.inspector.tabs.setCurrentIndex(tab)
                await asyncio.sleep(0.02)
        viewer.timeline.list_widget.setFocus()


ODD = {
    "lone surrogates": b'{"a": "\\ud800", "b": "\\udfff x"}',
    "NUL": b"before\x00after\x00",
    "bidi": "user \u202etxt.exe\u2066 \u200f \u2066".encode(),
    "controls": bytes(range(1, 32)) + b"\x7f\xc2\x80\xc2\x9f",
    "nothing": b"",
    "wide": "ﷺ𝕎🏳️‍🌈e̷̢͎̫̅́".encode() * 50,
    "deep": b"[" * 5000 + b"]" * 5000,
    "unfinished": b'{"a": [1, 2, {"b": "' + b"x" * 3000,
    "big numbers": b'{"n": 123456789012345678901234567890, "e": 1E400, "z": -0.0}',
    "line ends": b"a\rb\r\nc\nd\xe2\x80\xa8e\xe2\x80\xa9f\x0bg\x0c",
    "noncharacters": "\ufffe\uffff\U0010ffff".encode(),
}


@windowed
async def test_odd_texts_are_received_whole_listed_and_looked_at(desk: Desk) -> None:
    async with raw_server(sending(*(frame(TEXT, payload) for payload in ODD.values()))) as server:
        await desk.connect(server.url)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == len(ODD) + 1)
        assert [message.payload for message in messages(desk)] == list(ODD.values())
        await look_at_all(desk, len(ODD))
        assert desk.state is ConnectionState.OPEN


@windowed
async def test_bytes_that_are_no_text_end_the_connection_with_1007_and_are_kept(desk: Desk) -> None:
    desk.workbench.services.settings.change("network.close_timeout_s", 0.2)
    broken = b"good \xff\xfe bad \xed\xa0\x80"
    async with raw_server(sending(frame(TEXT, b"fine"), frame(TEXT, broken), frame(TEXT, b"never"))) as server:
        desk.window.open_address(server.url, connect=True)
        await desk.until(lambda: isinstance(desk.talk.recording, object) and desk.state is ConnectionState.ERROR)
        assert desk.tab.bar.pill.text() == "Invalid text"
        kept = messages(desk)
        assert [message.payload for message in kept] == [b"fine", broken]
        assert kept[1].fault
        (closed,) = [event for event in desk.events() if isinstance(event, Closed)]
        assert closed.code == 1007
        rows = desk.tab.viewer.timeline.row_count
        await look_at_all(desk, rows - 1)


@windowed
async def test_the_smallest_fragments_make_one_message(desk: Desk) -> None:
    text = '{"fragment": "ünïcødé 🧵"}'.encode() * 20
    parts = [text[n : n + 1] for n in range(len(text))]
    frames = [frame(TEXT, parts[0], fin=False)]
    frames += [frame(CONTINUATION, part, fin=False) for part in parts[1:]]
    frames += [frame(CONTINUATION, b"", fin=False)] * 100 + [frame(CONTINUATION, b"")]
    async with raw_server(sending(b"".join(frames))) as server:
        await desk.connect(server.url)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 2)
        (message,) = messages(desk)
        assert (message.payload, message.fragments) == (text, len(frames))
        await look_at_all(desk, 1)


@windowed
async def test_empty_messages_each_have_a_row(desk: Desk) -> None:
    async with raw_server(sending((frame(TEXT, b"") + frame(BINARY, b"")) * 500)) as server:
        await desk.connect(server.url)
        await desk.until(lambda: desk.tab.viewer.timeline.row_count == 1001)


LARGE = {
    "one endless line of text": b"endless " * (10 * MIB // 8),
    "one endless line of JSON": b'{"list": ['
    + b",".join(b'{"id": %d, "on": true}' % n for n in range(480_000))
    + b"]}",
    "one endless string": b'{"text": "' + b"x" * (10 * MIB) + b'"}',
    "many lines": b"a line of a log, not very long\n" * (10 * MIB // 31),
    "16 MB of bytes": bytes(range(256)) * (16 * MIB // 256),
    "16 MB of zeros": bytes(16 * MIB),
    "16 MB of every second byte zero": b"a\0" * (8 * MIB),
}


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.parametrize("name", LARGE)
@windowed
async def test_large_messages_never_stop_the_window_for_long(desk: Desk, name: str) -> None:
    payload = LARGE[name]
    go = asyncio.Event()

    async def talk(peer: Peer) -> None:
        await peer.accept()
        await go.wait()
        data = frame(BINARY if name.startswith("16 MB") else TEXT, payload)
        for start in range(0, len(data), 256 * 1024):
            await peer.send(data[start : start + 256 * 1024])
        await peer.read_to_end()

    async with raw_server(talk) as server:
        await desk.connect(server.url)
        await desk.until(lambda: any(isinstance(event, Opened) for event in desk.events()))
        viewer = desk.tab.viewer
        pulse = Pulse()
        go.set()
        await desk.until(lambda: viewer.timeline.row_count == 2, within_s=20)
        receiving_s = pulse.longest_s
        pulse.restart()
        viewer.timeline.list_widget.setFocus()
        desk.press("End")
        await desk.until(lambda: viewer.inspector.seq is not None)
        gaps: dict[str, float] = {"receiving": receiving_s}
        for tab in range(viewer.inspector.tabs.count()):
            if not viewer.inspector.tabs.isTabEnabled(tab):
                continue
            viewer.inspector.tabs.setCurrentIndex(tab)
            view = viewer.inspector.findChild(CodeView) or viewer.inspector.findChild(HexView)
            assert view is not None
            viewer.inspector.focus_content()
            for keys in ("PgDown", "Ctrl+End", "PgUp", "Ctrl+Home", "Ctrl+A"):
                desk.press(keys)
                await asyncio.sleep(0.05)
            gaps[viewer.inspector.tabs.tabText(tab)] = pulse.longest_s
            pulse.restart()
        pulse.stop()
        print({part: f"{gap * 1000:.0f} ms" for part, gap in gaps.items()})
        assert max(gaps.values()) < LONGEST_S, gaps
        (message,) = messages(desk)
        assert message.payload == payload


def resident_mib() -> float:
    """The memory that the process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MIB


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize(
    ("opcode", "piece"),
    [(BINARY, bytes(range(256)) * 4096), (TEXT, b"no end of a line " * 61_680 + b"." * 16)],
    ids=["bytes", "one line of text"],
)
@windowed
async def test_a_hundred_megabytes_are_received_stored_shown_in_pages_and_given_back(
    desk: Desk, opcode: int, piece: bytes
) -> None:
    desk.workbench.services.settings.change("network.max_message_bytes", 0)
    go = asyncio.Event()
    assert len(piece) == MIB
    size = 100 * MIB

    async def talk(peer: Peer) -> None:
        await peer.accept()
        await go.wait()
        await peer.send(bytes([0x80 | opcode, 127]) + size.to_bytes(8, "big"))
        for _ in range(size // len(piece)):
            await peer.send(piece)
        await peer.read_to_end()

    async with raw_server(talk) as server:
        await desk.connect(server.url)
        viewer = desk.tab.viewer
        await desk.until(lambda: viewer.timeline.row_count == 1)
        gc.collect()
        before_mib = resident_mib()
        pulse = Pulse()
        go.set()
        await desk.until(lambda: viewer.timeline.row_count == 2, within_s=30)
        recording = desk.talk.recording
        assert recording is not None
        await desk.until(lambda: recording.waiting_bytes == 0, within_s=30)
        gaps = {"receiving": pulse.longest_s}
        pulse.restart()
        desk.tab.viewer.timeline.list_widget.setFocus()
        desk.press("End")
        await desk.until(lambda: viewer.inspector.seq is not None)
        tabs = viewer.inspector.tabs
        for tab in range(tabs.count()):
            if tabs.isTabEnabled(tab):
                tabs.setCurrentIndex(tab)
                viewer.inspector.focus_content()
                for keys in ("PgDown", "Ctrl+End", "PgUp", "Ctrl+Home"):
                    desk.press(keys)
                    await asyncio.sleep(0.05)
                gaps[tabs.tabText(tab)] = pulse.longest_s
                pulse.restart()
        reader = recording.reader()
        (row,) = [row for row in reader.rows(1, reader.last_seq()) if row.size_bytes == size]
        assert reader.payload_part(row.seq, size - 1000, 1000) == piece[-1000:]
        reader.close()
        desk.press("Ctrl+W")
        await desk.until(lambda: desk.window.conversations() == [], within_s=20)
        pulse.stop()
    gc.collect()
    await desk.until(
        lambda: resident_mib() - before_mib < 60, f"{resident_mib() - before_mib:.0f} MiB more than before"
    )
    print({part: f"{gap * 1000:.0f} ms" for part, gap in gaps.items()}, f"{resident_mib() - before_mib:+.0f} MiB")
    assert max(gaps.values()) < 1, gaps
