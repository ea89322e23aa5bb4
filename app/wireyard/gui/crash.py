"""Our own failures: a report that a person can copy, without secrets and without payloads."""

from __future__ import annotations

import platform
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import PySide6

from wireyard import __version__
from wireyard.settings.private_file import write_private

MAX_REPORTS = 20


def crash_report(error: BaseException) -> str:
    """The text of a report: versions and where it happened."""
    from wireyard.exchange.redact import redact_text  # most starts never need it

    where = "".join(traceback.format_exception(error))
    head = (
        f"Wireyard {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        f"{platform.system()} {platform.release()} {platform.machine()}\n\n"
    )
    return redact_text(head + where)


class CrashReporter:
    """Writes reports of unexpected errors into the profile and tells ``on_crash`` the text."""

    def __init__(self, folder: Path, on_crash: Callable[[str], None]) -> None:
        self._folder = folder
        self._on_crash = on_crash
        self._before = sys.excepthook

    def install(self) -> None:
        """Catch what nobody else does."""
        sys.excepthook = self._hook

    def uninstall(self) -> None:
        """Put back what was there before."""
        sys.excepthook = self._before

    def report(self, error: BaseException) -> str:
        """Write a report about an error and give its text."""
        text = crash_report(error)
        try:
            write_private(self._folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}.txt", text.encode())
            for old in sorted(self._folder.glob("crash-*.txt"))[:-MAX_REPORTS]:
                old.unlink()
        except OSError as problem:
            text += f"\n(This report could not be kept: {problem.strerror or problem}.)\n"
        self._on_crash(text)
        return text

    def _hook(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        self._before(kind, error, where)
        if not issubclass(kind, KeyboardInterrupt | SystemExit):
            self.report(error)
