"""What the palette finds in this window: saved requests, their messages, environments, commands, the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from wireyard.gui.commands import COMMANDS, Command, shown_keys
from wireyard.gui.palette.entries import Entry, How
from wireyard.gui.services import Services
from wireyard.gui.widgets.scheme_badge import typed_scheme
from wireyard.gui.window.request_opening import RequestOpening
from wireyard.gui.window.tab_area import TabArea

if TYPE_CHECKING:
    from wireyard.gui.tabs.session_tab import SessionTab
    from wireyard.workspace.tree import Item

_ICONS = {
    "Tabs": "plus",
    "Collections": "folder",
    "Connection": "plug",
    "Message": "message",
    "Timeline": "filter",
    "Inspector": "panel",
    "Window": "sliders",
}
_OWN_ICONS = {
    "export": "export",
    "clear_timeline": "trash",
    "toggle_pause": "pause",
    "reconnect": "reconnect",
    "send": "send",
    "save": "save",
    "open_file": "file",
    "edit_environments": "braces",
    "choose_environment": "braces",
    "show_history": "clock",
    "beautify": "indent",
    "find": "search",
    "open_palette": "search",
    "open_actions": "search",
    "show_keys": "info",
    "show_about": "info",
    "quit": "close",
    "close_tab": "close",
}
_REQUEST_GROUPS = ("Connection", "Message", "Request")
_SESSION_GROUPS = ("Timeline", "Inspector")
_WANT_SAVED = ("another_tab",)
_ANYWHERE = ("edit_environments",)


class WindowSource(QObject):
    """``run_command`` runs a command of `wireyard.gui.commands` by its name."""

    def __init__(
        self, services: Services, tabs: TabArea, requests: RequestOpening, run_command: Callable[[str], None]
    ) -> None:
        super().__init__(tabs)
        self._services = services
        self._tabs = tabs
        self._requests = requests
        self._run_command = run_command

    def entries(self) -> Sequence[Entry]:
        """Everything that can be found by typing."""
        return [*self._saved(), *self._environments(), *self._actions()]

    def filter_entry(self, text: str) -> Entry | None:
        """The line that filters the timeline in front by a text."""
        tab = self._session_tab()
        if tab is None or not tab.viewer.timeline.total_rows:
            return None
        # Without a number: how many contain it is known when all were looked through, which is what filtering does.
        title = self.tr("Show messages containing “{0}”").format(text)
        return Entry(f"filter:{text}", "timeline", title, icon="filter", keys="Alt ↵")

    def row_entry(self, number: str) -> Entry | None:
        """The line that goes to a message by its number."""
        tab = self._session_tab()
        reason = ""
        if tab is None:
            reason = self.tr("No timeline is in front")
        elif not number.isdecimal() or len(number) > 12:
            reason = self.tr("A number has digits only")
        return Entry(
            f"row:{number}", "timeline", self.tr("Go to message {0}").format(number), icon="enter", reason=reason
        )

    def run(self, entry: Entry, how: How) -> None:
        """Do what an entry says."""
        kind, _, rest = entry.key.partition(":")
        if kind == "request":
            self._requests.open(rest, "new_tab" if how == "new_tab" else "keep")
        elif kind == "message":
            number, _, id_ = rest.partition(":")
            self._run_message(id_, int(number), how)
        elif kind == "environment":
            self._services.library.choose_environment(rest)
        elif kind == "action":
            self._run_command(rest)
        elif kind == "filter":
            self._filter(rest)
        elif kind == "row":
            self._go_to(int(rest))

    # ------------------------------------------------------------------------------------------------------- entries

    def _saved(self) -> Iterator[Entry]:
        tree = self._services.library.tree
        if tree is None:
            return
        live, _ = self._requests.states()
        current = self._tabs.current
        in_front = current.request_id if current is not None else ""
        names: dict[str, str] = {}
        for item in tree.walk():
            names[item.id] = item.name
            if item.kind == "request":
                yield self._request(item, _path(item.id, names), item.id in live)
                yield from self._messages(item, is_in_front=item.id == in_front)

    def _request(self, item: Item, path: str, is_live: bool) -> Entry:
        badge = "WS" if typed_scheme(item.url) is False else "WSS"
        return Entry(
            f"request:{item.id}",
            "requests",
            item.name,
            path,
            words=f"{item.url}\n{item.notes[:200]}",
            badge=badge,
            pill=self.tr("Open") if is_live else "",
            reason=str(item.problem) if item.problem is not None else "",
        )

    def _messages(self, item: Item, *, is_in_front: bool) -> Iterator[Entry]:
        detail = self.tr("Sends to {0}").format(item.name)
        for number, message in enumerate(item.messages):
            keys = f"Alt {number + 1}" if is_in_front and number < 9 else ""
            yield Entry(
                f"message:{number}:{item.id}",
                "messages",
                message.name,
                detail,
                words=f"{message.group}\n{message.excerpt}",
                icon="message",
                keys=keys,
            )

    def _environments(self) -> Iterator[Entry]:
        library = self._services.library
        active = library.active_environment
        for line in library.environments:
            detail = self.tr("In use") if line.id == active else self.tr("Switch to this environment")
            reason = str(line.problem) if line.problem is not None else ""
            yield Entry(f"environment:{line.id}", "environments", line.name, detail, icon="braces", reason=reason)
        if library.environments:
            detail = self.tr("Use no values of an environment") if active else self.tr("In use")
            yield Entry("environment:", "environments", self.tr("No environment"), detail, icon="braces")

    def _actions(self) -> Iterator[Entry]:
        for command in COMMANDS:
            keys = shown_keys(command.keys[0]) if command.keys else ""
            icon = _OWN_ICONS.get(command.name) or _ICONS.get(command.group, "")
            group = QCoreApplication.translate("Commands", command.group)
            text = QCoreApplication.translate("Commands", command.text)
            name = command.name or f"{command.group} {command.text}"
            yield Entry(
                f"action:{name}", "actions", text, words=group, icon=icon, keys=keys, reason=self.reason(command)
            )

    def reason(self, command: Command) -> str:
        """Why a command can't be run now; empty where it can."""
        tab = self._tabs.current
        if command.is_local:
            return self.tr("Its key acts in its own pane")
        if command.name in _ANYWHERE:
            return ""
        if command.group in _REQUEST_GROUPS and not self._is_request():
            return self.tr("No request is in front")
        if command.group in _SESSION_GROUPS and self._session_tab() is None:
            return self.tr("No timeline is in front")
        if command.name in _WANT_SAVED and not (tab is not None and tab.request_id):
            return self.tr("The request in front is not saved")
        if command.name == "name_tab" and (tab is None or tab.label is None):
            return self.tr("This tab can have no name")
        if command.name == "move_tab" and len(self._tabs) < 2:
            return self.tr("It is the only tab of its window")
        if command.name == "move_tab_on" and not self._tabs.count_other_windows():
            return self.tr("There is no other window")
        if command.name == "reopen_tab" and not self._tabs.has_closed:
            return self.tr("No tab was closed")
        return ""

    # ------------------------------------------------------------------------------------------------------- running

    def _run_message(self, id_: str, number: int, how: How) -> None:
        if how == "new_tab":
            self._requests.open(id_, "new_tab").open_message(number)
        else:
            self._requests.open_message(id_, number, sends=True)

    def _filter(self, text: str) -> None:
        from wireyard.recording.search import RowFilter

        tab = self._session_tab()
        if tab is not None:
            tab.viewer.timeline.set_filter(RowFilter(text=text))
            tab.viewer.timeline.focus_list()

    def _go_to(self, number: int) -> None:
        tab = self._session_tab()
        if tab is None:
            return
        if tab.viewer.timeline.select(number):
            tab.viewer.timeline.focus_list()
        else:
            tab.noticed.emit(self.tr("No message {0} is shown here").format(f"{number:,}"))

    def _session_tab(self) -> SessionTab | None:
        from wireyard.gui.tabs.session_tab import SessionTab

        tab = self._tabs.current
        return tab if isinstance(tab, SessionTab) else None

    def _is_request(self) -> bool:
        from wireyard.gui.tabs.request_tab import RequestTab

        return isinstance(self._tabs.current, RequestTab)


def _path(id_: str, names: dict[str, str]) -> str:
    """The names of the folders above an item."""
    parts: list[str] = []
    at = id_.rpartition("/")[0]
    while at:
        parts.append(names.get(at, at.rpartition("/")[2]))
        at = at.rpartition("/")[0]
    return " / ".join(reversed(parts))
