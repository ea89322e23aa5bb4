"""What is kept of a request tab for the next start, and how it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from wireyard.domain.frame import Direction, Opcode
from wireyard.gui.composer.draft import Draft
from wireyard.gui.tabs.request_document import RequestDocument
from wireyard.recording.search import RowFilter
from wireyard.settings.tabs import SavedTab
from wireyard.workspace.auth_secrets import without_literals
from wireyard.workspace.model import RequestFile

_DIRECTIONS: dict[Direction | None, Literal["all", "sent", "received"]] = {
    None: "all",
    Direction.SENT: "sent",
    Direction.RECEIVED: "received",
}


def saved_tab(
    document: RequestDocument,
    label: str,
    draft: Draft,
    wanted: RowFilter | None,
    *,
    skips_check: bool,
    session_values: Mapping[str, str],
    pane: str,
) -> SavedTab:
    """What to keep."""
    wanted = wanted or RowFilter()
    edits: dict[str, Any] | None = None
    request = document.draft.edited
    if document.is_dirty or (not document.id and (request.params or request.path_params or request.preview_path)):
        # A password that was not saved yet is nowhere but in memory: it is typed again.
        edits = msgspec.to_builtins(replace(request, auth=without_literals(request.auth)))
    return SavedTab(
        url=document.draft.address,
        name=document.name,
        draft_format=draft.format,
        draft=draft.text,
        draft_file=draft.file,
        draft_file_chosen=draft.is_chosen,
        send_as="binary" if draft.send_as is Opcode.BINARY else "text",
        filter_text=wanted.text,
        match_case=wanted.match_case,
        direction=_DIRECTIONS[wanted.direction],
        skip_verify=skips_check,
        request=document.id,
        draft_request=edits,
        draft_base=msgspec.to_builtins(document.base) if edits and document.id and document.base else None,
        label=label,
        session_values=dict(session_values),
        pane=pane if pane != "message" else "",
    )


def kept_draft(saved: SavedTab) -> Draft:
    """The draft that was kept."""
    send_as = Opcode.BINARY if saved.send_as == "binary" else Opcode.TEXT
    return Draft(saved.draft_format, saved.draft, send_as, saved.draft_file, saved.draft_file_chosen)


def kept_request(saved: SavedTab) -> RequestFile | None:
    """The unsaved edits that were kept; None where there are none, or they can't be understood any more."""
    return _request(saved.draft_request)


def kept_base(saved: SavedTab) -> RequestFile | None:
    """What the file said when these edits were made."""
    return _request(saved.draft_base)


def _request(kept: dict[str, Any] | None) -> RequestFile | None:
    if kept is None:
        return None
    try:
        return msgspec.convert(kept, RequestFile)
    except msgspec.ValidationError:
        return None


def kept_filter(saved: SavedTab) -> RowFilter | None:
    """The filter that was kept, None for none."""
    direction = next(direction for direction, word in _DIRECTIONS.items() if word == saved.direction)
    if not saved.filter_text and direction is None:
        return None
    return RowFilter(text=saved.filter_text, match_case=saved.match_case, direction=direction)
