"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Folders:
    """What ``--profile`` and ``--workspace`` said, before the command's name or after it; after it counts."""

    profile: Path | None = None
    workspace: Path | None = None


def profile_option(function: F) -> F:
    """Add ``--profile``. The command finds its value with `profile_folder`."""
    return click.option(
        "--profile",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_take_profile,
        help="Keep settings and sessions in DIR.",
    )(function)


def workspace_option(function: F) -> F:
    """Add ``--workspace``. The command finds its value with `workspace_folder`."""
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_take_workspace,
        help="Use the workspace in DIR, not the profile's own.",
    )(function)


def passphrase_option(function: F) -> F:
    """Add ``--passphrase-file``."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Where there is no keyring: the passphrase of the encrypted secrets, in FILE's first line.",
    )(function)


def profile_folder() -> Path | None:
    """The folder that was given, or None for the user's own."""
    return _folders(click.get_current_context()).profile


def workspace_folder() -> Path | None:
    """The folder that was given, or None for the profile's own workspace."""
    return _folders(click.get_current_context()).workspace


def _take_profile(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _folders(ctx).profile = value


def _take_workspace(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _folders(ctx).workspace = value


def _folders(ctx: click.Context) -> Folders:
    return ctx.ensure_object(Folders)
