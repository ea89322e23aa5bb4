"""Starts the other processes of a measurement: the flood, the references and the window that is driven."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


class Flood:
    """The sender in its own process. `served` waits for its next line about a finished connection."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.port: int = self._read()["port"]

    def served(self) -> dict[str, Any]:
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the flood sender ended")
        return json.loads(line)


@contextlib.contextmanager
def flood(*prebuilt: tuple[int, int]) -> Iterator[Flood]:
    """Run the sender, with the floods of these counts and sizes built beforehand."""
    pairs = [f"{count}x{size}" for count, size in prebuilt]
    process = subprocess.Popen([sys.executable, str(_HERE / "flood.py"), *pairs], stdout=subprocess.PIPE, text=True)
    try:
        yield Flood(process)
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def reference(mode: str, **options: object) -> dict[str, Any]:
    """Run one reference of reference.py and give its line of JSON."""
    return _run([str(_HERE / "reference.py"), mode, *_arguments(options)])


def drive(case: str, **options: object) -> dict[str, Any]:
    """Run one case of drive.py, the real window offscreen, and give its last line of JSON."""
    return _run([str(_HERE / "drive.py"), case, *_arguments(options)])


def timeline_case(case: str, **options: object) -> dict[str, Any]:
    """Run one case of timeline_cases.py, a real timeline over a real recording, and give its figures."""
    return _run([str(_HERE / "timeline_cases.py"), case, *_arguments(options)])


def tree_case(case: str, **options: object) -> dict[str, Any]:
    """Run one case of tree_cases.py, a large workspace without a window, and give its figures."""
    return _run([str(_HERE / "tree_cases.py"), case, *_arguments(options)])


def _arguments(options: dict[str, object]) -> list[str]:
    return [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]


def _run(arguments: list[str]) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # A person's second start finds the bytecode of the first.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])
