"""Secrets kept out of what leaves the program: exports, window titles, stderr and crash reports.

Hidden are the values of Authorization, Proxy-Authorization, Cookie and Set-Cookie headers, the user information of
an address, and the values of query parameters named token, key, secret, password or access_token. Payloads and close
reasons are the evidence, and what is secret in them only their owner knows: in them, and everywhere else, the values of
secret variables are hidden, and nothing but these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote_plus

import msgspec

from wireyard.domain.event import Closed, Event, Failed, Headers, Message, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.session import SessionInfo
from wireyard.exchange.redact_values import hide_in_event, hide_in_info
from wireyard.exchange.secret_values import HIDDEN, NO_SECRETS, SecretValues

SECRET_HEADERS = ("Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie")
SECRET_PARAMETERS = ("token", "key", "secret", "password", "access_token")
USER_INFO = "user name and password in the address"
SECRET_VALUE = "values of secret variables"

Found = Callable[[str], None]


class Redaction:
    """Hides secrets in events as they pass, and remembers what it hid. With ``hide`` off all pass untouched.

    ``secrets`` are values to be hidden wherever they stand; for a session that goes on more can come to be known.
    """

    def __init__(self, hide: bool = True, secrets: Iterable[str] = ()) -> None:
        self.hide = hide
        self._hidden: dict[str, None] = {}
        self._values = NO_SECRETS
        self.knows_secrets = False  # and hides them; an attribute, for it is asked for every message
        self.know(secrets)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What has been hidden so far, each once, in the order it was met: "Authorization", "token in the address"."""
        return tuple(self._hidden)

    @property
    def shown_secrets(self) -> tuple[str, ...]:
        """The values that are secret and not hidden, where nothing is."""
        return () if self.hide else self._values.values

    def know(self, secrets: Iterable[str]) -> None:
        """Hide these values too, from now on."""
        known = self._values.values
        if new := [value for value in secrets if value and value not in known]:
            self._values = SecretValues((*known, *new))
            self.knows_secrets = self.hide

    def info(self, info: SessionInfo) -> tuple[SessionInfo, tuple[str, ...]]:
        """Hide secrets in the head of a session; also say which."""
        if not self.hide:
            return info, ()
        names: dict[str, None] = {}
        found = names.setdefault
        shown = msgspec.structs.replace(info, url=_in_url(info.url, found), name=_in_text(info.name, found))
        if self.knows_secrets:
            before, shown = shown, hide_in_info(shown, self._values)
            if shown != before:
                found(SECRET_VALUE)
        return shown, self._remember(names)

    def text(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Hide secrets in something that a person wrote about a session; also say which."""
        if not self.hide:
            return text, ()
        names: dict[str, None] = {}
        shown = _in_text(text, names.setdefault)
        if self.knows_secrets:
            before, shown = shown, self._values.in_address(shown)
            if shown != before:
                names[SECRET_VALUE] = None
        return shown, self._remember(names)

    def event(self, event: Event) -> tuple[Event, tuple[str, ...]]:
        """Hide secrets in one event; also say which. An event without secrets comes back as it is."""
        if not self.hide:
            return event, ()
        names: dict[str, None] = {}
        shown = _redact_event(event, names.setdefault)
        if self.knows_secrets:
            before, shown = shown, hide_in_event(shown, self._values)
            if shown is not before:
                names[SECRET_VALUE] = None
        return (shown, self._remember(names)) if names else (event, ())

    def _remember(self, names: dict[str, None]) -> tuple[str, ...]:
        self._hidden.update(names)
        return tuple(names)


def redact_url(text: str, values: SecretValues = NO_SECRETS) -> str:
    """Hide the secrets of an address as it was typed, with or without its scheme, or of a request target."""
    return values.in_address(_in_url(text, _ignore))


def redact_text(text: str, values: SecretValues = NO_SECRETS) -> str:
    """Hide the secrets of addresses and header lines inside any text, such as a message of an exception."""
    return values.in_address(_in_text(text, _ignore))


# Any type of the events that can hold a secret; the others are passed by at once.
def _redact_event(event: Event, found: Found) -> Event:
    replace = msgspec.structs.replace
    match event:
        case Message():
            return replace(event, note=_in_text(event.note, found)) if event.note else event
        case Opened():
            return replace(
                event,
                url=_in_url(event.url, found),
                request_target=_in_url(event.request_target, found),
                request_headers=_in_headers(event.request_headers, found),
                headers=_in_headers(event.headers, found),
            )
        case Step():
            return replace(event, detail=_in_text(event.detail, found))
        case Closed():
            return replace(event, cause=_in_text(event.cause, found))
        case Failed():
            return replace(event, failure=_in_failure(event.failure, found))
        case Note():
            return replace(event, text=_in_text(event.text, found))
        case _:
            return event


def _in_failure(failure: Failure, found: Found) -> Failure:
    return msgspec.structs.replace(
        failure,
        technical=_in_text(failure.technical, found),
        facts={name: _in_fact(name, value, found) for name, value in failure.facts.items()},
        answer=None if failure.answer is None else _in_answer(failure.answer, found),
    )


def _in_fact(name: str, value: str, found: Found) -> str:
    secret = _SECRET_HEADERS_BY_NAME.get(name.lower())
    if secret is not None and value:
        found(secret)
        return HIDDEN
    return _in_url(value, found) if name in ("url", "location", "target", "path") else _in_text(value, found)


def _in_answer(answer: Answer, found: Found) -> Answer:
    # The raw answer repeats the headers; its body stays as it came.
    head, gap, body = answer.raw.partition(b"\r\n\r\n")
    return msgspec.structs.replace(
        answer,
        headers=_in_headers(answer.headers, found),
        raw=_in_text(head.decode("latin-1"), found).encode("latin-1") + gap + body,
    )


def _in_headers(headers: Headers, found: Found) -> Headers:
    return tuple((name, _in_header(name, value, found)) for name, value in headers)


def _in_header(name: str, value: str, found: Found) -> str:
    lower = name.strip().lower()
    secret = _SECRET_HEADERS_BY_NAME.get(lower)
    if secret is None:
        return _in_url(value, found) if lower in _ADDRESS_HEADERS else _in_text(value, found)
    if not value or value == HIDDEN:
        return value
    found(secret)
    return HIDDEN


def _in_url(text: str, found: Found) -> str:
    """The whole text is one address: its parts end only where RFC 3986 ends them."""
    if "@" in text:
        text = _USER_INFO.sub(lambda match: _hide_user_info(match, found), text)
    return _hide_parameters(text, _VALUE_IN_URL, found)


def _in_text(text: str, found: Found) -> str:
    if "://" in text and "@" in text:
        text = _USER_INFO_IN_TEXT.sub(lambda match: _hide_user_info(match, found), text)
    text = _HEADER_LINE.sub(lambda match: _hide_header_line(match, found), text)
    return _hide_parameters(text, _VALUE_IN_TEXT, found)


def _hide_user_info(match: re.Match[str], found: Found) -> str:
    before, secret = match.group("before") or "", match.group("secret")
    if not secret or secret == HIDDEN:
        return match.group()
    found(USER_INFO)
    return f"{before}{HIDDEN}@"


def _hide_header_line(match: re.Match[str], found: Found) -> str:
    if match.group("secret").startswith(HIDDEN):
        return match.group()
    found(_SECRET_HEADERS_BY_NAME[match.group("name").lower()])
    return match.group("before") + HIDDEN


def _hide_parameters(text: str, value: re.Pattern[str], found: Found) -> str:
    if "=" not in text:
        return text
    parts: list[str] = []
    done = 0
    for match in _PARAMETER_NAME.finditer(text):
        name = unquote_plus(match.group(1)).strip().lower()
        if match.start() < done or name not in SECRET_PARAMETERS:
            continue
        secret = value.match(text, match.end())
        if secret is None or secret.group() == HIDDEN:
            continue
        found(f"{name} in the address")
        parts += (text[done : match.end()], HIDDEN)
        done = secret.end()
    parts.append(text[done:])
    return "".join(parts)


def _ignore(name: str) -> None:
    """Take the name of what was hidden and do nothing with it."""


_SECRET_HEADERS_BY_NAME = {name.lower(): name for name in SECRET_HEADERS}
_ADDRESS_HEADERS = frozenset({"location", "content-location", "referer", "origin"})

# Up to the last @ before the path: a password may hold an @ that was not escaped.
_USER_INFO = re.compile(
    r"\A(?P<before>\s*+(?:[A-Za-z][A-Za-z0-9+.-]*+:)?//|\s*+(?![A-Za-z][A-Za-z0-9+.-]*+://))(?P<secret>[^/?#]*)@"
)
_USER_INFO_IN_TEXT = re.compile(r"(?P<before>(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*+://)(?P<secret>[^/?#\s\"<>]*)@")
# Header lines, and headers in the ways Python prints them.
_HEADER_LINE = re.compile(
    r"(?P<before>(?P<name>proxy-authorization|authorization|set-cookie|cookie)(?:[\"']?\s*:\s*|[\"']\s*[,=]\s*))"
    r"(?P<secret>[^\r\n]+)",
    re.IGNORECASE,
)
_PARAMETER_NAME = re.compile(r"(?<=[?&;#])([^=&#;?\"<>]{1,100})=")
_VALUE_IN_URL = re.compile(r"[^&#]+")
_VALUE_IN_TEXT = re.compile(r"[^&#\s\"<>]+")
