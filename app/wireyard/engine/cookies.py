"""Cookies on the way out and in: the Cookie header of a request, and what a jar made of an answer's Set-Cookie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wireyard.domain.cookie import CookieOutcome
from wireyard.domain.request import ConnectRequest
from wireyard.engine.address import Address
from wireyard.engine.header_text import is_sendable

_MOST_NAMED = 6


def with_cookies(request: ConnectRequest, address: Address) -> tuple[tuple[str, str], ...]:
    """The person's headers with the cookies of the jar. There is one Cookie header, unless the person wrote several.

    Cookies that were written by hand go before those of the jar with the same name. Where the header is one of those
    that are not to be sent, nothing is added.
    """
    headers = request.headers
    jar = request.jar
    if jar is None or not request.network.cookies or "cookie" in map(str.lower, request.removed_headers):
        return headers
    places = [at for at, (name, _) in enumerate(headers) if name.lower() == "cookie"]
    own = {part.partition("=")[0].strip() for at in places for part in headers[at][1].split(";")}
    found = jar.cookies_for(secure=address.secure, host=address.host, target=address.target)
    kept = [f"{name}={value}" for name, value in found if name not in own and is_sendable(f"{name}={value}")]
    if not kept:
        return headers
    if not places:
        return (*headers, ("Cookie", "; ".join(kept)))
    at = places[-1]
    name, value = headers[at]
    typed = value.strip().removesuffix(";")
    return (*headers[:at], (name, "; ".join([*([typed] if typed else []), *kept])), *headers[at + 1 :])


def take_cookies(
    request: ConnectRequest, address: Address, headers: Iterable[tuple[str, str]]
) -> tuple[CookieOutcome, ...]:
    """Give the jar what an answer sets."""
    lines = [value for name, value in headers if name.lower() == "set-cookie"]
    if not lines or request.jar is None or not request.network.cookies:
        return ()
    return request.jar.take(lines, secure=address.secure, host=address.host, target=address.target)


def told(outcomes: Sequence[CookieOutcome]) -> str:
    """One line for all of them, without their values."""
    parts = [_names("kept", [each.name for each in outcomes if each.fate == "kept"])]
    parts.append(_names("deleted", [each.name for each in outcomes if each.fate == "deleted"]))
    refused = [each for each in outcomes if each.fate == "refused"]
    parts += [f"{each.name or 'one without a name'} refused: {each.why}".rstrip(".") for each in refused[:_MOST_NAMED]]
    if len(refused) > _MOST_NAMED:
        parts.append(f"{len(refused) - _MOST_NAMED:,} more refused")
    return f"Cookies: {'; '.join(part for part in parts if part)}."


def _names(fate: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more} {fate}"
