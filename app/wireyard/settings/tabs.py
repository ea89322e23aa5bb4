"""Tabs and unsent drafts, kept for the next start. No connection is among them: a restored tab dials nothing.

A draft of more than a mebibyte has a file of its own beside the file of tabs, named by a hash of what is in it: typing
elsewhere does not write it again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from wireyard.settings.private_file import set_aside, write_private

LARGE_CHARACTERS = 1024 * 1024
MAX_KEPT_CHARACTERS = 64 * 1024 * 1024
VERSION = 1


class SavedTab(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one tab holds that its user typed.

    ``request`` is the id of the saved request that it shows, ``draft_request`` that request with its unsaved edits, as
    plain values, and ``draft_base`` what its file said then. ``draft_file`` is the file that stands in the composer
    instead of a text, ``draft_file_chosen`` true where a person chose it there, wherever it is. ``label`` is the name
    its user gave it, ``session_values`` are variables set by hand for it alone, ``pane`` the pane in front.
    ``draft_kept`` is the name of the file that has the draft, when that is large; it is empty while the draft is here.
    """

    url: str = ""
    name: str = ""
    draft_format: Literal["text", "json", "hex", "base64"] = "json"
    draft: str = ""
    draft_kept: str = ""
    draft_file: str = ""
    draft_file_chosen: bool = False
    send_as: Literal["text", "binary"] = "text"
    filter_text: str = ""
    match_case: bool = False
    direction: Literal["all", "sent", "received"] = "all"
    skip_verify: bool = False
    request: str = ""
    draft_request: dict[str, Any] | None = None
    draft_base: dict[str, Any] | None = None
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
    """All tabs of a window in order, which was in front, and where the window was (in Qt's own words).

    ``layout`` says where the composer is, ``sizes`` how large in each layout, at a zoom of 100 %. ``others`` are the
    further windows, of which none has others.
    """

    tabs: tuple[SavedTab, ...] = ()
    current: int = 0
    geometry: bytes = b""
    sidebar: SavedSidebar = SavedSidebar()
    layout: str = "above"
    sizes: dict[str, int] = {}
    version: int = VERSION
    others: tuple[SavedTabs, ...] = ()

    def all_tabs(self) -> Iterator[SavedTab]:
        """The tabs of all windows."""
        for window in (self, *self.others):
            yield from window.tabs


def load_tabs(path: Path) -> SavedTabs:
    """Read the tabs of last time. A file that can't be understood is moved aside, never written over."""
    try:
        saved = msgspec.json.decode(path.read_bytes(), type=SavedTabs)
    except OSError:
        return SavedTabs()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        set_aside(path)
        return SavedTabs()
    if saved.version > VERSION:
        return SavedTabs()
    return _changed(saved, lambda tab: _with_draft(_drafts(path), tab))


def keep_large_drafts(path: Path, saved: SavedTabs) -> SavedTabs:
    """Write the large drafts into files of their own; give the tabs with their names. Raises `OSError` (worker)."""
    return _changed(saved, lambda tab: _without_large_draft(_drafts(path), tab))


def save_tabs(path: Path, saved: SavedTabs) -> None:
    """Write the tabs at once and as a whole. Raises `OSError`."""
    saved = keep_large_drafts(path, saved)
    write_private(path, msgspec.json.encode(saved))
    kept = {tab.draft_kept for tab in saved.all_tabs()}
    with contextlib.suppress(OSError):  # none there, mostly
        for file in _drafts(path).iterdir():
            if file.name not in kept:
                file.unlink()


def _changed(saved: SavedTabs, change: Callable[[SavedTab], SavedTab]) -> SavedTabs:
    others = tuple(_changed(window, change) for window in saved.others)
    return replace(saved, tabs=tuple(change(tab) for tab in saved.tabs), others=others)


def _drafts(path: Path) -> Path:
    return path.with_name("drafts")


def _without_large_draft(folder: Path, tab: SavedTab) -> SavedTab:
    if len(tab.draft) <= LARGE_CHARACTERS:
        return tab
    import hashlib

    data = tab.draft[:MAX_KEPT_CHARACTERS].encode("utf-8", "surrogatepass")
    name = hashlib.blake2b(data, digest_size=16).hexdigest() + ".txt"
    if not (folder / name).exists():
        write_private(folder / name, data)
    return replace(tab, draft="", draft_kept=name)


def _with_draft(folder: Path, tab: SavedTab) -> SavedTab:
    if not tab.draft_kept:
        return tab
    try:
        draft = (folder / Path(tab.draft_kept).name).read_bytes().decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        draft = ""  # somebody took the file away
    return replace(tab, draft=draft, draft_kept="")
