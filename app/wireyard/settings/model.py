"""Every setting, by topic: its type, default, limits and help are data on the field itself.

The Settings window, the checks on reading the file and the page in ``docs`` are all made from these annotations (see
`wireyard.settings.rows`), so a setting is added in this file only, beside the code that obeys it.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from wireyard.domain import request

Scheme = Literal["system", "light", "dark", "contrast-light", "contrast-dark"]

MIB = 1024 * 1024


class General(msgspec.Struct, frozen=True, kw_only=True):
    """Starting and leaving."""

    reopen_tabs: Annotated[
        bool,
        Meta(title="Reopen tabs", description="Open the tabs and drafts of last time. Nothing is dialled."),
    ] = True
    confirm_close: Annotated[
        bool,
        Meta(
            title="Ask before closing a tab",
            description="Only asked while connected with an unsent draft, or when messages could not be stored.",
        ),
    ] = True
    remember_addresses: Annotated[
        bool,
        Meta(title="Remember addresses", description="Offer addresses used before while one is typed."),
    ] = True
    echo_server: Annotated[
        bool,
        Meta(
            title="Built-in echo server",
            description="Answers every message on 127.0.0.1 while the window is open. No other computer can reach it.",
        ),
    ] = True
    echo_port: Annotated[
        int,
        Meta(
            ge=1024,
            le=65535,
            title="Echo server's first port",
            description="The first free port from here up is taken.",
        ),
    ] = 9600


class Appearance(msgspec.Struct, frozen=True, kw_only=True):
    """How the window looks."""

    scheme: Annotated[
        Scheme,
        Meta(
            title="Theme",
            description="System follows the desktop, live.",
            extra={
                "labels": {
                    "system": "System",
                    "light": "Light",
                    "dark": "Dark",
                    "contrast-light": "High contrast light",
                    "contrast-dark": "High contrast dark",
                }
            },
        ),
    ] = "system"
    zoom_percent: Annotated[
        int,
        Meta(
            ge=80,
            le=200,
            title="Zoom",
            description="Scales text and rows together.",
            extra={"unit": "%", "step": 10},
        ),
    ] = 100
    reduce_motion: Annotated[
        bool,
        Meta(title="Reduce motion", description="No fades, and no turning spinner."),
    ] = False


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """Where sessions are stored, and for how long. Recording itself is always on."""

    folder: Annotated[
        str,
        Meta(
            title="Folder",
            description="Where new sessions are stored. Empty means the profile's own folder.",
            extra={"kind": "folder"},
        ),
    ] = ""
    max_age_days: Annotated[
        int,
        Meta(
            ge=0,
            le=36500,
            title="Remove sessions after",
            description="Counted from its last message; zero is never. Kept sessions and open ones always stay.",
            extra={"unit": "days", "off": "Never"},
        ),
    ] = 30
    max_size_gb: Annotated[
        float,
        Meta(
            ge=0,
            le=100_000,
            title="Remove the oldest beyond",
            description="What all may take together, without the kept ones; zero is never. The newest always stays.",
            extra={"unit": "GB", "step": 0.5, "off": "Never"},
        ),
    ] = 2.0
    memory_limit_mib: Annotated[
        int,
        Meta(
            ge=8,
            le=4096,
            title="Kept when the disk fails",
            description="If a session can't be written, its newest messages stay in memory up to this size.",
            extra={"unit": "MiB", "step": 8},
        ),
    ] = 64


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """Defaults for new connections. Zero switches a limit off."""

    open_timeout_s: Annotated[
        float,
        Meta(
            ge=0,
            le=3600,
            title="Open timeout",
            description="How long finding the host, connecting, TLS and the upgrade may take together.",
            extra={"unit": "s", "step": 1, "off": "No limit"},
        ),
    ] = request.DEFAULT_OPEN_TIMEOUT_S
    close_timeout_s: Annotated[
        float,
        Meta(
            ge=0.1,
            le=300,
            title="Close timeout",
            description="How long to wait for the other side's close frame before the connection is cut.",
            extra={"unit": "s", "step": 1},
        ),
    ] = request.DEFAULT_CLOSE_TIMEOUT_S
    max_message_bytes: Annotated[
        int,
        Meta(
            ge=0,
            le=2**31 - 1,
            title="Maximum message",
            description="A larger message is refused and the connection closed with 1009.",
            extra={"unit": "bytes", "step": MIB, "off": "No limit"},
        ),
    ] = request.DEFAULT_MAX_MESSAGE_BYTES
    ping_interval_s: Annotated[
        float,
        Meta(
            ge=0,
            le=3600,
            title="Ping every",
            description="Pings keep an idle connection open. Each is shown in the timeline.",
            extra={"unit": "s", "step": 5, "off": "Never"},
        ),
    ] = request.DEFAULT_PING_INTERVAL_S
    pong_timeout_s: Annotated[
        float,
        Meta(
            ge=0,
            le=3600,
            title="Pong within",
            description="The connection counts as lost when a ping stays unanswered for this long.",
            extra={"unit": "s", "step": 5, "off": "No limit"},
        ),
    ] = request.DEFAULT_PONG_TIMEOUT_S
    compression: Annotated[
        bool,
        Meta(title="Compression", description="Offer permessage-deflate (RFC 7692) to the server."),
    ] = True

    def for_request(self) -> request.Network:
        """The same limits as a connection takes them."""
        return request.Network(
            open_timeout_s=self.open_timeout_s or None,
            close_timeout_s=self.close_timeout_s,
            max_message_bytes=self.max_message_bytes or None,
            ping_interval_s=self.ping_interval_s or None,
            pong_timeout_s=self.pong_timeout_s or None,
            compression=self.compression,
        )


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings; each topic is one page of the Settings window and one table of the file."""

    general: Annotated[General, Meta(title="General")] = General()
    appearance: Annotated[Appearance, Meta(title="Appearance")] = Appearance()
    recording: Annotated[Recording, Meta(title="Recording")] = Recording()
    network: Annotated[Network, Meta(title="Network defaults")] = Network()
