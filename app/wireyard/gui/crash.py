"""Our own failures: a report that a person can copy, without secrets and without payloads."""

from __future__ import annotations

import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

import PySide6

from wireyard import __version__
from wireyard.settings.private_file import write_private

MAX_REPORTS = 20


def crash_report(error: BaseException, secrets: Iterable[str] = ()) -> str:
    """The text of a report: versions and where it happened. ``secrets`` are values that must not be in it."""
    from wireyard.exchange.redact import redact_text  # most starts never need it
    from wireyard.exchange.secret_values import SecretValues

    where = "".join(traceback.format_exception(error))
    head = (
        f"Wireyard {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        f"{platform.system()} {platform.release()} {platform.machine()}\n\n"
    )
    return redact_text(head + where, SecretValues(secrets))


class CrashReporter:
    """Writes reports of unexpected errors into the profile, and tells ``on_crash`` the text on the GUI thread.

    ``post`` hands a call to the GUI thread. ``secrets`` gives the values that are in use.
    """

    def __init__(
        self,
        folder: Path,
        on_crash: Callable[[str], None],
        post: Callable[[Callable[[], None]], None],
        secrets: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._folder = folder
        self._on_crash = on_crash
        self._post = post
        self._secrets = secrets
        self._before = sys.excepthook
        self._before_in_threads = threading.excepthook
        self._last = ""

    def install(self) -> None:
        """Catch what nobody else does, on all threads."""
        sys.excepthook = self._hook
        threading.excepthook = self._hook_of_threads

    def uninstall(self) -> None:
        """Put back what was there before."""
        sys.excepthook = self._before
        threading.excepthook = self._before_in_threads

    def report(self, error: BaseException) -> None:
        """Write a report about an error, say it on stderr and tell of it."""
        text = crash_report(error, self._secrets())
        if text == self._last:
            return  # what fails at every paint or tick is told of once
        self._last = text
        if sys.stderr is not None:  # None in a windowed program without a console
            sys.stderr.write(text)
        try:
            write_private(self._folder / _file_name(), text.encode("utf-8", "replace"))
            for old in sorted(self._folder.glob("crash-*.txt"))[:-MAX_REPORTS]:
                old.unlink()
        except OSError as problem:
            text += f"\n(This report could not be kept: {problem.strerror or problem}.)\n"
        self._on_crash(text)

    def _hook(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        # Python's own would print what crash reports hide.
        if self._before is not sys.__excepthook__ or issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before(kind, error, where)
        if not issubclass(kind, KeyboardInterrupt | SystemExit):
            self.report(error)

    def _hook_of_threads(self, failed: threading.ExceptHookArgs) -> None:
        error = failed.exc_value
        if self._before_in_threads is not threading.__excepthook__:
            self._before_in_threads(failed)
        if error is not None and not isinstance(error, SystemExit):
            self._post(lambda: self.report(error))


def _file_name() -> str:
    return f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 1_000_000_000:09}.txt"
