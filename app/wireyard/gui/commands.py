"""Every action that has a key, in one table: the menu, the shortcuts and the page of keys (F1) are made from it.

Keys that act only while one pane has the keyboard (the single letters of the timeline, the send history of the
composer) belong to that pane; they stand here with ``is_local`` so that the page of keys is complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QKeySequence

Group = Literal["Tabs", "Collections", "Connection", "Request", "Message", "Timeline", "Inspector", "Window"]
GROUPS: tuple[Group, ...] = (
    "Tabs",
    "Collections",
    "Connection",
    "Request",
    "Message",
    "Timeline",
    "Inspector",
    "Window",
)


@dataclass(frozen=True, slots=True)
class Command:
    """One action. ``keys`` are portable Qt key sequences, the first is shown; ``name`` is also its method's name."""

    name: str
    group: Group
    text: str
    keys: tuple[str, ...]
    is_local: bool = False
    in_menu: bool = False


def _command(name: str, group: Group, text: str, *keys: str, local: bool = False, menu: bool = False) -> Command:
    return Command(name, group, text, keys, local, menu)


PALETTE_KEYS = "Ctrl+K"

COMMANDS: tuple[Command, ...] = (
    _command("new_tab", "Tabs", "New tab", "Ctrl+T", menu=True),
    _command("new_window", "Tabs", "New window", "Ctrl+N", menu=True),
    _command("open_file", "Tabs", "Open a session log…", "Ctrl+O", menu=True),
    _command("close_tab", "Tabs", "Close tab", "Ctrl+W", menu=True),
    _command("reopen_tab", "Tabs", "Reopen closed tab", "Ctrl+Shift+T", menu=True),
    _command("another_tab", "Tabs", "Open the request in another tab", "Ctrl+Shift+D"),
    _command("name_tab", "Tabs", "Name this tab…", "Shift+F2"),
    _command("move_tab", "Tabs", "Move the tab to a new window", "Ctrl+Shift+N"),
    _command("move_tab_on", "Tabs", "Move the tab to the next window", "Alt+Shift+W"),
    _command("next_tab", "Tabs", "Next tab", "Ctrl+Tab", "Ctrl+PgDown"),
    _command("", "Tabs", "Tab 1 to 9", "Ctrl+1", "Ctrl+9", local=True),
    _command("previous_tab", "Tabs", "Previous tab", "Ctrl+Shift+Tab", "Ctrl+PgUp"),
    _command("open_workspace", "Collections", "Open workspace…", "Ctrl+Shift+O", menu=True),
    _command("show_collections", "Collections", "Collections", "Alt+Shift+C"),
    _command("show_history", "Collections", "History", "Alt+Shift+H"),
    _command("toggle_sidebar", "Collections", "Show or hide the sidebar", "Ctrl+B"),
    _command("new_request", "Collections", "New request", "Alt+Shift+N"),
    _command("new_folder", "Collections", "New folder", "Alt+Shift+F"),
    _command("new_collection", "Collections", "New collection", "Alt+Shift+K"),
    _command("rename_item", "Collections", "Rename what is selected in the tree"),
    _command("duplicate_item", "Collections", "Duplicate what is selected in the tree"),
    _command("move_item", "Collections", "Move what is selected in the tree…"),
    _command("delete_item", "Collections", "Delete what is selected in the tree"),
    _command("", "Collections", "Open and keep", "Return", local=True),
    _command("", "Collections", "Open in another tab", "Shift+Return", local=True),
    _command("", "Collections", "Open and connect, send a message", "Ctrl+Return", local=True),
    _command("", "Collections", "Rename", "F2", local=True),
    _command("", "Collections", "What a folder gives to its requests", "F4", local=True),
    _command("", "Collections", "Duplicate", "Ctrl+D", local=True),
    _command("", "Collections", "Delete, with Undo", "Del", local=True),
    _command("", "Collections", "Copy address or message", "Ctrl+C", local=True),
    _command("", "Collections", "Move to another folder", "Alt+Shift+M", local=True),
    _command("", "Collections", "Move up, down", "Alt+Shift+Up", "Alt+Shift+Down", local=True),
    _command("", "Collections", "Move out of, into a folder", "Alt+Shift+Left", "Alt+Shift+Right", local=True),
    _command("", "Collections", "Keep a past session", "Ctrl+Shift+R", local=True),
    _command("focus_address", "Connection", "Address", "Ctrl+L"),
    _command(
        "press_primary",
        "Connection",
        "Connect, disconnect or cancel",
        "F5",
        "Ctrl+Shift+Return",
        menu=True,
    ),
    _command("reconnect", "Connection", "Reconnect", "Ctrl+F5", menu=True),
    _command("save", "Request", "Save the request", "Ctrl+S", menu=True),
    _command("choose_environment", "Request", "Switch environment", "Ctrl+E"),
    _command("edit_environments", "Request", "Edit environments…", "Ctrl+Shift+V", menu=True),
    _command("", "Request", "Complete a variable", "Ctrl+Space", local=True),
    _command("show_params", "Request", "Params pane", "Ctrl+Shift+2"),
    _command("show_headers", "Request", "Headers pane", "Ctrl+Shift+3"),
    _command("show_auth", "Request", "Auth pane", "Ctrl+Shift+4"),
    _command("show_settings", "Request", "Settings pane", "Ctrl+Shift+5"),
    _command("show_variables", "Request", "Variables pane", "Ctrl+Shift+7"),
    _command("show_session_variables", "Request", "Variables of this tab", "Alt+Shift+V"),
    _command("show_notes", "Request", "Notes pane", "Ctrl+Shift+8"),
    _command("show_cookies", "Request", "Cookies pane", "Ctrl+Shift+9"),
    _command("", "Request", "Switch rows on or off", "Space", local=True),
    _command("", "Request", "Move a row up, down", "Alt+Up", "Alt+Down", local=True),
    _command("", "Request", "Delete rows", "Del", local=True),
    _command("", "Request", "Undo, redo in a grid", "Ctrl+Z", "Ctrl+Shift+Z", local=True),
    _command("send", "Message", "Send (connects first if needed)", "Ctrl+Return", "Ctrl+Enter"),
    _command("repeat", "Message", "Repeat the message…", "Ctrl+R"),
    _command("stop_repeat", "Message", "Stop repeating", "Alt+Shift+R"),
    _command("beautify", "Message", "Beautify the message", "Ctrl+Shift+F"),
    _command("save_message", "Message", "Save the message", "Ctrl+Shift+S"),
    _command("save_message_as", "Message", "Save as another message…", "Alt+Shift+S"),
    _command("focus_saved", "Message", "Saved messages", "Alt+0"),
    _command("", "Message", "Send saved message 1 to 9", "Alt+1", "Alt+9", local=True),
    _command("", "Message", "Earlier sent message", "Alt+Up", local=True),
    _command("", "Message", "Later sent message", "Alt+Down", local=True),
    _command("focus_message", "Message", "Message pane", "Ctrl+Shift+1"),
    _command("toggle_composer", "Message", "Show or hide the composer", "Ctrl+J"),
    _command("find", "Timeline", "Find in the pane in use", "Ctrl+F"),
    _command("clear_filter", "Timeline", "Clear the filter", "Ctrl+Shift+L"),
    _command("toggle_pause", "Timeline", "Pause or resume the list", "Ctrl+P"),
    _command("", "Timeline", "Newest message, and follow", "End", local=True),
    _command("", "Timeline", "Resend", "R", local=True),
    _command("", "Timeline", "Edit and resend", "E", local=True),
    _command("", "Timeline", "Previous, next in the same direction", "[", "]", local=True),
    _command("", "Timeline", "Previous, next error", "{", "}", local=True),
    _command("", "Timeline", "Copy payload", "Ctrl+C", local=True),
    _command("", "Timeline", "Copy as row text", "Ctrl+Shift+C", local=True),
    _command("mark", "Timeline", "Mark the row, or this moment", "Ctrl+M"),
    _command("next_mark", "Timeline", "Next mark", "Alt+PgDown"),
    _command("previous_mark", "Timeline", "Previous mark", "Alt+PgUp"),
    _command("export", "Timeline", "Export the session log…", "Ctrl+Shift+E", menu=True),
    _command("clear_timeline", "Timeline", "Clear the timeline", "Ctrl+Shift+Del"),
    _command("edit_preview_path", "Timeline", "Preview path: show a part of each message…"),
    _command("clear_preview_path", "Timeline", "Clear the preview path: show whole messages"),
    _command("", "Inspector", "Open the inspector", "Return", local=True),
    _command("toggle_inspector", "Inspector", "Show or hide the inspector", "Ctrl+I"),
    _command("toggle_secrets", "Inspector", "Show or mask secret values", "Ctrl+Shift+H"),
    _command("find_next", "Inspector", "Next hit", "F3"),
    _command("find_previous", "Inspector", "Previous hit", "Shift+F3"),
    _command("open_palette", "Window", "Search or run…", PALETTE_KEYS, menu=True),
    _command("open_actions", "Window", "Run an action…", "Ctrl+Shift+K"),
    _command("next_layout", "Window", "Next layout: composer above, left, below", "Alt+Shift+L", menu=True),
    _command("next_region", "Window", "Next region", "F6"),
    _command("previous_region", "Window", "Previous region", "Shift+F6"),
    _command("take_offer", "Window", "Undo, or what else the last notice offers", "Alt+Shift+Z"),
    _command("open_menu", "Window", "Menu", "F10"),
    _command("zoom_in", "Window", "Larger", "Ctrl+=", "Ctrl++"),
    _command("zoom_out", "Window", "Smaller", "Ctrl+-"),
    _command("zoom_reset", "Window", "Normal size", "Ctrl+0"),
    _command("open_settings", "Window", "Settings…", "Ctrl+,", menu=True),
    _command("show_keys", "Window", "All keys", "F1", menu=True),
    _command("show_about", "Window", "About Wireyard", menu=True),
    _command("quit", "Window", "Quit", "Ctrl+Q", menu=True),
)


def shown_keys(keys: str) -> str:
    """A key sequence as the platform writes it, with blanks between the keys: ``Ctrl Shift T``."""
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    text = text.replace("Return", "↵")
    plus = "+" if text.endswith("+") else ""
    return " ".join([*filter(None, text.removesuffix("+").split("+")), *plus])
