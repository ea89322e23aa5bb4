"""What the window opens with an address and options of connecting: an untitled request in which they are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from wireyard.cli.connect_options import ConnectOptions, connect_options
from wireyard.domain.request import HostAddress, Network, Proxy
from wireyard.settings.tabs import SavedTab
from wireyard.workspace.model import AuthSettings, Field, NetworkSettings, ProxySettings, RequestFile, TlsSettings
from wireyard.workspace.query import split_address


@click.command("wireyard")
@connect_options
def _read(**given: Any) -> ConnectOptions:
    return ConnectOptions(**given)


# Reads the options as `record` does.
COMMAND: click.Command = _read


def window_tabs(urls: Sequence[str], words: Sequence[str]) -> list[SavedTab]:
    """A tab for each address, with what the options say filled in. Raises `click.UsageError`."""
    options: ConnectOptions = COMMAND.main(list(words), prog_name="wireyard", standalone_mode=False)
    if options.cookie_files:
        words = "The window takes cookies as NAME=VALUE; a file of them is for record and probe."
        raise click.BadParameter(words, param_hint="-b")
    tabs = [_tab(url, options) for url in urls]
    _check_hosts(urls, options)
    return tabs


def _tab(url: str, options: ConnectOptions) -> SavedTab:
    base, params = split_address(url.strip())
    request = RequestFile(
        url=base,
        params=params,
        headers=tuple(
            Field(name=name, value=value) for name, value in (*options.own_headers(), *options.cookie_headers())
        ),
        auth=_auth(options),
        removed_headers=options.removed_headers() or None,
        subprotocols=tuple(options.subprotocols) or None,
        tls=_tls(options),
        network=_network(url, options),
        proxy=_proxy(options),
    )
    return SavedTab(url=url, draft_request=msgspec.to_builtins(request), skip_verify=options.insecure)


def _tls(options: ConnectOptions) -> TlsSettings:
    return TlsSettings(
        ca_file=_path(options.cacert),
        client_certificate=_path(options.cert),
        client_key=_path(options.key),
        client_key_password=options.key_password,
        pinned_sha256=options.pin,
        server_name=options.server_name,
        minimum_version="1.3" if options.tls13 else "1.2" if options.tls12 else None,
        alpn=() if options.no_alpn else None,
    )


def _network(url: str, options: ConnectOptions) -> NetworkSettings:
    made = options.network(Network())
    addresses = tuple(number for each in made.resolve if _is_for(each, url) for number in each.addresses)
    return NetworkSettings(
        open_timeout_s=options.connect_timeout,
        max_message_bytes=options.max_size,
        compression=False if options.no_compression else None,
        ip_version=made.ip_version if options.ipv4 or options.ipv6 else None,
        resolve_to=addresses or None,
        unix_socket=None if options.unix_socket is None else str(Path(options.unix_socket).absolute()),
        max_redirects=made.max_redirects if options.location else None,
    )


def _proxy(options: ConnectOptions) -> ProxySettings:
    if options.proxy is None and options.noproxy is None:
        return ProxySettings()
    made = options.through(Proxy())
    host = f"[{made.host}]" if ":" in made.host else made.host
    return ProxySettings(
        mode=made.mode,
        address=f"{host}:{made.port}" if made.host else "",
        user=made.user,
        password=made.password,
        remote_names=made.remote_names,
        bypass=made.bypass,
    )


def _check_hosts(urls: Sequence[str], options: ConnectOptions) -> None:
    """A request of the window knows other addresses for its own host only."""
    for each in options.network(Network()).resolve:
        if not any(_is_for(each, url) for url in urls):
            words = f"“{each.host}:{each.port}” is the host of none of the addresses."
            raise click.BadParameter(words, param_hint="--resolve")


def _is_for(address: HostAddress, url: str) -> bool:
    from wireyard.engine.address import parse_address
    from wireyard.engine.errors import AddressError

    try:
        target = parse_address(url)
    except AddressError:
        return address.host == "*"
    is_host = address.host == "*" or address.host.casefold() == target.host.casefold()
    return is_host and address.port in (0, target.port)


def _auth(options: ConnectOptions) -> AuthSettings:
    if options.bearer is not None:
        return AuthSettings(kind="bearer", token=options.bearer)
    if options.user is None:
        return AuthSettings()
    user, password = options.login_pair()
    return AuthSettings(kind="digest" if options.digest else "basic", user=user, password=password)


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())
