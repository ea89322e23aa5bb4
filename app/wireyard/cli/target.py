"""What one run of ``wireyard record`` connects to and sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from wireyard.cli.sending import Outgoing
from wireyard.domain.request import ConnectRequest

if TYPE_CHECKING:
    from wireyard.cli.local_server import LocalServer
    from wireyard.session.outbox import OnOpen


def _nothing() -> None:
    """What most targets have to do in the end."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What to connect to and to send, with the values of variables in place, and the secrets among these.

    ``on_open`` is sent after every opening, before the others. ``again`` makes the last message once more, with the
    values of that moment, where it has any; it raises `WorkspaceError`. ``name`` and ``request_id`` are those of a
    saved request; ``server`` is the built-in one, which serves while the run lasts when the request asks for it.
    ``finish`` is called when the run is over.
    """

    request: ConnectRequest
    messages: tuple[Outgoing, ...] = ()
    again: Callable[[], Outgoing] | None = None
    on_open: OnOpen = ()
    secrets: tuple[str, ...] = ()
    name: str = ""
    request_id: str = ""
    server: LocalServer | None = None
    finish: Callable[[], None] = _nothing
