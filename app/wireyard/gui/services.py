"""What the window's parts share: made once at start, handed down through constructors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireyard.gui.bridge import GuiCalls, Tasks
from wireyard.gui.cookies import Cookies
from wireyard.gui.library import Library
from wireyard.gui.theme.look import Look
from wireyard.settings.addresses import AddressBook
from wireyard.settings.profile import Profile
from wireyard.settings.store import SettingsStore

if TYPE_CHECKING:
    from wireyard.engine.host import EngineHost
    from wireyard.gui.echo import Echo
    from wireyard.session.auth.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class Services:
    """The profile and its settings, the engine's host and who signs in, the workspace, and the way between threads."""

    look: Look
    profile: Profile
    settings: SettingsStore
    addresses: AddressBook
    host: EngineHost
    sign_in: SignIn
    echo: Echo
    library: Library
    cookies: Cookies
    calls: GuiCalls
    tasks: Tasks
