"""The authorization code of OAuth 2, fetched by a person in their own browser (RFC 6749 section 4.1, RFC 8252).

The browser comes back to a port of this machine that is open for that one answer. ``state`` ties the answer to the
question, and PKCE (RFC 7636) makes the code useless for whoever else may see it.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from wireyard.domain.auth import OAuthLogin
from wireyard.engine.refusal import SignInError

BROWSER_WAIT_S = 300.0
_HOST = "127.0.0.1"
_PATH = "/callback"
_MAX_HEAD_BYTES = 32 * 1024
_READ_WAIT_S = 5.0

# Shows an address to the person, in a browser or in words. Answers whether that could be done.
ShowAddress = Callable[[str], bool]


class Code(NamedTuple):
    """What the browser brought, and what the token endpoint wants to see with it."""

    code: str
    redirect_uri: str
    verifier: str


async def fetch_code(login: OAuthLogin, show: ShowAddress, *, wait_s: float = BROWSER_WAIT_S) -> Code:
    """Send the person to the authorization address and wait for the answer. Raises `SignInError`.

    The port is closed again when this ends, however it ends.
    """
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    answered: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()
    listener = _Listener(answered)
    server = await asyncio.start_server(listener.serve, _HOST, 0, limit=_MAX_HEAD_BYTES)
    try:
        redirect_uri = f"http://{_HOST}:{server.sockets[0].getsockname()[1]}{_PATH}"
        listener.state = state
        address = authorization_address(login, redirect_uri, state, verifier)
        show(address)
        try:
            async with asyncio.timeout(wait_s):
                said = await answered
        except TimeoutError as error:
            facts = {"auth_fault": "browser", "seconds": f"{wait_s:g}"}
            raise SignInError(facts, f"Nobody came back from {address}") from error
    finally:
        server.close()
        await listener.end()
    return Code(_checked(said, state), redirect_uri, verifier)


def authorization_address(login: OAuthLogin, redirect_uri: str, state: str, verifier: str) -> str:
    """Where the person signs in; what the address has of a query already stays."""
    asked = [
        ("response_type", "code"),
        ("client_id", login.client_id),
        ("redirect_uri", redirect_uri),
        *([("scope", login.scope)] if login.scope else []),
        ("state", state),
        ("code_challenge", challenge_of(verifier)),
        ("code_challenge_method", "S256"),
        *([("audience", login.audience)] if login.audience else []),
        *login.extra,
    ]
    address = login.authorization_url.partition("#")[0]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def challenge_of(verifier: str) -> str:
    """S256 (RFC 7636 section 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")


def _checked(said: dict[str, str], state: str) -> str:
    """The code, if the answer is one to our question."""
    if not hmac.compare_digest(said.get("state", "").encode(), state.encode()):
        raise SignInError({"auth_fault": "state"})
    if error := said.get("error", ""):
        facts = {"auth_fault": "denied", "error": error[:200]}
        raise SignInError(facts | ({"description": text[:200]} if (text := said.get("error_description", "")) else {}))
    if not said.get("code"):
        raise SignInError({"auth_fault": "no_code"})
    return said["code"]


class _Listener:
    """Answers browsers until one of them brings what is waited for."""

    def __init__(self, answered: asyncio.Future[dict[str, str]]) -> None:
        self._answered = answered
        self._serving: set[asyncio.Task[None]] = set()
        self.state = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            async with asyncio.timeout(_READ_WAIT_S):
                head = await reader.readuntil(b"\r\n\r\n")
            writer.write(self._answer(head))
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # no browser, or one that changed its mind: somebody else may come
        finally:
            self._serving.discard(task)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def end(self) -> None:
        """Let those that are being answered finish, for a moment."""
        if self._serving:
            _, pending = await asyncio.wait(list(self._serving), timeout=0.1)
            for task in pending:
                task.cancel()
            if pending:
                await asyncio.wait(pending)

    def _answer(self, head: bytes) -> bytes:
        method, _, rest = head.decode("latin-1").partition(" ")
        target = urlsplit(rest.partition(" ")[0])
        if method != "GET" or target.path != _PATH:
            return _page("404 Not Found", "Nothing is here", "Wireyard waits for the answer to a sign-in.")
        said = {name: values[0] for name, values in parse_qs(target.query).items()}
        if not self._answered.done():
            self._answered.set_result(said)
        try:
            _checked(said, self.state)
        except SignInError:
            return _page("400 Bad Request", "Not signed in", "Wireyard tells what went wrong. This page can be closed.")
        return _page("200 OK", "Signed in", "Go back to Wireyard. This page can be closed.")


def _page(status: str, title: str, text: str) -> bytes:
    body = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<body style="font-family: system-ui, sans-serif; margin: 4rem auto; max-width: 28rem">'
        f"<h1>{title}</h1><p>{text}</p></body></html>"
    ).encode()
    head = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode("ascii") + body
