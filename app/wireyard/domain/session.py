"""What a recorded session is called and where it went: the facts at the head of every log."""

from __future__ import annotations

import msgspec


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The head of one session. ``id`` is unique and sorts by time; ``created_ts_ns`` is the wall clock at its start.

    ``name`` is that of the saved request and ``request`` its path in the workspace; ``label`` is what the person called
    the tab ("Alice"). All three are empty for an address that was only typed.
    """

    id: str
    url: str
    created_ts_ns: int
    name: str = ""
    subprotocols: tuple[str, ...] = ()
    app_version: str = ""
    request: str = ""
    label: str = ""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Data messages so far, each way: how many, and the bytes of their payloads. Control frames are not counted."""

    sent_count: int = 0
    sent_bytes: int = 0
    received_count: int = 0
    received_bytes: int = 0
