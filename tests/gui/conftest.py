"""What every test of the window needs: a look, dressed as the program dresses itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from wireyard.gui.theme.look import Look


@pytest.fixture(autouse=True)
def _garbage_on_this_thread() -> Iterator[None]:
    """Automatic collection runs on any thread, and Qt's objects must not be deleted on another than theirs."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The light look at 100 %, without motion, given to the application and taken back afterwards."""
    look = Look("light", reduce_motion=True)
    look.dress(qapp)
    yield look
    qapp.setStyleSheet("")


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says so about every window that is shown: it has no window manager to talk to."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support (propagateSizeHints|raise|grabbing)")
