"""Makes the Pretty text of a payload: the first lines at once, the rest while they are read."""

from __future__ import annotations

import msgspec

from wireyard.gui.inspector.source import GrowingSource
from wireyard.gui.jobs import Job


def write_pretty(job: Job | None, payload: bytes, source: GrowingSource) -> str:
    """Fill ``source`` with pretty JSON; gives back what is wrong with the payload, or nothing (worker)."""
    try:
        source.append(msgspec.json.format(payload, indent=2))
    except msgspec.DecodeError as error:
        return str(error)
    finally:
        source.finish()
    return ""
