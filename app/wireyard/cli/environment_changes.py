"""What ``wireyard env set`` and ``unset`` write: the name into the environment's file, a secret's value elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

import click
from msgspec.structs import replace

from wireyard.cli.exits import CommandError, ExitCode
from wireyard.cli.say import never_say, say
from wireyard.cli.secret_input import read_secret, vault_of
from wireyard.cli.workspaces import Shelf, meant
from wireyard.workspace.documents import EnvironmentPair, Opened
from wireyard.workspace.errors import Conflict
from wireyard.workspace.model import EnvironmentFile, Variable
from wireyard.workspace.secrets.errors import SecretError

Change = Callable[[Variable], Variable | None]
_TRIES = 20
_STAYS_KNOWN = "The value that was in {} before is still in the history of what you share: take a new one."


def set_value(shelf: Shelf, environment: str, name: str, value: str, *, local: bool) -> None:
    """Write a plain value. Raises `click.UsageError` for a secret's name."""
    pair = shelf.workspace.read_environment(environment)
    if _is_secret(pair, name):
        raise click.UsageError(f"“{name}” is a secret: --secret sets its value. Unset it first to make it a plain one.")
    opened = pair.local if local else pair.shared
    _write(shelf, opened, name, lambda before: replace(before, value=value, off=False))
    if not local and name in pair.local.value.variables:
        say(f"On this machine the value in {pair.local.path} is used before the one set now.")


def set_secret(shelf: Shelf, environment: str, name: str, passphrase_file: Path | None, *, local: bool) -> None:
    """Write the name, then keep the value where this machine keeps secrets."""
    pair = shelf.workspace.read_environment(environment)
    value = read_secret(name)
    never_say([value])
    opened = pair.local if local else pair.shared
    before = opened.value.variables.get(name, Variable())
    _write(shelf, opened, name, lambda before: replace(before, value="", secret=True, off=False))
    if not local and name in pair.local.value.variables:
        _write(shelf, pair.local, name, _nothing)  # a plain value of this machine would be used, and read by anybody
    if before.value and not local:
        say(_STAYS_KNOWN.format(pair.shared.path))
    try:
        vault_of(shelf.setup, shelf.workspace.root, passphrase_file).keep(environment, name, value)
    except SecretError as error:
        say(f"wireyard: {error}")
        say(f"  {opened.path} says now that “{name}” is a secret; its value is kept nowhere.")
        raise CommandError(ExitCode.SECRETS) from error


def unset(shelf: Shelf, environment: str, name: str, passphrase_file: Path | None, *, local: bool) -> None:
    """Remove a variable, or only what this machine has of it. Raises `click.UsageError` where it is not there."""
    pair = shelf.workspace.read_environment(environment)
    files = [pair.local] if local else [pair.shared, pair.local]
    found = [opened for opened in files if name in opened.value.variables]
    is_secret = _is_secret(pair, name)
    if not found and not (local and is_secret):
        known = {each for opened in files for each in opened.value.variables}
        where = f"{pair.name} on this machine" if local else pair.name
        raise click.UsageError(f"{where} has no variable “{name}”.{meant(get_close_matches(name, known, 3))}")
    for opened in found:
        _write(shelf, opened, name, _nothing)
    if not is_secret:
        return
    try:
        vault_of(shelf.setup, shelf.workspace.root, passphrase_file).forget(environment, name)
    except SecretError as error:
        say(f"wireyard: {error}")
        say(f"  “{name}” is gone from the files; its value may still be kept on this machine.")
        raise CommandError(ExitCode.SECRETS) from error


def _is_secret(pair: EnvironmentPair, name: str) -> bool:
    variables = (opened.value.variables.get(name) for opened in (pair.shared, pair.local))
    return any(variable is not None and variable.secret for variable in variables)


def _nothing(before: Variable) -> Variable | None:
    """What is left of a variable that is removed."""


def _write(shelf: Shelf, opened: Opened[EnvironmentFile], name: str, change: Change) -> None:
    """Change one variable of a file; what another program wrote in between is taken first."""
    for _ in range(_TRIES):
        variables = dict(opened.value.variables)
        changed = change(variables.pop(name, Variable()))
        if changed is not None:
            # In its place: a name that is there keeps it.
            variables = {key: changed if key == name else value for key, value in opened.value.variables.items()}
            variables.setdefault(name, changed)
        try:
            shelf.workspace.save_environment(opened, replace(opened.value, variables=variables))
        except Conflict as error:
            if error.theirs is None:
                raise
            opened = error.theirs
        else:
            return
    raise Conflict(opened.path, opened)
