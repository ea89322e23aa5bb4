"""A session as JSON Lines while it is recorded: complete, in order, and not held up by anybody."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from tests.helpers.recordings import closed, message, opened, run, until

from wireyard.domain.session import SessionInfo
from wireyard.exchange.redact import Redaction
from wireyard.recording.recording import Recording
from wireyard.session.live_log import LiveLog

INFO = SessionInfo(id="x", url="ws://h/?token=hush", created_ts_ns=1)


class Sink:
    """Takes a few bytes at a time, as a pipe may; None now and then, as one that must not block."""

    def __init__(self, most: int = 1 << 30) -> None:
        self.data = bytearray()
        self.most = most
        self.calls = 0

    def write(self, data: memoryview, /) -> int | None:
        self.calls += 1
        if self.most < 1000 and self.calls % 10 == 0:
            return None
        self.data += data[: self.most]
        return min(len(data), self.most)


def logged(folder: Path, sink: Sink) -> list[dict[str, object]]:
    ended = threading.Event()
    log = LiveLog(sink, Redaction(), on_end=lambda error: ended.set())
    recording = Recording.create(folder, INFO, on_progress=log.take)
    log.start(recording)
    recording.put(opened())
    recording.put(message("one"))
    recording.put(run([str(number).encode() for number in range(1000)]))
    until(lambda: b'"999"' in sink.data)  # live: nothing has been closed yet
    recording.put(closed())
    recording.flush()
    log.finish()
    assert ended.wait(10)
    recording.close()
    return [json.loads(line) for line in bytes(sink.data).splitlines()]


@pytest.mark.parametrize("most", [1 << 30, 700])
def test_every_line_is_written_in_order(tmp_path: Path, most: int) -> None:
    lines = logged(tmp_path, Sink(most))
    assert [line["seq"] for line in lines] == list(range(1004))
    assert lines[0]["url"] == "ws://h/?token=(hidden)"
    assert lines[-1]["kind"] == "close"


def test_secrets_named_while_it_is_written_are_hidden(tmp_path: Path) -> None:
    sink, ended = Sink(), threading.Event()
    log = LiveLog(sink, Redaction(), on_end=lambda error: ended.set())
    recording = Recording.create(tmp_path, INFO, on_progress=log.take)
    log.start(recording)
    recording.note_secrets(["hunter2"])
    recording.put(message("first hunter2"))
    until(lambda: b"first" in sink.data)
    recording.note_secrets(["correct horse"])
    recording.put(message("then correct horse"))
    recording.flush()
    log.finish()
    assert ended.wait(10)
    recording.close()
    lines = [json.loads(line) for line in bytes(sink.data).splitlines()]
    assert [line["text"] for line in lines[1:]] == ["first (hidden)", "then (hidden)"]
    assert [line["len"] for line in lines[1:]] == [13, 18]
    assert lines[1]["redacted"] == ["values of secret variables"]


def test_a_sink_that_fails_is_told_once(tmp_path: Path) -> None:
    class Gone(Sink):
        def write(self, data: memoryview, /) -> int | None:
            raise BrokenPipeError

    told: list[Exception | None] = []
    log = LiveLog(Gone(), Redaction(), on_end=told.append)
    recording = Recording.create(tmp_path, INFO, on_progress=log.take)
    log.start(recording)
    until(lambda: bool(told))
    recording.put(message("x"))
    recording.close()
    assert [type(error) for error in told] == [BrokenPipeError]
