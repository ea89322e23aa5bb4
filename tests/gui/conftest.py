"""What every test of the window needs: a look, dressed as the program dresses itself."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from tests.helpers.styling import undress

from wireyard.gui.theme.look import Look

_HERE = Path(__file__).parent
_collected_elsewhere: list[str] = []


def _note_collection(phase: str, _info: dict[str, int]) -> None:
    if phase == "start" and threading.current_thread() is not threading.main_thread():
        _collected_elsewhere.append(threading.current_thread().name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, object, object]:
    """Automatic collection runs on any thread, and Qt's objects must not be deleted on another than theirs."""
    if _note_collection not in gc.callbacks:
        gc.callbacks.append(_note_collection)
    gc.disable()
    _collected_elsewhere.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Collect on this thread, and everything before tests of another room make threads that collect."""
    result = yield
    # What was closed goes now: it would live until the next loop runs, and every change of looks would dress it again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if nextitem is None or not nextitem.path.is_relative_to(_HERE):
        gc.collect()
        gc.callbacks.remove(_note_collection)
        gc.enable()
    else:
        gc.collect(1)
    if _collected_elsewhere:
        pytest.fail(f"garbage was collected off the GUI thread: {_collected_elsewhere}", pytrace=False)
    return result


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The light look at 100 %, without motion, given to the application and taken back afterwards."""
    look = Look("light", reduce_motion=True)
    look.dress(qapp)
    yield look
    undress(qapp)


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says so about every window that is shown: it has no window manager to talk to."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support (propagateSizeHints|raise|grabbing)")
