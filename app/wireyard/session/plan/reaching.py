"""How a saved request reaches its server: network, proxy and what happens when the connection is lost."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict, replace

from wireyard.domain.request import HostAddress, Network, Proxy, Reconnect
from wireyard.engine.hostname import ip_text
from wireyard.engine.proxy_address import ProxyAddressError, parse_proxy
from wireyard.session.plan.errors import PlanError
from wireyard.settings import model as settings
from wireyard.workspace.inheritance import Effective
from wireyard.workspace.model import NetworkSettings
from wireyard.workspace.variables.resolve import Resolver

MAX_PING_BYTES = 125  # RFC 6455 section 5.5


def network_of(whole: Effective, resolver: Resolver, defaults: settings.Network) -> Network:
    """What the request says, over the limits of the settings; the names of those fields are the same.

    Raises `WorkspaceError`, as the others do.
    """
    network = whole.network_settings()
    said = _said(network)
    limits = {name: value for name, value in said.items() if hasattr(defaults, name)}
    same = ("server_context_takeover", "client_context_takeover", "ip_version", "max_redirects", "auto_pong", "cookies")
    return replace(
        replace(defaults, **limits).for_request(),
        **{name: said[name] for name in (*same, "waiting_bytes") if name in said},
        server_window_bits=_bits(network.server_window_bits),
        client_window_bits=_bits(network.client_window_bits),
        resolve=_chosen_addresses(network, resolver),
        unix_socket=resolver.resolve(network.unix_socket or "").text.strip(),
        ping_payload=_ping_payload(network, resolver),
    )


def proxy_of(whole: Effective, resolver: Resolver) -> Proxy:
    """The proxy of the nearest level that names one."""
    if whole.proxy is None:
        return Proxy()
    said = whole.proxy.value
    mode = said.mode or "system"
    bypass = tuple(text for host in said.bypass if (text := resolver.resolve(host).text.strip()))
    if mode in ("system", "none"):
        return Proxy(mode=mode, bypass=bypass)
    address = resolver.resolve(said.address).text.strip()
    if "://" in address or "@" in address:
        raise PlanError("The proxy's address is its host and port only; its kind, user and password have own fields.")
    return Proxy(
        mode=mode,
        **_host_and_port(address),
        user=resolver.resolve(said.user).text,
        password=resolver.resolve(said.password).text,
        remote_names=said.remote_names,
        bypass=bypass,
    )


def reconnect_of(whole: Effective) -> Reconnect:
    """When a lost connection is made again."""
    said = _said(whole.reconnect_settings())
    if said.pop("endless", False):
        said["attempts"] = None
    if "jitter_percent" in said:
        said["jitter"] = said.pop("jitter_percent") / 100
    return replace(Reconnect(), **said)


def _said(block: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(block).items() if value is not None}


def _bits(said: str | None) -> int | None:
    return None if said in (None, "any") else int(said)


def _host_and_port(address: str) -> dict[str, Any]:
    if "{{" in address:  # a variable without a value: shown, and never dialled
        return {"host": address}
    try:
        found = parse_proxy(address)
    except ProxyAddressError as error:
        raise PlanError(str(error)) from error
    return {"host": found.host, "port": found.port}


def _chosen_addresses(network: NetworkSettings, resolver: Resolver) -> tuple[HostAddress, ...]:
    texts = [
        resolver.resolve(each).text.strip().removeprefix("[").removesuffix("]") for each in network.resolve_to or ()
    ]
    addresses = tuple(text for text in texts if text)
    for address in addresses:
        if "{{" not in address and ip_text(address) is None:
            raise PlanError(f"“{address}”, to which the host should resolve, is no IP address.")
    return (HostAddress(addresses=addresses),) if addresses else ()


def _ping_payload(network: NetworkSettings, resolver: Resolver) -> bytes | None:
    payload = resolver.resolve(network.ping_payload or "").text.encode("utf-8", "surrogatepass")
    if len(payload) > MAX_PING_BYTES:
        raise PlanError(f"The payload of a ping has at most {MAX_PING_BYTES} bytes; this one has {len(payload)}.")
    return payload or None
