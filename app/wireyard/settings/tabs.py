"""Tabs and unsent drafts, kept for the next start. No connection is among them: a restored tab dials nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from wireyard.settings.private_file import set_aside, write_private

MAX_DRAFT_CHARACTERS = 1024 * 1024
VERSION = 1


class SavedTab(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one tab holds that its user typed.

    ``request`` is the id of the saved request that it shows, ``draft_request`` that request with its unsaved edits, as
    plain values. ``draft_file`` is the file that stands in the composer instead of a text. ``label`` is the name that a
    person gave the tab, ``session_values`` are variables set by hand for it alone, ``pane`` the pane in front.
    """

    url: str = ""
    name: str = ""
    draft_format: Literal["text", "json", "hex"] = "json"
    draft: str = ""
    draft_file: str = ""
    send_as: Literal["text", "binary"] = "text"
    filter_text: str = ""
    match_case: bool = False
    direction: Literal["all", "sent", "received"] = "all"
    skip_verify: bool = False
    request: str = ""
    draft_request: dict[str, Any] | None = None
    label: str = ""
    session_values: dict[str, str] = {}
    is_preview: bool = False
    pane: str = ""


class SavedSidebar(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The sidebar of the window: whether it was open, its width at a zoom of 100 %, and which view it showed."""

    is_open: bool = True
    width: int = 260
    view: str = "collections"


class SavedTabs(msgspec.Struct, frozen=True, kw_only=True):
    """All tabs of the window in order, which was in front, and where the window was (in Qt's own words)."""

    tabs: tuple[SavedTab, ...] = ()
    current: int = 0
    geometry: bytes = b""
    sidebar: SavedSidebar = SavedSidebar()
    version: int = VERSION


def load_tabs(path: Path) -> SavedTabs:
    """Read the tabs of last time. A file that can't be understood is moved aside, never written over."""
    try:
        saved = msgspec.json.decode(path.read_bytes(), type=SavedTabs)
    except OSError:
        return SavedTabs()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        set_aside(path)
        return SavedTabs()
    return saved if saved.version <= VERSION else SavedTabs()


def save_tabs(path: Path, saved: SavedTabs) -> None:
    """Write the tabs at once and as a whole. Raises `OSError`."""
    write_private(path, msgspec.json.encode(saved))
