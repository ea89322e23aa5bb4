"""What the timeline costs at any length of a session: appending, selecting all, opening, jumping, painting.

Each case drives a real `TimelinePanel` over a real recording, offscreen, and answers a dict of figures in
milliseconds. ``python tests/bench/timeline_cases.py append --sizes 10000,1000000`` prints them as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from wireyard.domain.clock import now
from wireyard.domain.event import MessageRun
from wireyard.domain.frame import Opcode
from wireyard.domain.session import SessionInfo
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.panel import TimelinePanel
from wireyard.gui.timeline.selection_sum import SelectionSummary
from wireyard.recording.open import open_recording
from wireyard.recording.recording import Recording

BATCH = 200
RUN = 1_000
WIDTH, HEIGHT = 690, 530


def run_of(count: int, number: int = 0, size_bytes: int = 120) -> MessageRun:
    """Messages of JSON as a server would send them in one read."""
    texts = [
        f'{{"type":"trade","seq":{number + place},"price":{(number + place) % 977}.5,"side":"buy"}}'.encode().ljust(
            size_bytes
        )
        for place in range(count)
    ]
    spans: list[int] = []
    start = 0
    for text in texts:
        spans.append(start << 32 | len(text))
        start += len(text)
    moment = now()
    return MessageRun(
        ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, opcode=Opcode.TEXT, chunk=b"".join(texts), spans=spans
    )


def record(folder: Path, rows: int, panel: TimelinePanel | None = None) -> Recording:
    """A recording of ``rows`` messages, still open; it tells ``panel`` of what comes."""
    info = SessionInfo(id=f"bench-{rows}", url="ws://127.0.0.1/flood", created_ts_ns=time.time_ns())
    recording = Recording.create(folder, info, on_progress=None if panel is None else panel.on_progress)
    pattern = run_of(RUN)
    for _ in range(rows // RUN):
        moment = now()
        recording.put(
            MessageRun(
                ts_ns=moment.ts_ns,
                mono_ns=moment.mono_ns,
                opcode=pattern.opcode,
                chunk=pattern.chunk,
                spans=pattern.spans,
            )
        )
        while recording.is_full():
            time.sleep(0.005)
    if rows % RUN:
        recording.put(run_of(rows % RUN))
    recording.flush(600)
    return recording


def append_case(
    look: Look, sizes: tuple[int, ...] = (10_000, 1_000_000, 5_000_000), rounds: int = 60
) -> dict[str, float]:
    """Cost on the window's thread of a batch of 200 rows, painted, at several lengths; and of selecting all."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        stages = [_stage(look, Path(folder), rows) for rows in sizes]
        costs: dict[int, list[float]] = {rows: [] for rows in sizes}
        # Interleaved: a busy moment of the machine hits every length alike.
        for number in range(rounds):
            for rows, (panel, recording) in zip(sizes, stages, strict=True):
                recording.put(run_of(BATCH, number * BATCH))
                recording.flush()
                costs[rows].append(_ms(lambda panel=panel: _tick_and_paint(panel)))
        for rows, (panel, recording) in zip(sizes, stages, strict=True):
            figures[f"append_{rows}_ms"] = statistics.median(costs[rows])
            listed = _listed(panel)
            figures[f"select_all_{rows}_ms"] = _ms(
                lambda listed=listed: (listed.selectAll(), listed.viewport().repaint())
            )
            figures[f"sum_{rows}_ms"] = _wait_for_sum(panel)
            panel.shut_down()
            panel.deleteLater()
            recording.close()
        figures["append_ratio"] = figures[f"append_{sizes[-1]}_ms"] / figures[f"append_{sizes[0]}_ms"]
    return figures


