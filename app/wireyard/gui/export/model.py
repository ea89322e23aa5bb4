"""What the export sheet is told and what it answers, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ExportScope = Literal["all", "filtered", "selected"]
ExportFormat = Literal["jsonl", "text"]
SUFFIXES: dict[ExportFormat, str] = {"jsonl": ".jsonl", "text": ".txt"}


@dataclass(frozen=True, slots=True)
class ExportModel:
    """What can be exported. ``filtered_count`` is None while no filter is on; ``stem`` names the file."""

    title: str
    all_count: int
    filtered_count: int | None = None
    selected_count: int = 0
    folder: Path = field(default_factory=Path.home)
    stem: str = "session"

    def count(self, scope: ExportScope) -> int:
        if scope == "filtered":
            return self.filtered_count or 0
        return self.selected_count if scope == "selected" else self.all_count

    def default_scope(self) -> ExportScope:
        """Several selected rows mean those; else a filter means what it shows; else everything."""
        if self.selected_count >= 2:
            return "selected"
        return "filtered" if self.filtered_count is not None else "all"


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was chosen. ``with_events`` keeps the rows that are no messages: handshake, pings, steps, closes."""

    scope: ExportScope
    form: ExportFormat
    with_events: bool = True
    hide_secrets: bool = True


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """The first lines of what would be written, and what is known about the rest.

    ``total_lines`` and ``size_bytes`` may be estimates. ``hidden`` names what was hidden, or what would be in the
    file when nothing is hidden.
    """

    lines: tuple[str, ...]
    total_lines: int
    size_bytes: int
    hidden: tuple[str, ...] = ()
