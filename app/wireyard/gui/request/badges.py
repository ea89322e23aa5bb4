"""What stands behind the panes' names: how many rows are on or settings are made here, and whether there are notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import asdict

from wireyard.domain.cookie import Cookie
from wireyard.gui.request.context import Context
from wireyard.gui.widgets.underline_tabs import DOT
from wireyard.workspace.inheritance import effective
from wireyard.workspace.model import FolderFile, RequestFile


def params_badge(file: RequestFile) -> str:
    """How many parameters are on, with those in the path."""
    return _count(len(file.path_params) + sum(not row.off for row in file.params))


def headers_badge(file: RequestFile | FolderFile, context: Context) -> str:
    """How many headers are sent besides the app's: one's own that are on, and those inherited."""
    names = {row.name.casefold() for row in file.headers if row.name}
    own = sum(not row.off and bool(row.name) for row in file.headers)
    above = context.headers() if file.inherit_headers else []
    return _count(own + sum(row.name.casefold() not in names for row, _ in above))


def cookies_badge(file: RequestFile, context: Context, sent: Sequence[Cookie]) -> str:
    """How many cookies go to the address."""
    own = file.network.cookies
    is_on = context.setting("network", "cookies").value if own is None else own
    return _count(len(sent)) if is_on else ""


def auth_badge(file: RequestFile | FolderFile, context: Context) -> str:
    """Whether one signs in, here or as a level above says."""
    kind = file.auth.kind
    if kind == "inherit":
        above = effective(RequestFile(), context.levels).auth
        kind = above.value.kind if above is not None else "none"
    return DOT if kind != "none" else ""


def settings_badge(file: RequestFile | FolderFile) -> str:
    """How many settings are made here."""
    values = [file.subprotocols, file.removed_headers, file.on_open, file.proxy.mode]
    for block in (file.tls, file.network, file.reconnect):
        values += asdict(block).values()
    return _count(sum(value is not None for value in values))


def variables_badge(file: RequestFile | FolderFile, session_values: Mapping[str, str]) -> str:
    """How many variables have a value here."""
    return _count(len({name for name, each in file.variables.items() if not each.off} | set(session_values)))


def notes_badge(file: RequestFile | FolderFile) -> str:
    """Whether there are notes."""
    return DOT if file.notes else ""


def _count(number: int) -> str:
    return str(number) if number else ""
