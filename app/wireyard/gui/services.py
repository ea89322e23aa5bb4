"""What the window's parts share: made once at start, handed down through constructors."""

from __future__ import annotations

from dataclasses import dataclass

from wireyard.engine.host import EngineHost
from wireyard.gui.bridge import GuiCalls, Tasks
from wireyard.gui.theme.look import Look
from wireyard.servers.echo import EchoServer
from wireyard.settings.addresses import AddressBook
from wireyard.settings.profile import Profile
from wireyard.settings.store import SettingsStore


@dataclass(frozen=True, slots=True)
class Services:
    """The profile and its settings, the engine's host, and the way between threads."""

    look: Look
    profile: Profile
    settings: SettingsStore
    addresses: AddressBook
    host: EngineHost
    echo: EchoServer
    calls: GuiCalls
    tasks: Tasks
