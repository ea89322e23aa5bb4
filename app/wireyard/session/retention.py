"""How long sessions are kept: from profile and settings to what may be removed, and when that was told first.

Nothing is removed from a folder before a person was told that it will be, and had a day to keep what they want.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from wireyard.recording.retention import Pruned, RetentionLimits, prune
from wireyard.settings.model import Settings
from wireyard.settings.private_file import write_private
from wireyard.settings.profile import Profile

GRACE_S = 24 * 3600.0
_DAY_S = 24 * 3600.0
_GB = 1024**3


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a look at the folder came to: ``is_warning`` when the sessions are only due, and nothing was removed."""

    pruned: Pruned = Pruned()
    is_warning: bool = False


def limits_of(settings: Settings) -> RetentionLimits:
    """The limits that the settings name."""
    recording = settings.recording
    return RetentionLimits(
        max_age_s=recording.max_age_days * _DAY_S or None,
        max_bytes=int(recording.max_size_gb * _GB) or None,
    )


def rule_words(settings: Settings) -> str:
    """The limits as the rest of a sentence: ``older than 30 days, or beyond 2 GB``."""
    days, size_gb = settings.recording.max_age_days, settings.recording.max_size_gb
    age = "" if not days else "older than 1 day" if days == 1 else f"older than {days:,} days"
    return ", or ".join(part for part in (age, f"beyond {size_gb:g} GB" if size_gb else "") if part)


def tend(
    profile: Profile,
    settings: Settings,
    folder: Path,
    *,
    now_s: float | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    breathe: Callable[[], None] = lambda: None,
) -> Outcome:
    """Remove what is due in a folder, or say that it will be, until a day after that was said first. Blocks (worker).

    ``breathe`` is called before each session, and ``should_stop`` asked.
    """
    limits = limits_of(settings)
    if limits.max_age_s is None and limits.max_bytes is None:
        return Outcome()
    now_s = time.time() if now_s is None else now_s
    now_ns = int(now_s * 1e9)
    told = _told(profile.retention_file)
    told_s = told.get(str(folder))
    if told_s is not None and told_s <= now_s - GRACE_S:
        return Outcome(pruned=prune(folder, limits, now_ns=now_ns, should_stop=should_stop, breathe=breathe))
    due = prune(folder, limits, is_trial=True, now_ns=now_ns, should_stop=should_stop, breathe=breathe)
    if not due.sessions:
        return Outcome()
    if told_s is None or told_s > now_s:
        # Where it can't be noted, it is told again, and nothing is ever removed unannounced.
        with contextlib.suppress(OSError):
            write_private(profile.retention_file, msgspec.json.encode({**told, str(folder): now_s}))
    return Outcome(pruned=due, is_warning=True)


def _told(path: Path) -> dict[str, float]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, float])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
