"""What every command begins with: the profile's folders and the settings in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wireyard.cli.exits import CommandError, ExitCode
from wireyard.cli.say import say
from wireyard.settings.model import Settings
from wireyard.settings.profile import Profile, ProfileError
from wireyard.settings.store import SettingsStore


@dataclass(frozen=True, slots=True)
class Setup:
    """One profile, ready for use."""

    profile: Profile
    settings: Settings

    @property
    def sessions(self) -> Path:
        """Where sessions are kept: in the folder that was set, else in the profile."""
        folder = self.settings.recording.folder
        return Path(folder).expanduser() if folder else self.profile.sessions


def prepare(folder: Path | None) -> Setup:
    """Make the profile's folders and read its settings. Raises `CommandError` when they can't be used."""
    profile = Profile.at(folder)
    try:
        profile.prepare()
    except ProfileError as error:
        say(f"wireyard: {error}")
        raise CommandError(ExitCode.STORAGE) from error
    store = SettingsStore(profile.settings_file)
    settings = store.load()
    for problem in store.problems:
        say(f"wireyard: {problem}")
    return Setup(profile, settings)
