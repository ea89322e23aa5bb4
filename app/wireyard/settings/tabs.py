"""Tabs and unsent drafts, kept for the next start. No connection is among them: a restored tab dials nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from wireyard.settings.private_file import set_aside, write_private

MAX_DRAFT_CHARACTERS = 1024 * 1024
VERSION = 1


class SavedTab(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one tab holds that its user typed."""

    url: str = ""
    name: str = ""
    draft_format: Literal["text", "json", "hex"] = "json"
    draft: str = ""
    send_as: Literal["text", "binary"] = "text"
    filter_text: str = ""
    match_case: bool = False
    direction: Literal["all", "sent", "received"] = "all"
    skip_verify: bool = False


class SavedTabs(msgspec.Struct, frozen=True, kw_only=True):
    """All tabs of the window in order, which was in front, and where the window was (in Qt's own words)."""

    tabs: tuple[SavedTab, ...] = ()
    current: int = 0
    geometry: bytes = b""
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
