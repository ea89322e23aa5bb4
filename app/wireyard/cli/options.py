"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class ProfileContext:
    """What ``--profile`` said, before the command's name or after it; after it counts."""

    folder: Path | None = None


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


def profile_folder() -> Path | None:
    """The folder that was given, or None for the user's own."""
    return click.get_current_context().ensure_object(ProfileContext).folder


def _take_profile(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.ensure_object(ProfileContext).folder = value
