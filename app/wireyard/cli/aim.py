"""What ``record`` and ``probe`` aim at: an address or a saved request, with the options over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec.structs import replace

from wireyard.cli.connect_options import ConnectOptions, connect_options
from wireyard.cli.options import passphrase_option, workspace_folder
from wireyard.cli.sending import Saved, Typed, Wanted
from wireyard.domain.request import ConnectRequest, Network

if TYPE_CHECKING:
    from wireyard.cli.setup import Setup
    from wireyard.cli.target import Target

F = TypeVar("F", bound=Callable[..., Any])

_VARIABLES = (
    click.option("-e", "--environment", metavar="E", help="Take the variables of this environment."),
    click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="A variable's value for this run."),
    click.option("--seed", type=int, metavar="N", help="Make built-in random values the same in each run."),
    passphrase_option,
)


def aim_options(function: F) -> F:
    """Add the address, how to connect to it, and what its variables are."""
    for option in reversed(_VARIABLES):
        function = option(function)
    return click.argument("url", metavar="URL_OR_REQUEST")(connect_options(function))


class AimOptions(ConnectOptions, frozen=True, kw_only=True):
    """The options as they were given."""

    url: str
    environment: str | None = None
    values: Sequence[str] = ()
    seed: int | None = None
    passphrase_file: Path | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def request(self, defaults: Network) -> ConnectRequest:
        """What to connect to for an address, with the settings' limits where none was given.

        Raises `click.UsageError`.
        """
        return self.applied_to(ConnectRequest(url=self.url, headers=self.header_pairs(), network=defaults))

    @property
    def has_variables(self) -> bool:
        """Whether something was said of variables, so that an address is taken with them as well."""
        return self.environment is not None or bool(self.values) or self.seed is not None


def target_of(setup: Setup, options: AimOptions, wanted: Sequence[Wanted] = ()) -> tuple[Target, str]:
    """A saved request, an address with variables, or an address as it is; and what to say when that fails.

    Raises `click.UsageError` and `CommandError`.
    """
    from wireyard.cli.say import never_say  # not needed for --help
    from wireyard.cli.target import Target

    never_say(options.secrets())
    hint = ""
    folder = workspace_folder()
    has_saved = any(isinstance(each, Saved) for each in wanted)
    if "://" not in options.url or options.has_variables or folder is not None or has_saved:
        from wireyard.cli.resolving import Choices
        from wireyard.cli.saved_target import choose  # YAML is not needed for an address

        choices = Choices(
            environment=options.environment,
            values=options.values,
            seed=options.seed,
            passphrase_file=options.passphrase_file,
        )
        chosen = choose(setup, options.url, folder, choices, options.header_pairs(), wanted)
        if chosen.target is not None:
            return replace(chosen.target, request=options.applied_to(chosen.target.request)), ""
        hint = chosen.hint
    messages = tuple(each.ready if isinstance(each, Typed) else each for each in wanted if not isinstance(each, Saved))
    return Target(request=options.request(setup.settings.network.for_request()), messages=messages), hint
