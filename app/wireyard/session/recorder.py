"""Where and how a conversation is recorded: from profile and settings to the call that starts a recording."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from wireyard.domain.session import SessionInfo
from wireyard.recording.errors import RecordingError
from wireyard.recording.recording import Recording
from wireyard.recording.values import MIB, Progress, RecordingLimits
from wireyard.settings.model import Settings
from wireyard.settings.profile import Profile


class StartRecording(Protocol):
    """Makes the recording of a conversation, at its first connect."""

    def __call__(self, info: SessionInfo) -> Recording: ...


def sessions_folder(profile: Profile, settings: Settings) -> Path:
    """The folder for new sessions: the one that was set, else the profile's."""
    return Path(settings.recording.folder).expanduser() if settings.recording.folder else profile.sessions


def record_into(
    folder: Path,
    settings: Settings,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    goes_on_in_memory: bool = False,
) -> StartRecording:
    """What a `Conversation` takes: each call starts a new session in ``folder``.

    ``on_progress`` is called on the recording's writer thread after each commit. Where no file can be made it raises
    `RecordingError`, or, for a front end that can say so and lets the person choose another folder, it
    ``goes_on_in_memory``.
    """
    limits = RecordingLimits(memory_bytes=settings.recording.memory_limit_mib * MIB)

    def start(info: SessionInfo) -> Recording:
        try:
            return Recording.create(folder, info, on_progress=on_progress, limits=limits)
        except RecordingError as error:
            if not goes_on_in_memory:
                raise
            return Recording.in_memory(folder, info, error.what, on_progress=on_progress, limits=limits)

    return start
