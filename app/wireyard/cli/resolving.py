"""The variables of one run: who gives them their values, from the workspace's files, its secrets and ``--set``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import msgspec

from wireyard.cli.workspaces import Shelf
from wireyard.workspace.documents import Levels
from wireyard.workspace.model import RequestFile
from wireyard.workspace.path_params import with_plain_path
from wireyard.workspace.tree import Item
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.scope import Environment, Secrets, scope_of
from wireyard.workspace.variables.template import is_name

LOCAL_SERVER = "$localServer"


def given_values(given: Sequence[str]) -> dict[str, str]:
    """What ``--set NAME=VALUE`` said. Raises `click.UsageError`, without the value in it."""
    values: dict[str, str] = {}
    for each in given:
        name, mark, value = each.partition("=")
        name = name.strip()
        if not mark or not (is_name(name) or name == LOCAL_SERVER):
            raise click.BadParameter("A value is given as NAME=VALUE.", param_hint="--set")
        values[name] = value
    return values


def environments_of(shelf: Shelf, environment: str) -> list[Environment]:
    """An environment, and those it inherits from, as a scope takes them."""
    return [
        Environment(id=pair.id, name=pair.name, shared=pair.shared.value, local=pair.local.value)
        for pair in shelf.workspace.environment_chain(environment)
    ]


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What the options say of variables."""

    environment: str | None = None
    values: Sequence[str] = ()
    seed: int | None = None
    passphrase_file: Path | None = None

    @property
    def given(self) -> bool:
        """Whether anything was said, so that an address is taken with its variables as well."""
        return self.environment is not None or bool(self.values) or self.seed is not None


class RequestAtHand:
    """A saved request, or an address that was typed where ``item`` is None, and the variables that hold for it."""

    def __init__(
        self, shelf: Shelf, item: Item | None, url: str, choices: Choices, facts: Mapping[str, str], secrets: Secrets
    ) -> None:
        workspace = shelf.workspace
        self.levels: Levels = workspace.levels(item.id) if item is not None else ()
        self.file = workspace.read_request(item.id).value if item is not None else RequestFile(url=with_plain_path(url))
        self.dynamic = Dynamic(choices.seed, facts=facts)
        environment = shelf.environment(choices.environment).id if choices.environment else ""
        self.environment = environment
        self.scope = scope_of(
            {name: value for name, value in given_values(choices.values).items() if name != LOCAL_SERVER},
            self.file,
            self.levels,
            environments_of(shelf, environment) if environment else (),
            secrets,
            request_id=item.id if item is not None else "",
        )
