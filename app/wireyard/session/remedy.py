"""The request that a remedy leads to: what a front end connects to when somebody takes it."""

from __future__ import annotations

import re
from typing import Literal

from msgspec.structs import replace

from wireyard.domain.request import ConnectRequest, Network, Proxy, Tls
from wireyard.engine.address import parse_address
from wireyard.engine.errors import AddressError
from wireyard.engine.redirect import moved_to
from wireyard.session.wording.model import Remedy, RemedyId

RequestPart = Literal["proxy", "proxy_user", "auth", "headers", "tls", "network"]

# Everything before the path, and what is then replaced: path and query.
_AUTHORITY = re.compile(r"^(\s*(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*).*$", re.DOTALL)
# What is set by hand, and in which part of the request.
_PARTS: dict[RemedyId, RequestPart] = {
    "edit_proxy": "proxy",
    "sign_in_to_proxy": "proxy_user",
    "open_auth": "auth",
    "edit_headers": "headers",
    "client_certificate": "tls",
    "edit_network": "network",
}
_SCHEME = re.compile(r"\s*(?:(?:wss?|https?)://)?", re.IGNORECASE)


def remedied(request: ConnectRequest, remedy: Remedy) -> ConnectRequest | None:
    """The changed request, the same one where the remedy is to try again, or None where it is not about connecting."""
    match remedy.id:
        case "retry" | "reconnect" | "auto_reconnect":
            return request  # reconnecting is no part of it
        case "use_ws" | "use_wss" | "follow" | "use_path":
            return _elsewhere(request, remedy)
        case "no_proxy":
            return replace(request, proxy=Proxy(mode="none"))
        case "skip_verify" | "pin" | "unpin" | "use_server_name" | "older_tls":
            return replace(request, tls=_trusting(request.tls, remedy))
        case "wait_longer" | "raise_limit" | "keepalive" | "compression_off" | "compression_on":
            return replace(request, network=_over_network(request.network, remedy))
        case "use_subprotocol":
            return replace(request, subprotocols=(remedy.value,))
        case "offer_no_subprotocol":
            return replace(request, subprotocols=())
        # See `part_of`.
        case "edit_proxy" | "sign_in_to_proxy" | "open_auth" | "edit_headers" | "client_certificate" | "edit_network":
            return None
        case "edit_url" | "retry_after" | "edit_setting" | "copy_answer" | "copy_technical" | "save_elsewhere":
            return None


def part_of(remedy: Remedy) -> RequestPart | None:
    """The part of the request that a front end opens for this remedy, None where there is nothing to fill in."""
    return _PARTS.get(remedy.id)


def _over_network(network: Network, remedy: Remedy) -> Network:
    match remedy.id:
        case "wait_longer":
            return replace(network, open_timeout_s=float(remedy.value))
        case "raise_limit":
            return replace(network, max_message_bytes=int(remedy.value))
        case "keepalive":
            return replace(network, ping_interval_s=float(remedy.value))
        case _:
            return replace(network, compression=remedy.id == "compression_on")


def _trusting(tls: Tls, remedy: Remedy) -> Tls:
    match remedy.id:
        case "skip_verify":
            return replace(tls, verify=False)
        case "use_server_name":
            return replace(tls, server_name=remedy.value)
        case "older_tls":
            return replace(tls, minimum_version="1.2")
        case _:
            return replace(tls, pinned_sha256=remedy.value)


def _elsewhere(request: ConnectRequest, remedy: Remedy) -> ConnectRequest:
    """The request for another address."""
    match remedy.id:
        case "follow":
            return _followed(request, remedy.value)
        case "use_path":
            return replace(request, url=_AUTHORITY.sub(lambda found: found[1] + remedy.value, request.url, count=1))
        case _:
            return replace(request, url=_with_scheme(request.url, remedy.id.removeprefix("use_")))


def _followed(request: ConnectRequest, url: str) -> ConnectRequest:
    """The request for where a server points, without what is meant for that server only."""
    try:
        return moved_to(request, parse_address(request.url), parse_address(url))
    except AddressError:
        return replace(request, url=url)


def _with_scheme(url: str, scheme: str) -> str:
    return _SCHEME.sub(f"{scheme}://", url, count=1)
