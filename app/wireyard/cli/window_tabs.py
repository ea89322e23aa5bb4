"""What the window opens with an address and options of connecting: an untitled request in which they are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec.structs import replace

from wireyard.cli.connect_options import ConnectOptions, connect_options
from wireyard.settings.tabs import SavedTab
from wireyard.workspace.model import AuthSettings, Field, NetworkSettings, RequestFile, TlsSettings
from wireyard.workspace.query import split_address


@click.command("wireyard")
@connect_options
def _window(**given: Any) -> ConnectOptions:
    return ConnectOptions(**given)


def window_tabs(urls: Sequence[str], words: Sequence[str]) -> list[SavedTab]:
    """A tab for each address, with what the options say filled in. Raises `click.UsageError`."""
    options: ConnectOptions = _window.main(list(words), prog_name="wireyard", standalone_mode=False)
    if options.cookie_files:
        words = "The window takes cookies as NAME=VALUE; a file of them is for record and probe."
        raise click.BadParameter(words, param_hint="-b")
    request = RequestFile(
        headers=tuple(
            Field(name=name, value=value) for name, value in (*options.own_headers(), *options.cookie_headers())
        ),
        auth=_auth(options),
        removed_headers=options.removed_headers() or None,
        subprotocols=tuple(options.subprotocols) or None,
        tls=TlsSettings(
            ca_file=_path(options.cacert),
            client_certificate=_path(options.cert),
            client_key=_path(options.key),
            client_key_password=options.key_password,
        ),
        network=NetworkSettings(
            open_timeout_s=options.connect_timeout,
            max_message_bytes=options.max_size,
            compression=False if options.no_compression else None,
        ),
    )
    return [_tab(url, request, options) for url in urls]


def _auth(options: ConnectOptions) -> AuthSettings:
    if options.bearer is not None:
        return AuthSettings(kind="bearer", token=options.bearer)
    if options.user is None:
        return AuthSettings()
    user, password = options.login_pair()
    return AuthSettings(kind="digest" if options.digest else "basic", user=user, password=password)


def _tab(url: str, request: RequestFile, options: ConnectOptions) -> SavedTab:
    base, params = split_address(url.strip())
    request = replace(request, url=base, params=params)
    return SavedTab(url=url, draft_request=msgspec.to_builtins(request), skip_verify=options.insecure)


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())
