"""The values a recording publishes: progress, health and limits."""

from __future__ import annotations

import msgspec

from wireyard.domain.session import Totals

MIB = 1024 * 1024


class RecordingLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How much may wait in memory, and for how long.

    At ``full_bytes`` waiting the sink says it is full, at ``drained_bytes`` that it is no more. ``memory_bytes``
    bounds what is kept when the file can't be written.
    """

    full_bytes: int = 32 * MIB
    drained_bytes: int = 8 * MIB
    batch_bytes: int = 8 * MIB
    checkpoint_bytes: int = 256 * MIB
    memory_bytes: int = 64 * MIB


USUAL_LIMITS = RecordingLimits()


class StorageHealth(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the session reaches the disk. ``reason`` is a sentence.

    While ``failing``, ``kept_messages`` are in memory only. ``lost_messages`` fell out of memory and stay lost, also
    after the session was saved elsewhere.
    """

    failing: bool = False
    reason: str = ""
    kept_messages: int = 0
    lost_messages: int = 0


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What one commit added: a range of numbers, never payloads.

    ``hidden`` names the numbers of the range that are no rows of their own. (In the rare case that steps were written
    before their handshake succeeded it also names those, below ``first_seq``.) ``changed`` names earlier rows whose
    look changed: a ping that was answered now. An empty range (``last_seq < first_seq``) tells of health alone.
    """

    first_seq: int
    last_seq: int
    hidden: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    totals: Totals = Totals()
    size_bytes: int = 0
    health: StorageHealth = StorageHealth()
