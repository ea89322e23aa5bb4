"""What every test gets: a profile of its own, an offscreen window system, and no tolerance for what nobody expected.

A warning, a log line of level WARNING or above, a message from Qt (see pytest.ini options in pyproject.toml), a
thread left behind or a wait without an end fails the test that caused it. ``@pytest.mark.expects_log("pattern")`` and
``@pytest.mark.qt_log_ignore("pattern")`` name the exceptions.
"""

from __future__ import annotations

import logging
import os
import re
import signal
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from types import FrameType

# Before Qt is imported by pytest-qt: a test must never open a window on somebody's desktop. Tests that want a real
# one start Xvfb and a process of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings as hypothesis_settings

THREAD_GRACE_S = 2.0
# Far more than any test takes, and less than the limits of a whole run: one wait without an end costs one test.
DEADLINE_S = 100

# Times vary too much on a shared machine for a limit per example to mean anything.
hypothesis_settings.register_profile("wireyard", deadline=None, print_blob=True)
hypothesis_settings.load_profile("wireyard")


@pytest.fixture(scope="session", autouse=True)
def _own_user_folders() -> Iterator[None]:
    """No test reads or writes the profile of the person who runs it."""
    with tempfile.TemporaryDirectory(prefix="wireyard-tests-") as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(Path(folder, name.lower())))
        # Nor does it go through the proxy of whoever runs it.
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            patch.delenv(name)
        yield


def _within_deadline() -> Generator[None, object, object]:
    """What runs in here fails where it stands when it takes too long; where there are no alarms it may take longer."""
    if not hasattr(signal, "SIGALRM"):
        return (yield)

    def give_up(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"no end after {DEADLINE_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(DEADLINE_S)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, object, object]:
    """No fixture waits for ever."""
    return (yield from _within_deadline())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """No test waits for ever."""
    return (yield from _within_deadline())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Nor does what tidies up after it."""
    return (yield from _within_deadline())


class _LogCatcher(logging.Handler):
    """Keeps every record of level WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        self.lines.append(f"{record.levelname} {record.name}: {text}")


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A log line of level WARNING or above fails the test, unless ``expects_log`` names it."""
    catcher = _LogCatcher()
    root = logging.getLogger()
    root.addHandler(catcher)
    try:
        yield
    finally:
        root.removeHandler(catcher)
    expected = [re.compile(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    unexpected = [line for line in catcher.lines if not any(pattern.search(line) for pattern in expected)]
    if unexpected:
        pytest.fail("unexpected log lines:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A thread that would keep the process from ending fails the test that started it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_GRACE_S
    while left := [thread for thread in set(threading.enumerate()) - before if thread.is_alive() and not thread.daemon]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left running: {sorted(thread.name for thread in left)}", pytrace=False)
        left[0].join(timeout=0.05)
