"""Every action that has a key, in one table: the menu, the shortcuts and the page of keys (F1) are made from it.

Keys that act only while one pane has the keyboard (the single letters of the timeline, the send history of the
composer) belong to that pane; they stand here with ``is_local`` so that the page of keys is complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP

Group = Literal["Tabs", "Connection", "Message", "Timeline", "Inspector", "Window"]
GROUPS: tuple[Group, ...] = ("Tabs", "Connection", "Message", "Timeline", "Inspector", "Window")


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


COMMANDS: tuple[Command, ...] = (
    _command("new_tab", "Tabs", QT_TRANSLATE_NOOP("Commands", "New tab"), "Ctrl+T", menu=True),
    _command("open_file", "Tabs", QT_TRANSLATE_NOOP("Commands", "Open a session log…"), "Ctrl+O", menu=True),
    _command("close_tab", "Tabs", QT_TRANSLATE_NOOP("Commands", "Close tab"), "Ctrl+W", menu=True),
    _command("reopen_tab", "Tabs", QT_TRANSLATE_NOOP("Commands", "Reopen closed tab"), "Ctrl+Shift+T", menu=True),
    _command("next_tab", "Tabs", QT_TRANSLATE_NOOP("Commands", "Next tab"), "Ctrl+Tab", "Ctrl+PgDown"),
    _command("previous_tab", "Tabs", QT_TRANSLATE_NOOP("Commands", "Previous tab"), "Ctrl+Shift+Tab", "Ctrl+PgUp"),
    _command("focus_address", "Connection", QT_TRANSLATE_NOOP("Commands", "Address"), "Ctrl+L"),
    _command(
        "press_primary",
        "Connection",
        QT_TRANSLATE_NOOP("Commands", "Connect, disconnect or cancel"),
        "F5",
        "Ctrl+Shift+Return",
        menu=True,
    ),
    _command("reconnect", "Connection", QT_TRANSLATE_NOOP("Commands", "Reconnect"), "Ctrl+F5", menu=True),
    _command(
        "send", "Message", QT_TRANSLATE_NOOP("Commands", "Send (connects first if needed)"), "Ctrl+Return", "Ctrl+Enter"
    ),
    _command("beautify", "Message", QT_TRANSLATE_NOOP("Commands", "Beautify the message"), "Ctrl+Shift+F"),
    _command("", "Message", QT_TRANSLATE_NOOP("Commands", "Earlier sent message"), "Alt+Up", local=True),
    _command("", "Message", QT_TRANSLATE_NOOP("Commands", "Later sent message"), "Alt+Down", local=True),
    _command("focus_message", "Message", QT_TRANSLATE_NOOP("Commands", "Message pane"), "Ctrl+Shift+1"),
    _command("toggle_composer", "Message", QT_TRANSLATE_NOOP("Commands", "Show or hide the composer"), "Ctrl+J"),
    _command("find", "Timeline", QT_TRANSLATE_NOOP("Commands", "Find in the pane in use"), "Ctrl+F"),
    _command("clear_filter", "Timeline", QT_TRANSLATE_NOOP("Commands", "Clear the filter"), "Ctrl+Shift+L"),
    _command("toggle_pause", "Timeline", QT_TRANSLATE_NOOP("Commands", "Pause or resume the list"), "Ctrl+P"),
    _command("", "Timeline", QT_TRANSLATE_NOOP("Commands", "Newest message, and follow"), "End", local=True),
    _command("", "Timeline", QT_TRANSLATE_NOOP("Commands", "Resend"), "R", local=True),
    _command("", "Timeline", QT_TRANSLATE_NOOP("Commands", "Edit and resend"), "E", local=True),
    _command("", "Timeline", QT_TRANSLATE_NOOP("Commands", "Previous, next in the same direction"), "[", "]", local=True),
    _command("", "Timeline", QT_TRANSLATE_NOOP("Commands", "Previous, next error"), "{", "}", local=True),
    _command("", "Timeline", QT_TRANSLATE_NOOP("Commands", "Copy payload"), "Ctrl+C", local=True),
    _command("", "Timeline", QT_TRANSLATE_NOOP("Commands", "Copy as row text"), "Ctrl+Shift+C", local=True),
    _command("export", "Timeline", QT_TRANSLATE_NOOP("Commands", "Export the session log…"), "Ctrl+Shift+E", menu=True),
    _command("clear_timeline", "Timeline", QT_TRANSLATE_NOOP("Commands", "Clear the timeline"), "Ctrl+Shift+Del"),
    _command("", "Inspector", QT_TRANSLATE_NOOP("Commands", "Open the inspector"), "Return", local=True),
    _command("toggle_inspector", "Inspector", QT_TRANSLATE_NOOP("Commands", "Show or hide the inspector"), "Ctrl+I"),
    _command("find_next", "Inspector", QT_TRANSLATE_NOOP("Commands", "Next hit"), "F3"),
    _command("find_previous", "Inspector", QT_TRANSLATE_NOOP("Commands", "Previous hit"), "Shift+F3"),
    _command("next_region", "Window", QT_TRANSLATE_NOOP("Commands", "Next region"), "F6"),
    _command("previous_region", "Window", QT_TRANSLATE_NOOP("Commands", "Previous region"), "Shift+F6"),
    _command("open_menu", "Window", QT_TRANSLATE_NOOP("Commands", "Menu"), "F10"),
    _command("zoom_in", "Window", QT_TRANSLATE_NOOP("Commands", "Larger"), "Ctrl+=", "Ctrl++"),
    _command("zoom_out", "Window", QT_TRANSLATE_NOOP("Commands", "Smaller"), "Ctrl+-"),
    _command("zoom_reset", "Window", QT_TRANSLATE_NOOP("Commands", "Normal size"), "Ctrl+0"),
    _command("open_settings", "Window", QT_TRANSLATE_NOOP("Commands", "Settings…"), "Ctrl+,", menu=True),
    _command("show_keys", "Window", QT_TRANSLATE_NOOP("Commands", "All keys"), "F1", menu=True),
    _command("show_about", "Window", QT_TRANSLATE_NOOP("Commands", "About Wireyard"), menu=True),
    _command("quit", "Window", QT_TRANSLATE_NOOP("Commands", "Quit"), "Ctrl+Q", menu=True),
)
