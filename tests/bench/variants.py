"""Other ways that were tried: ``./dev bench rtt --with host=thread`` measures them again, beside what the program does.

``run.py`` hands the choices to the driven window through the environment, and `apply` makes them there before anything
is built. docs/performance.md tells what each gave.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

VARIABLE = "WIREYARD_BENCH_WITH"


def _host(value: str) -> None:
    from wireyard.engine.host import SameLoopHost, ThreadHost
    from wireyard.gui import workbench

    setattr(workbench, "SameLoopHost", {"window": SameLoopHost, "thread": ThreadHost}[value])  # noqa: B010


def _loop(value: str) -> None:
    import qasync

    from wireyard.gui.loop import WindowLoop

    driver = sys.modules["__main__"]
    setattr(driver, "WindowLoop", {"ours": WindowLoop, "qasync": qasync.QEventLoop}[value])  # noqa: B010


def _switch_ms(value: str) -> None:
    from wireyard.gui import loop

    setattr(loop, "_SWITCH_S", float(value) / 1000)  # noqa: B010


def _page_kb(value: str) -> None:
    from wireyard.recording import schema, store

    for module in (schema, store):
        setattr(module, "PAGE_BYTES", int(value) * 1024)  # noqa: B010


def _answer_ms(value: str) -> None:
    from wireyard.recording import writer

    setattr(writer, "_ANSWER_S", float(value) / 1000)  # noqa: B010


CHOICES: dict[str, tuple[Callable[[str], None], str]] = {
    "host": (_host, "window, thread: where the sockets live"),
    "loop": (_loop, "ours, qasync: the window's event loop"),
    "switch-ms": (_switch_ms, "how long a thread keeps the interpreter's lock; 0.5 in the program, 5 in Python"),
    "page-kb": (_page_kb, "SQLite's page: a power of two up to 64"),
    "answer-ms": (_answer_ms, "how long the writer waits for the answer to what was sent; 0 is not at all"),
}


def ask_for(choices: list[str]) -> None:
    """Have every window that is driven from here do it this way. Raises ValueError."""
    for choice in choices:
        name, _, value = choice.partition("=")
        if name not in CHOICES or not value:
            known = "; ".join(f"{name}=… ({what})" for name, (_, what) in CHOICES.items())
            raise ValueError(f"{choice} is none of: {known}")
    os.environ[VARIABLE] = ",".join(choices)


def apply() -> None:
    """Do as was asked for, in the process that is driven."""
    for choice in filter(None, os.environ.get(VARIABLE, "").split(",")):
        name, _, value = choice.partition("=")
        CHOICES[name][0](value)
