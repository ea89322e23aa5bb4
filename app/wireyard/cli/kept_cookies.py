"""The cookies that a saved request uses: those that the window keeps for the same workspace and environment."""

from __future__ import annotations

from pathlib import Path

from wireyard.cli.say import say
from wireyard.session.cookies.jar import Jar
from wireyard.session.cookies.shelf import CookieShelf
from wireyard.session.vault import workspace_id
from wireyard.settings.profile import Profile


class KeptCookies:
    """The jars of one run."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._shelf = CookieShelf(profile.cookies)

    def jar(self, root: Path, environment: str) -> Jar:
        """The jar of an environment, empty for none. Raises `SecretError`."""
        return self._shelf.jar(workspace_id(self._profile, root), environment)

    def save(self) -> None:
        """Keep what servers set."""
        try:
            self._shelf.save()
        except OSError as error:
            say(f"wireyard: Cookies can't be kept: {error.strerror or error}.")
