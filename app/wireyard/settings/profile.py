"""Where everything the program keeps is: one folder, named here once, so that ``--profile DIR`` moves all of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


class ProfileError(Exception):
    """The folder can't be made or used. The text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The paths of one profile. Nothing is read or made until `prepare`."""

    root: Path

    @classmethod
    def default(cls) -> Profile:
        """The folder that the operating system gives to each user's programs."""
        import platformdirs  # only needed without --profile

        return cls(Path(platformdirs.user_data_dir("wireyard", appauthor=False)))

    @classmethod
    def at(cls, folder: str | os.PathLike[str] | None) -> Profile:
        """The profile in ``folder``, or the default one for ``None``."""
        return cls.default() if folder is None else cls(Path(folder).expanduser().absolute())

    @property
    def sessions(self) -> Path:
        """Recordings, one file a session, and their catalogue."""
        return self.root / "sessions"

    @property
    def settings_file(self) -> Path:
        """What the Settings window shows, as TOML."""
        return self.root / "settings.toml"

    @property
    def tabs_file(self) -> Path:
        """Tabs and unsent drafts, for the next start."""
        return self.root / "tabs.json"

    @property
    def retention_file(self) -> Path:
        """When it was told, for each folder of sessions, that old ones will be removed from it."""
        return self.root / "retention.json"

    @property
    def addresses_file(self) -> Path:
        """Addresses that were connected to, newest first."""
        return self.root / "addresses.json"

    @property
    def crashes(self) -> Path:
        """Reports of our own failures."""
        return self.root / "crashes"

    @property
    def workspace(self) -> Path:
        """The workspace of those who have not chosen another folder."""
        return self.root / "workspace"

    @property
    def workspaces_file(self) -> Path:
        """Workspaces that were open, and what was chosen in each."""
        return self.root / "workspaces.json"

    @property
    def workspace_ids_file(self) -> Path:
        """A random id for each workspace's folder, which its secrets belong to."""
        return self.root / "workspace-ids.json"

    @property
    def secrets_file(self) -> Path:
        """Secrets behind a passphrase, where the system has no keyring."""
        return self.root / "secrets.json"

    @property
    def cookies(self) -> Path:
        """Cookies that servers set, a file for each environment of each workspace."""
        return self.root / "cookies"

    @property
    def trash(self) -> Path:
        """Requests and folders that were deleted, for Undo."""
        return self.root / "trash"

    @property
    def index(self) -> Path:
        """What is known of each workspace's files; can be deleted at any time."""
        return self.root / "index"

    def prepare(self) -> None:
        """Make the folders, private to this user. Raises `ProfileError`.

        A folder that was there before keeps its permissions: it may be one that the user shares on purpose.
        """
        try:
            self.root.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            self.sessions.mkdir(mode=FOLDER_MODE, exist_ok=True)
        except OSError as error:
            why = error.strerror or str(error)
            raise ProfileError(f"The profile folder {self.root} can't be used: {why}. Choose another one.") from error
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            raise ProfileError(f"The profile folder {self.root} can't be written. Choose another one.")
