"""What is kept of a request tab for the next start, and how it comes back."""

from __future__ import annotations

from typing import Literal

from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.composer.draft import Draft
from wireyard.recording.search import RowFilter
from wireyard.settings.tabs import MAX_DRAFT_CHARACTERS, SavedTab

_DIRECTIONS: dict[Direction | None, Literal["all", "sent", "received"]] = {
    None: "all",
    Direction.SENT: "sent",
    Direction.RECEIVED: "received",
}


def saved_tab(url: str, name: str, draft: Draft, wanted: RowFilter | None, *, skips_check: bool) -> SavedTab:
    """What to keep; a very long draft loses its end."""
    wanted = wanted or RowFilter()
    return SavedTab(
        url=url,
        name=name,
        draft_format=draft.format,
        draft=draft.text[:MAX_DRAFT_CHARACTERS],
        send_as="binary" if draft.send_as is Opcode.BINARY else "text",
        filter_text=wanted.text,
        match_case=wanted.match_case,
        direction=_DIRECTIONS[wanted.direction],
        skip_verify=skips_check,
    )


def kept_draft(saved: SavedTab) -> Draft:
    """The draft that was kept."""
    return Draft(saved.draft_format, saved.draft, Opcode.BINARY if saved.send_as == "binary" else Opcode.TEXT)


def kept_filter(saved: SavedTab) -> RowFilter | None:
    """The filter that was kept, None for none."""
    direction = next(direction for direction, word in _DIRECTIONS.items() if word == saved.direction)
    if not saved.filter_text and direction is None:
        return None
    return RowFilter(text=saved.filter_text, match_case=saved.match_case, direction=direction)
