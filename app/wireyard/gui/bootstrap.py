"""Opens the window: makes the application, the loop and the workbench, and waits until a person has had enough.

One of the program's two composition roots; the other is `wireyard.cli.main`.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from wireyard import __version__
from wireyard.gui.loop import WindowLoop
from wireyard.gui.workbench import Workbench
from wireyard.settings.profile import Profile, ProfileError
from wireyard.settings.tabs import SavedTab

EXIT_STORAGE = 17


def run(
    *,
    urls: list[str],
    connect: bool,
    profile: Path | None,
    workspace: Path | None = None,
    tabs: Sequence[SavedTab] = (),
) -> int:
    """Open the window with a tab for each address and give the exit code when it has been closed.

    Nothing is dialled without ``connect``. ``tabs`` are tabs with more than an address filled in. ``workspace`` is the
    folder to open, None for the one that was open last.
    """
    kept = Profile.at(profile)
    try:
        kept.prepare()
    except ProfileError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_STORAGE
    gc.disable()  # until the window's own collector takes over, and after it: see garbage.py
    app = make_application()
    with asyncio.Runner(loop_factory=lambda: WindowLoop(app)) as runner:
        runner.run(_live(app, kept, urls, connect, workspace, tabs))
    return 0


def make_application() -> QApplication:
    """The Qt application with its names; there is one for each process."""
    QGuiApplication.setDesktopFileName("wireyard")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Wireyard")
    app.setApplicationVersion(__version__)
    # Closing the last window begins an orderly farewell; the loop ends after it.
    app.setQuitOnLastWindowClosed(False)
    return app


async def _live(
    app: QApplication,
    profile: Profile,
    urls: list[str],
    connect: bool,
    workspace: Path | None,
    tabs: Sequence[SavedTab],
) -> None:
    workbench = Workbench(app, profile)
    _obey_signals(workbench)
    workbench.open(urls, connect=connect, workspace=workspace, tabs=tabs)
    await workbench.until_quit()
    await workbench.leave()


def _obey_signals(workbench: Workbench) -> None:
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, workbench.quit)
