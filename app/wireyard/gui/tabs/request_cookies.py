"""The cookies of a request tab: the jar of the active environment, and which of it goes to the tab's address."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from wireyard.domain.cookie import Cookie
from wireyard.engine.address import Address, parse_address
from wireyard.engine.errors import AddressError
from wireyard.gui.services import Services
from wireyard.gui.tabs.request_talk import RequestTalk


class RequestCookies(QObject):
    """Listeners hear that the jar has others, that it is another jar, or that a variable has another value."""

    def __init__(self, services: Services, talk: RequestTalk) -> None:
        super().__init__(talk)
        self._library = services.library
        self._cookies = services.cookies
        self._talk = talk
        self._listeners: list[Callable[[], None]] = []
        services.cookies.changed.connect(self._tell)
        talk.variables_changed.connect(self._tell)

    @property
    def place(self) -> str:
        library = self._library
        names = {each.id: each.name for each in library.environments}
        return names.get(library.active_environment) or self.tr("No environment")

    @property
    def host(self) -> str:
        address = self._address()
        return address.host if address is not None else ""

    @property
    def cookies(self) -> Sequence[Cookie]:
        jar = self._cookies.jar()
        return jar.cookies if jar is not None else ()

    @property
    def sent(self) -> Sequence[Cookie]:
        address, jar = self._address(), self._cookies.jar()
        if address is None or jar is None:
            return ()
        return jar.sent_to(secure=address.secure, host=address.host, target=address.target)

    def put(self, cookie: Cookie, instead_of: Cookie | None = None) -> None:
        jar = self._cookies.jar()
        if jar is not None:
            jar.put(cookie, instead_of)

    def remove(self, cookies: Sequence[Cookie]) -> None:
        jar = self._cookies.jar()
        if jar is not None:
            jar.remove(cookies)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def close(self) -> None:
        """Hear nothing of the jars any more."""
        self._cookies.changed.disconnect(self._tell)

    @Slot()
    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def _address(self) -> Address | None:
        try:
            return parse_address(self._talk.address_now())
        except AddressError:
            return None
