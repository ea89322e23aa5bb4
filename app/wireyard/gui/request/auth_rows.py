"""What the fields of each way to sign in are called and what helps to fill them in; and short words for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from wireyard.workspace.model import AuthKind, AuthSettings

Control = Literal["text", "secret", "choice", "rows", "message"]


class AuthRow(NamedTuple):
    """One field. ``is_shown`` tells from the other fields whether it makes a difference."""

    field: str
    title: str
    help: str
    control: Control = "text"
    placeholder: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_shown: Callable[[AuthSettings], bool] = lambda _auth: True


def kinds() -> list[tuple[AuthKind, str]]:
    """All ways, in the order they are offered."""
    return [
        ("inherit", _tr("Inherit")),
        ("none", _tr("None")),
        ("basic", _tr("Basic")),
        ("bearer", _tr("Bearer token")),
        ("api_key", _tr("API key")),
        ("digest", _tr("Digest")),
        ("oauth2", _tr("OAuth 2")),
        ("message", _tr("First message after open")),
    ]


def hint(kind: AuthKind) -> str:
    """What a way does, in one sentence."""
    words: dict[AuthKind, str] = {
        "inherit": _tr("As the folder or collection says."),
        "none": _tr("Nothing is added, whatever the folders say."),
        "basic": _tr("User name and password in the Authorization header. Anybody reads them where there is no TLS."),
        "bearer": _tr("A token in the Authorization header."),
        "api_key": _tr("A key under a name of its own, in a header, the query or a cookie."),
        "digest": _tr("Answers the server's challenge on a second connection. The password never crosses the line."),
        "oauth2": _tr("Gets a token before connecting, keeps it in memory, and renews it by itself."),
        "message": _tr(
            "For servers that want to be told over the open connection: sent first, also after reconnecting."
        ),
    }
    return words[kind]


def rows(kind: AuthKind) -> list[AuthRow]:
    """The fields of a way."""
    return _ROWS[kind]() if kind in _ROWS else []


def summary(auth: AuthSettings) -> str:
    """What a block says, in a few words and without anything secret."""
    title = dict(kinds())[auth.kind]
    match auth.kind:
        case "basic" | "digest":
            return _tr("{0}, as {1}").format(title, auth.user) if auth.user else title
        case "api_key":
            return _tr("{0}, {1}").format(title, auth.key_name) if auth.key_name else title
        case "oauth2":
            grant = dict(_grants())[auth.grant]
            host = _host(auth.token_url)
            return _tr("{0}, {1}, from {2}").format(title, grant, host) if host else f"{title}, {grant}"
        case _:
            return title


def _user_and_password() -> list[AuthRow]:
    return [
        AuthRow("user", _tr("User name"), ""),
        AuthRow("password", _tr("Password"), _tr("Kept as a secret when it is saved."), "secret"),
    ]


def _bearer() -> list[AuthRow]:
    return [AuthRow("token", _tr("Token"), _tr("Kept as a secret when it is saved."), "secret", "{{token}}")]


def _api_key() -> list[AuthRow]:
    places = (("header", _tr("Header")), ("query", _tr("Query")), ("cookie", _tr("Cookie")))
    return [
        AuthRow("key_name", _tr("Name"), _tr("What the server calls it."), placeholder="X-API-Key"),
        AuthRow("key", _tr("Key"), _tr("Kept as a secret when it is saved."), "secret", "{{api_key}}"),
        AuthRow("sent_in", _tr("Sent in"), "", "choice", choices=places),
    ]


def _grants() -> tuple[tuple[str, str], ...]:
    return (
        ("client_credentials", _tr("Client credentials")),
        ("authorization_code", _tr("Code, by the browser")),
        ("password", _tr("Password")),
    )


def _oauth2() -> list[AuthRow]:
    def by_browser(auth: AuthSettings) -> bool:
        return auth.grant == "authorization_code"

    def by_password(auth: AuthSettings) -> bool:
        return auth.grant == "password"

    def in_query(auth: AuthSettings) -> bool:
        return auth.sent_in == "query"

    ways = (("basic", _tr("Basic header")), ("post", _tr("In the form")))
    places = (("header", _tr("Authorization header")), ("query", _tr("Query")))
    url = "https://login.example.com/"
    return [
        AuthRow("grant", _tr("Grant"), _tr("What the token is given for."), "choice", choices=_grants()),
        AuthRow(
            "authorization_url",
            _tr("Authorization URL"),
            _tr("Opened in your browser, which comes back to a port of this computer. With PKCE."),
            placeholder=f"{url}authorize",
            is_shown=by_browser,
        ),
        AuthRow(
            "token_url",
            _tr("Token URL"),
            _tr("Asked with the proxy and the TLS settings of the request."),
            placeholder=f"{url}token",
        ),
        AuthRow("client_id", _tr("Client ID"), ""),
        AuthRow(
            "client_secret",
            _tr("Client secret"),
            _tr("Empty for a public client. Kept as a secret when it is saved."),
            "secret",
            "{{client_secret}}",
        ),
        AuthRow("client_auth", _tr("Client shows itself"), "", "choice", choices=ways),
        AuthRow("user", _tr("User name"), "", is_shown=by_password),
        AuthRow(
            "password",
            _tr("Password"),
            _tr("Kept as a secret when it is saved."),
            "secret",
            is_shown=by_password,
        ),
        AuthRow("scope", _tr("Scopes"), _tr("With blanks between them."), placeholder="openid profile"),
        AuthRow("audience", _tr("Audience"), _tr("Where the server wants one.")),
        AuthRow("sent_in", _tr("Token is sent in"), "", "choice", choices=places),
        AuthRow("key_name", _tr("Parameter"), "", placeholder="access_token", is_shown=in_query),
        AuthRow("extra", _tr("Extra parameters"), _tr("Go along to both URLs, such as resource or prompt."), "rows"),
    ]


def _message() -> list[AuthRow]:
    formats = (("json", _tr("JSON")), ("text", _tr("Text")), ("hex", _tr("Hex")))
    return [
        AuthRow("format", _tr("Format"), "", "choice", choices=formats),
        AuthRow("send_as", _tr("Sent as"), "", "choice", choices=(("text", _tr("Text")), ("binary", _tr("Binary")))),
        AuthRow(
            "body",
            _tr("Message"),
            _tr("Name secret variables: what is typed here stands in the file."),
            "message",
            '{"type": "auth", "token": "{{token}}"}',
        ),
    ]


_ROWS: dict[AuthKind, Callable[[], list[AuthRow]]] = {
    "basic": _user_and_password,
    "digest": _user_and_password,
    "bearer": _bearer,
    "api_key": _api_key,
    "oauth2": _oauth2,
    "message": _message,
}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuthPane", text)
