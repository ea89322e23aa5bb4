"""What the status bar shows, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wireyard.gui.widgets.state import ConnectionState

Encryption = Literal["none", "plain", "verified", "unverified"]
RecordingHealth = Literal["off", "recording", "paused", "failing"]


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """Times of answered pings in milliseconds."""

    last_ms: float
    min_ms: float
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """The tab in front. Empty texts leave their item out.

    ``state_words`` stands beside the state's shape ("Open", "TLS failed"); ``note`` after it is for a failure's
    "Stopped at step 4 of 5 after 59 ms". ``recording_note`` replaces "Recording" where there is more to say, such as
    that reading is paused for the disk or that messages were lost.
    """

    state: ConnectionState = ConnectionState.IDLE
    state_words: str = ""
    note: str = ""
    encryption: Encryption = "none"
    tls_version: str = ""
    http_version: str = ""
    http_status: int = 0
    subprotocol: str = ""
    extensions: str = ""
    saving_percent: int | None = None
    round_trips: RoundTrips | None = None
    sent_count: int = 0
    sent_bytes: int = 0
    received_count: int = 0
    received_bytes: int = 0
    recording: RecordingHealth = "off"
    recording_bytes: int = 0
    recording_note: str = ""
    echo: str = ""