def open_case(
    look: Look, sizes: tuple[int, int] = (1_000, 1_000_000), rounds: int = 7, jumps: int = 1_000
) -> dict[str, float]:
    """Opening a recording up to its first painted rows, at two lengths; then random jumps in the longer one."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        paths: dict[int, Path] = {}
        for rows in sizes:
            recording = record(Path(folder), rows)
            paths[rows] = recording.path
            recording.close()
        costs: dict[int, list[float]] = {rows: [] for rows in sizes}
        for _ in range(rounds):
            for rows in sizes:
                panel = _panel(look)
                costs[rows].append(_ms(lambda panel=panel, path=paths[rows]: _open_and_paint(panel, path)))
                panel.shut_down()
                panel.deleteLater()
        for rows in sizes:
            figures[f"open_{rows}_ms"] = statistics.median(costs[rows])
        figures["open_ratio"] = figures[f"open_{sizes[1]}_ms"] / figures[f"open_{sizes[0]}_ms"]
        figures |= _jumps(look, paths[sizes[1]], jumps)
    return figures


def paint_case(look: Look, rows: int = 10_000, rounds: int = 200) -> dict[str, float]:
    """Painting a full window whose rows are drawn already, and one whose rows are not."""
    with tempfile.TemporaryDirectory() as folder:
        panel, recording = _stage(look, Path(folder), rows)
        listed = _listed(panel)
        listed.viewport().repaint()
        warm = [_ms(listed.viewport().repaint) for _ in range(rounds)]
        cold: list[float] = []
        for number in range(min(rounds, 50)):
            listed.verticalScrollBar().setValue(number * 10 * HEIGHT)
            cold.append(_ms(listed.viewport().repaint))
        panel.shut_down()
        panel.deleteLater()
        recording.close()
    return {"paint_warm_ms": statistics.median(warm), "paint_cold_ms": statistics.median(cold)}


def _jumps(look: Look, path: Path, jumps: int) -> dict[str, float]:
    panel = _panel(look)
    _open_and_paint(panel, path)
    listed = _listed(panel)
    random = Random(7)
    bar = listed.verticalScrollBar()
    costs: list[float] = []
    for _ in range(jumps):
        place = random.randrange(bar.maximum())
        costs.append(_ms(lambda place=place: (bar.setValue(place), listed.viewport().repaint())))
    panel.shut_down()
    panel.deleteLater()
    costs.sort()
    return {
        "jump_p50_ms": costs[len(costs) // 2],
        "jump_p99_ms": costs[int(len(costs) * 0.99)],
        "jump_max_ms": costs[-1],
    }


def _panel(look: Look) -> TimelinePanel:
    panel = TimelinePanel(look)
    panel.resize(WIDTH, HEIGHT)
    panel.show()
    # Nothing is painted before the window system has shown the window.
    QTest.qWaitForWindowExposed(panel)
    return panel


def _stage(look: Look, folder: Path, rows: int) -> tuple[TimelinePanel, Recording]:
    panel = _panel(look)
    recording = record(folder, rows, panel)
    panel.attach(recording.reader)
    _tick_and_paint(panel)
    return panel, recording


def _listed(panel: TimelinePanel) -> QTableView:
    listed = panel.list_widget
    assert isinstance(listed, QTableView)
    return listed


def _open_and_paint(panel: TimelinePanel, path: Path) -> None:
    panel.attach(lambda: open_recording(path), is_read_only=True)
    _listed(panel).viewport().repaint()


def _tick_and_paint(panel: TimelinePanel) -> None:
    panel.catch_up()
    _listed(panel).viewport().repaint()


def _wait_for_sum(panel: TimelinePanel) -> float:
    sums: list[SelectionSummary] = []
    panel.selection_changed.connect(sums.append)
    start = time.perf_counter()
    while (not sums or sums[-1] is None or not sums[-1].is_complete) and time.perf_counter() - start < 120:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)  # noqa: TID251
    return (time.perf_counter() - start) * 1000


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=("append", "open", "paint"))
    parser.add_argument("--sizes", type=lambda text: tuple(int(part) for part in text.split(",")), default=())
    parser.add_argument("--jumps", type=int, default=1_000)
    options = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look = Look("light", reduce_motion=True)
    look.dress(app)
    if options.case == "append":
        figures = append_case(look, options.sizes or (10_000, 1_000_000, 5_000_000))
    elif options.case == "open":
        figures = open_case(look, options.sizes or (1_000, 1_000_000), jumps=options.jumps)
    else:
        figures = paint_case(look)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
