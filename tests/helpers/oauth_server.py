"""An OAuth 2 server on loopback that checks what it is sent: clients, users, codes with PKCE, refresh tokens."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

Form = dict[str, str]
Reply = tuple[str, dict[str, str], bytes]
CLIENT, SECRET, USER, PASSWORD = "wire yard", "s3:cret&", "alice", "wönder"


@dataclass
class OAuthServer:
    """What it gives and what it was asked. ``life_s`` is that of its tokens; a token in ``revoked`` counts no more."""

    port: int = 0
    scheme: str = "http"
    life_s: float | None = 3600
    gives_refresh: bool = True
    forms: list[Form] = field(default_factory=list[Form])
    logins: list[str] = field(default_factory=list[str])
    asked: list[Form] = field(default_factory=list[Form])
    tokens: list[str] = field(default_factory=list[str])
    revoked: set[str] = field(default_factory=set[str])
    refresh_tokens: set[str] = field(default_factory=set[str])
    codes: dict[str, Form] = field(default_factory=dict[str, Form])
    # Stands in for what the server would say.
    answer: Reply | None = None
    # What it does to the query with which the browser is sent back.
    spoil: Callable[[Form], Form] | None = None

    @property
    def token_url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/token"

    @property
    def authorization_url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/authorize?tenant=1"

    def takes(self, header: str) -> bool:
        """Whether an Authorization header has a token of this server's that counts."""
        token = header.removeprefix("Bearer ")
        return header.startswith("Bearer ") and token in self.tokens and token not in self.revoked

    def reply(self, method: str, target: str, headers: Form, body: str) -> Reply:
        parts = urlsplit(target)
        if method == "GET" and parts.path == "/authorize":
            return self._authorize(_form(parts.query))
        if method == "POST" and parts.path == "/token":
            self.logins.append(headers.get("authorization", ""))
            self.forms.append(_form(body))
            return self.answer or self._token(self.forms[-1], headers)
        return "404 Not Found", {"Content-Type": "text/html"}, b"<title>Nothing here</title>"

    def _authorize(self, asked: Form) -> Reply:
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        back = self.spoil(back) if self.spoil is not None else back
        return "302 Found", {"Location": f"{asked['redirect_uri']}?{urlencode(back)}"}, b""

    def _token(self, form: Form, headers: Form) -> Reply:
        if not self._is_client(form, headers):
            return _json("401 Unauthorized", {"error": "invalid_client", "error_description": "no such client"})
        grant = form.get("grant_type")
        if grant == "password" and (form.get("username"), form.get("password")) != (USER, PASSWORD):
            return _json("400 Bad Request", {"error": "invalid_grant", "error_description": "wrong password"})
        if grant == "refresh_token" and form.get("refresh_token") not in self.refresh_tokens:
            return _json("400 Bad Request", {"error": "invalid_grant"})
        if grant == "authorization_code" and not self._is_code(form):
            return _json("400 Bad Request", {"error": "invalid_grant", "error_description": "bad code or verifier"})
        if grant not in ("client_credentials", "password", "refresh_token", "authorization_code"):
            return _json("400 Bad Request", {"error": "unsupported_grant_type"})
        self.tokens.append(f"token-{len(self.tokens) + 1}-of-{grant}")
        said: dict[str, object] = {"access_token": self.tokens[-1], "token_type": "Bearer"}
        if self.life_s is not None:
            said["expires_in"] = self.life_s
        if self.gives_refresh and grant != "client_credentials":
            said["refresh_token"] = f"refresh-{len(self.tokens)}"
            self.refresh_tokens.add(f"refresh-{len(self.tokens)}")
        return _json("200 OK", said)

    def _is_client(self, form: Form, headers: Form) -> bool:
        login = headers.get("authorization", "")
        if login.startswith("Basic "):
            name, _, secret = base64.b64decode(login[6:]).decode().partition(":")
            return (unquote_plus(name), unquote_plus(secret)) == (CLIENT, SECRET)
        if "client_secret" in form:
            return (form.get("client_id"), form["client_secret"]) == (CLIENT, SECRET)
        return form.get("client_id") == "public"

    def _is_code(self, form: Form) -> bool:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or asked.get("code_challenge_method") != "S256":
            return False
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        is_proved = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        return is_proved and form.get("redirect_uri") == asked["redirect_uri"]


@contextlib.asynccontextmanager
async def oauth_server(*, ssl_context: ssl.SSLContext | None = None) -> AsyncIterator[OAuthServer]:
    running = OAuthServer(scheme="https" if ssl_context is not None else "http")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length") or "0"))
            method, target, _ = first.split(" ")
            status, extra, said = running.reply(method, target, headers, body.decode())
            rows = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in extra.items())]
            writer.write("\r\n".join([*rows, f"Content-Length: {len(said)}", "", ""]).encode() + said)
            await writer.drain()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=ssl_context)
    running.port = int(server.sockets[0].getsockname()[1])
    try:
        yield running
    finally:
        server.close()
        await server.wait_closed()


async def browse(address: str) -> str:
    """Do what a browser does with an address: follow it to the end, and give what the last page says."""
    while True:
        parts = urlsplit(address)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        writer.write(f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        said = (await reader.read()).decode()
        writer.close()
        await writer.wait_closed()
        location = next((line[10:] for line in said.split("\r\n") if line.startswith("Location: ")), "")
        if not location:
            return said
        address = location


class Browser:
    """Stands in for the system's: it is sent to addresses, and ``pages`` has what it saw last."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.pages: list[str] = []
        self.running: set[asyncio.Task[None]] = set()

    def __call__(self, address: str) -> bool:
        self.addresses.append(address)
        task = asyncio.get_running_loop().create_task(self._go(address))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return True

    async def _go(self, address: str) -> None:
        self.pages.append(await browse(address))

    async def rest(self) -> None:
        """Wait until it has seen everything."""
        if self.running:
            await asyncio.wait(list(self.running))


def _form(text: str) -> Form:
    return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}


def _json(status: str, said: dict[str, object]) -> Reply:
    return status, {"Content-Type": "application/json", "Cache-Control": "no-store"}, json.dumps(said).encode()
