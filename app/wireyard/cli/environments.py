"""``wireyard env``: the variables of environments, in their files; secrets where this machine keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wireyard.cli.options import passphrase_option, profile_folder, profile_option, workspace_folder, workspace_option

if TYPE_CHECKING:
    from wireyard.cli.workspaces import Shelf


@click.group("env", help="List, set and unset the variables of environments.", no_args_is_help=True)
@profile_option
@workspace_option
def command() -> None:
    """Take the folders."""


@command.command("list", help="List the environments, or the variables of one with their sources.")
@click.argument("environment", required=False, metavar="[ENV]")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@profile_option
@workspace_option
def list_command(environment: str | None, as_json: bool) -> int:
    """Print the list."""
    from wireyard.cli.environment_lists import print_environments, print_variables
    from wireyard.cli.setup import prepare
    from wireyard.cli.workspaces import opened

    with opened(prepare(profile_folder()), workspace_folder()) as shelf:
        if environment is None:
            return print_environments(shelf, as_json)
        return print_variables(shelf, shelf.environment(environment).id, as_json)


@command.command("set", help="Give a variable its value. A secret's value comes from the terminal or stdin.")
@click.argument("environment", metavar="ENV")
@click.argument("name", metavar="NAME")
@click.argument("value", required=False, metavar="[VALUE]")
@click.option("--local", is_flag=True, help="Only for this machine: in the file that git ignores.")
@click.option("--secret", is_flag=True, help="The file gets the name only; give no VALUE.")
@click.option("--create", is_flag=True, help="Make the environment when it is not there.")
@passphrase_option
@profile_option
@workspace_option
def set_command(
    environment: str,
    name: str,
    value: str | None,
    local: bool,
    secret: bool,
    create: bool,
    passphrase_file: Path | None,
) -> int:
    """Write one variable."""
    from wireyard.cli.environment_changes import set_secret, set_value

    if secret and value is not None:
        raise click.UsageError("A secret's value is not given as an argument: it is read from the terminal or stdin.")
    if not secret and value is None:
        raise click.UsageError("VALUE is missing. (With --secret it is read from the terminal or stdin.)")
    _check_name(name)
    with _opened() as shelf:
        at = _environment(shelf, environment, create)
        if value is not None:
            set_value(shelf, at, name, value, local=local)
        else:
            set_secret(shelf, at, name, passphrase_file, local=local)
    return 0


@command.command("unset", help="Remove a variable: its shared value, its value on this machine, and its secret.")
@click.argument("environment", metavar="ENV")
@click.argument("name", metavar="NAME")
@click.option("--local", is_flag=True, help="Remove only the value of this machine.")
@passphrase_option
@profile_option
@workspace_option
def unset_command(environment: str, name: str, local: bool, passphrase_file: Path | None) -> int:
    """Remove one variable."""
    from wireyard.cli.environment_changes import unset

    with _opened() as shelf:
        unset(shelf, shelf.environment(environment).id, name, passphrase_file, local=local)
    return 0


def _opened():
    from wireyard.cli.setup import prepare
    from wireyard.cli.workspaces import opened

    return opened(prepare(profile_folder()), workspace_folder())


def _environment(shelf: Shelf, wanted: str, create: bool) -> str:
    try:
        return shelf.environment(wanted).id
    except click.UsageError as error:
        if not create or shelf.is_environment(wanted):
            hint = "" if create else " --create makes it."
            raise click.UsageError(f"{error.message}{hint}") from None
        return shelf.workspace.create_environment(wanted)


def _check_name(name: str) -> None:
    from wireyard.workspace.variables.template import is_name

    if not is_name(name):
        raise click.BadParameter(
            f"“{name}” can't be a variable's name: letters, digits, “_”, “-” and “.” can.", param_hint="NAME"
        )
