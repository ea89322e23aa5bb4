"""The request that a remedy leads to: what a front end connects to when somebody takes it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from wireyard.domain.request import ConnectRequest
from wireyard.session.wording.model import Remedy

_SCHEME = re.compile(r"\s*(?:(?:wss?|https?)://)?", re.IGNORECASE)


def remedied(request: ConnectRequest, remedy: Remedy) -> ConnectRequest | None:
    """The changed request, the same one where the remedy is to try again, or None where it is not about connecting."""
    network = request.network
    match remedy.id:
        case "retry" | "reconnect":
            return request
        case "use_ws":
            return replace(request, url=_with_scheme(request.url, "ws"))
        case "use_wss":
            return replace(request, url=_with_scheme(request.url, "wss"))
        case "follow":
            return replace(request, url=remedy.value)
        case "skip_verify":
            return replace(request, tls=replace(request.tls, verify=False))
        case "wait_longer":
            return replace(request, network=replace(network, open_timeout_s=float(remedy.value)))
        case "raise_limit":
            return replace(request, network=replace(network, max_message_bytes=int(remedy.value)))
        case "compression_off" | "compression_on":
            return replace(request, network=replace(network, compression=remedy.id == "compression_on"))
        case "use_subprotocol":
            return replace(request, subprotocols=(remedy.value,))
        case "offer_no_subprotocol":
            return replace(request, subprotocols=())
        case "edit_url" | "copy_answer" | "copy_technical" | "save_elsewhere":
            return None


def _with_scheme(url: str, scheme: str) -> str:
    return _SCHEME.sub(f"{scheme}://", url, count=1)
