"""What the palette lists, and who gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Group = Literal["requests", "messages", "environments", "actions", "timeline"]
How = Literal["run", "new_tab"]
GROUPS: tuple[Group, ...] = ("requests", "messages", "environments", "actions", "timeline")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``key`` names it also after a restart; ``words`` are searched and not shown.

    ``badge`` stands where others have an ``icon``. With a ``reason`` it is
    listed and can't be run.
    """

    key: str
    group: Group
    title: str
    detail: str = ""
    words: str = ""
    icon: str = ""
    badge: str = ""
    keys: str = ""
    pill: str = ""
    reason: str = ""


class Source(Protocol):
    """Gives the entries of the moment, and runs them."""

    def entries(self) -> Sequence[Entry]:
        """Everything that can be found by typing."""
        ...

    def filter_entry(self, text: str) -> Entry | None:
        """The line that filters the timeline by a text; nothing where there is no timeline."""
        ...

    def row_entry(self, number: str) -> Entry | None:
        """The line that goes to a message by its number."""
        ...

    def run(self, entry: Entry, how: How) -> None:
        """Do what an entry says."""
        ...


class Recent(Protocol):
    """What was chosen before, the latest first."""

    @property
    def keys(self) -> Sequence[str]: ...

    def add(self, key: str) -> None: ...
