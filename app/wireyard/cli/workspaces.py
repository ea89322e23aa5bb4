"""The workspace that a command works on: opened, its requests and environments found, and its errors put into words."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import click

from wireyard.cli.exits import CommandError, ExitCode
from wireyard.cli.finding import matching, near
from wireyard.cli.say import say
from wireyard.cli.setup import Setup
from wireyard.session.plan.errors import PlanError
from wireyard.workspace.errors import NameFault, WorkspaceError
from wireyard.workspace.samples import make_default
from wireyard.workspace.secrets.errors import SecretError
from wireyard.workspace.tree import EnvironmentLine, Item, Tree
from wireyard.workspace.variables.errors import UndefinedVariable, VariableError
from wireyard.workspace.workspace import Workspace


class Shelf:
    """One workspace, read once."""

    def __init__(self, setup: Setup, workspace: Workspace) -> None:
        self.setup = setup
        self.workspace = workspace

    @cached_property
    def tree(self) -> Tree:
        """What is in it."""
        return self.workspace.current()

    def request(self, wanted: str) -> Item:
        """The saved request that is meant. Raises `click.UsageError`, and `CommandError` for one that can't be read."""
        found = matching(self.tree, wanted)
        if not found:
            raise click.UsageError(self.no_request(wanted))
        if len(found) > 1:
            files = ", ".join(f"“{item.id}”" for item in found)
            raise click.UsageError(f"{len(found)} requests are called “{wanted}”. Name the file of one: {files}.")
        problem = found[0].problem
        if problem is not None:
            say(f"wireyard: {problem}")
            raise CommandError(ExitCode.STORAGE)
        return found[0]

    def no_request(self, wanted: str) -> str:
        """Say that no request is meant, and what could have been."""
        return f"No request is called “{wanted}” in {self.workspace.root}.{meant(near(self.tree, wanted))}"

    def environment(self, wanted: str) -> EnvironmentLine:
        """The environment of this name. Raises as `request` does."""
        lines = self.workspace.environments()
        found = [line for line in lines if wanted in (line.id, line.name)] or [
            line for line in lines if wanted.casefold() in (line.id.casefold(), line.name.casefold())
        ]
        if len(found) != 1:
            raise click.UsageError(_no_environment(wanted, lines, found))
        if found[0].problem is not None:
            say(f"wireyard: {found[0].problem}")
            raise CommandError(ExitCode.STORAGE)
        return found[0]

    def is_environment(self, wanted: str) -> bool:
        """Whether this names at least one environment."""
        return any(
            wanted.casefold() in (line.id.casefold(), line.name.casefold()) for line in self.workspace.environments()
        )


@contextlib.contextmanager
def opened(setup: Setup, folder: Path | None) -> Generator[Shelf]:
    """The workspace in ``folder``, or the profile's own, which is made when it is not there.

    What goes wrong with its files while it is used is said, and becomes a `CommandError`.
    """
    with telling():
        root = setup.profile.workspace if folder is None else folder.expanduser().absolute()
        if folder is None:
            make_default(root)
        yield Shelf(setup, Workspace.open(root))


@contextlib.contextmanager
def telling() -> Generator[None]:
    """Say a workspace's errors, and end the command with the code that they have."""
    try:
        yield
    except NameFault as error:
        raise click.UsageError(str(error)) from error
    except WorkspaceError as error:
        say(f"wireyard: {error}")
        if isinstance(error, UndefinedVariable):
            say(f"  {_ways_out(error)}")
        raise CommandError(_code(error)) from error


def meant(names: Iterable[str]) -> str:
    """A question that names what could have been meant; nothing without names."""
    quoted = [f"“{name}”" for name in names]
    return f" Did you mean {' or '.join(quoted)}?" if quoted else ""


def _ways_out(error: UndefinedVariable) -> str:
    """The commands that help."""
    if error.is_secret:
        return f"wireyard env set ENV {error.name} --secret keeps one."
    choose = "" if error.where else " --environment E takes those of an environment."
    return f"--set {error.name}=VALUE gives one for this run.{choose}"


def _code(error: WorkspaceError) -> ExitCode:
    if isinstance(error, SecretError):
        return ExitCode.SECRETS
    return ExitCode.VARIABLE if isinstance(error, VariableError | PlanError) else ExitCode.STORAGE


def _no_environment(wanted: str, lines: Iterable[EnvironmentLine], found: list[EnvironmentLine]) -> str:
    if found:
        files = ", ".join(f"“{line.id}”" for line in found)
        return f"{len(found)} environments are called “{wanted}”. Name the file of one: {files}."
    names = [line.name for line in lines]
    if not names:
        return f"No environment is called “{wanted}”: there is none yet."
    close = get_close_matches(wanted, names, 3)
    there = meant(close) or f" There are: {', '.join(f'“{name}”' for name in names)}."
    return f"No environment is called “{wanted}”.{there}"
