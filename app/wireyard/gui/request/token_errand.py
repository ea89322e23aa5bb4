"""Gets, renews and forgets the token of a request's OAuth 2, and tells in words how it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from wireyard.domain.auth import OAuthLogin
from wireyard.domain.request import ConnectRequest
from wireyard.engine.refusal import SignInError
from wireyard.gui.bridge import Tasks
from wireyard.gui.services import Services
from wireyard.session.auth.sign_in import auth_failure
from wireyard.session.auth.tokens import Token
from wireyard.session.wording import words
from wireyard.session.wording.phrases import duration
from wireyard.workspace.errors import WorkspaceError

Kind = Literal["none", "asking", "browser", "held", "ended", "fault"]


class TokenState(NamedTuple):
    """How it stands, in words."""

    kind: Kind
    words: str


class TokenErrand(QObject):
    """``plan`` makes the request that would be dialled, with its login; it may raise `WorkspaceError`.

    ``changed`` follows whatever `state` says otherwise, but for time that goes by.
    """

    changed = Signal()

    def __init__(self, services: Services, plan: Callable[[], ConnectRequest], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sign_in = services.sign_in
        self._host = services.host
        self._plan = plan
        self._tasks = Tasks(self)
        self._task: asyncio.Task[None] | None = None
        self._address = ""
        self._fault = ""
        self._login: OAuthLogin | None = None

    @property
    def address(self) -> str:
        """Where a person is to sign in, while that is waited for."""
        return self._address

    @property
    def is_running(self) -> bool:
        return self._task is not None

    @property
    def state(self) -> TokenState:
        if self._task is not None:
            if self._address:
                return TokenState("browser", self.tr("Waiting for you to sign in in the browser…"))
            return TokenState("asking", self.tr("Asking for a token…"))
        if self._fault:
            return TokenState("fault", self._fault)
        token = self._sign_in.tokens.of(self._login) if self._login is not None else None
        return TokenState("none", self.tr("No token yet. Connect gets one.")) if token is None else self._held(token)

    def look_again(self) -> None:
        """The request says something else now, or it may: what is kept for it may be another token."""
        try:
            login = self._plan().login
        except WorkspaceError:
            login = None
        login = login if isinstance(login, OAuthLogin) else None
        if login != self._login:
            self._login, self._fault = login, ""
        self.changed.emit()

    def get(self) -> None:
        """Get a token, or another one in the place of the one that is there."""
        if self._task is not None:
            return
        self._fault = ""
        try:
            request = self._plan()
        except WorkspaceError as error:
            self._end(str(error))
            return
        if isinstance(request.login, OAuthLogin):
            self._login = request.login
            self._task = self._tasks.spawn(self._run(request, request.login))
            self.changed.emit()

    def cancel(self) -> None:
        """Give up."""
        if self._task is not None:
            self._task.cancel()

    def forget(self) -> None:
        """Let the token go, so that the next connect gets another one."""
        if self._login is not None:
            self._sign_in.tokens.forget(self._login)
        self._fault = ""
        self.changed.emit()

    async def _run(self, request: ConnectRequest, login: OAuthLogin) -> None:
        fault = ""
        try:
            await self._host.run(lambda: self._sign_in.another(request, login, self._show))
        except SignInError as error:
            said = words(auth_failure(error))
            fault = f"{said.title}. {said.explanation}".strip()
        finally:
            self._end(fault)

    def _show(self, address: str) -> bool:
        if not isValid(self):
            return False
        self._address = address
        self.changed.emit()
        return self._sign_in.show(address)

    def _end(self, fault: str) -> None:
        if not isValid(self):
            return  # the pane is gone by now
        self._task, self._address, self._fault = None, "", fault
        self.changed.emit()

    def _held(self, token: Token) -> TokenState:
        if token.expires_at is None:
            return TokenState("held", self.tr("Token is there; the server did not say how long it holds."))
        left_s = token.expires_at - self._sign_in.tokens.now()
        renewal = self.tr(" It is renewed by itself.") if token.refresh else ""
        if left_s <= 0:
            return TokenState("ended", self.tr("The token has ended.") + renewal)
        return TokenState("held", self.tr("Token holds for {0}.").format(duration(left_s)) + renewal)
