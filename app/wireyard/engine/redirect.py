"""Redirects, for who wants them followed: where an answer points, and what of the request may go there."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urljoin

import msgspec
from msgspec.structs import replace

from wireyard.domain.failure import Answer
from wireyard.domain.request import ConnectRequest, HostAddress
from wireyard.engine.address import Address, parse_address
from wireyard.engine.answer import header_of
from wireyard.engine.errors import AddressError, EngineError

_STATUSES = {301, 302, 303, 307, 308}
# What is meant for one origin only: a redirect must not carry it to another.
_PRIVATE_HEADERS = {"authorization", "cookie", "host"}

RedirectFault = Literal["leaves_tls", "too_many", "no_address"]


class RedirectError(EngineError):
    """It should be followed and can't be."""

    def __init__(self, fault: RedirectFault) -> None:
        super().__init__(fault)
        self.fault: RedirectFault = fault


class Onward(msgspec.Struct, frozen=True):
    """The next request, its address, and how many redirects led there."""

    request: ConnectRequest
    address: Address
    followed: int


def onward(request: ConnectRequest, address: Address, answer: Answer, followed: int) -> Onward | None:
    """Where the answer leads, or None where it doesn't or nobody wants to go. Raises `RedirectError`."""
    location = header_of(answer, "location")
    if not request.network.max_redirects or answer.status not in _STATUSES or not location:
        return None
    target = target_of(address, location)
    if target is None:
        raise RedirectError("no_address")
    if address.secure and not target.secure:
        raise RedirectError("leaves_tls")
    if followed >= request.network.max_redirects:
        raise RedirectError("too_many")
    return Onward(moved_to(request, address, target), target, followed + 1)


def target_of(address: Address, location: str) -> Address | None:
    """The address that a Location means from here, without user name and password; None when it is none."""
    base = address.url.replace("ws", "http", 1)  # urljoin knows no ws
    try:
        joined = urljoin(base, location.strip()).partition("#")[0]
        if "://" not in joined:
            return None
        # The address's own form holds no user name and password.
        return parse_address(parse_address(joined).url)
    except (AddressError, ValueError):
        return None


def moved_to(request: ConnectRequest, address: Address, target: Address) -> ConnectRequest:
    """The request as it goes from its address to the target."""
    headers = request.headers
    network = request.network
    tls = request.tls
    login = request.login
    is_same = (address.secure, address.host, address.port) == (target.secure, target.host, target.port)
    if not is_same:
        headers = tuple((name, value) for name, value in headers if name.lower() not in _PRIVATE_HEADERS)
        network = replace(network, resolve=_for_other_host(network.resolve), unix_socket="")
        login = None
        # Our certificate says who we are, as a password does; a pin stays, and refuses whoever is not meant.
        tls = replace(tls, server_name="", client_certificate="", client_key="", client_key_password="")
    elif address.authorization is not None and not any(name.lower() == "authorization" for name, _ in headers):
        headers = (*headers, ("Authorization", address.authorization))
    return replace(request, url=target.url, headers=headers, network=network, tls=tls, login=login)


def _for_other_host(rules: tuple[HostAddress, ...]) -> tuple[HostAddress, ...]:
    """The addresses chosen by hand, but for those of the request's own host."""
    return tuple(rule for rule in rules if rule.host)
