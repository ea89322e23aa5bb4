"""One line of the table, and the table."""

from __future__ import annotations

import dataclasses
import datetime
import platform
import statistics
from collections.abc import Sequence
from importlib import metadata


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with what it is held against. ``met`` is None where there is no goal to meet."""

    name: str
    value: str
    reference: str
    ratio: str
    goal: str
    met: bool | None
    note: str = ""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie; nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def machine() -> str:
    """The machine, the versions and the date, for the line above the table."""
    names = ("PySide6-Essentials", "qasync", "websockets", "msgspec")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    return (
        f"{platform.system()} {platform.machine()}, {_cores()} cores, Python {platform.python_version()}, {versions}, "
        f"{datetime.datetime.now().astimezone().date().isoformat()}"
    )


def table(figures: Sequence[Figure]) -> str:
    """A Markdown table of all figures."""
    lines = ["| figure | measured | reference, same run | ratio | goal | met |", "|---|---|---|---|---|---|"]
    for figure in figures:
        met = "–" if figure.met is None else "yes" if figure.met else "**no**"
        note = f" {figure.note}" if figure.note else ""
        lines.append(
            f"| {figure.name} | {figure.value}{note} | {figure.reference} | {figure.ratio} | {figure.goal} | {met} |"
        )
    return "\n".join(lines)


def _cores() -> int:
    import os

    return os.cpu_count() or 1
