"""``wireyard record``: its options, and the request that they make."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from msgspec.structs import replace

from wireyard.cli.exits import ExitCode
from wireyard.cli.options import passphrase_option, profile_folder, profile_option, workspace_folder, workspace_option
from wireyard.cli.sending import InOrder, Saved, Typed, Wanted, wanted_messages
from wireyard.domain.request import ConnectRequest, Network

if TYPE_CHECKING:
    from wireyard.cli.setup import Setup
    from wireyard.cli.target import Target

_HELP = """\
Connect, send, and write what happens as JSON Lines.

Connects to an address, or to a saved request by its path, "Folder/Request", with its variables.
"""
_EPILOG = """\
Ends with close code 1000 after N received data messages, S seconds, the server's close or Ctrl+C, whichever is first.
What happens is stored as a session too. Exit codes: 10 address, 11 name, 12 TCP, 13 proxy, 14 TLS, 15 upgrade, 16 lost
or closed before --count, 17 storage, 18 no place for secrets, 19 a variable without a value, 130 interrupted.
"""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options as they were given."""

    url: str
    headers: Sequence[str]
    subprotocols: Sequence[str]
    send: Sequence[str]
    send_file: Sequence[Path]
    send_saved: Sequence[str]
    environment: str | None
    values: Sequence[str]
    seed: int | None
    passphrase_file: Path | None
    count: int | None
    max_time: float | None
    connect_timeout: float | None
    max_size: int | None
    insecure: bool
    cacert: Path | None
    output: str | None

    def request(self, defaults: Network) -> ConnectRequest:
        """What to connect to for an address, with the settings' limits where none was given.

        Raises `click.UsageError`.
        """
        request = ConnectRequest(url=self.url, headers=self.header_pairs(), network=defaults)
        return self.applied_to(request)

    def header_pairs(self) -> tuple[tuple[str, str], ...]:
        """The headers that were given. Raises `click.UsageError`."""
        return tuple(header(line) for line in self.headers)

    def applied_to(self, request: ConnectRequest) -> ConnectRequest:
        """The request with what was given, but for headers, in place of its own."""
        network, tls = request.network, request.tls
        if self.connect_timeout is not None:
            network = replace(network, open_timeout_s=self.connect_timeout or None)
        if self.max_size is not None:
            network = replace(network, max_message_bytes=self.max_size or None)
        if self.insecure:
            tls = replace(tls, verify=False)
        if self.cacert is not None:
            tls = replace(tls, ca_file=str(self.cacert.absolute()))
        subprotocols = tuple(self.subprotocols) or request.subprotocols
        return replace(request, network=network, tls=tls, subprotocols=subprotocols)

    @property
    def has_variables(self) -> bool:
        """Whether something was said of variables, so that an address is taken with them as well."""
        return self.environment is not None or bool(self.values) or self.seed is not None


@click.command("record", cls=InOrder, epilog=_EPILOG, help=_HELP)
@click.argument("url", metavar="URL_OR_REQUEST")
@click.option("-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Send this header.")
@click.option("--subprotocol", "subprotocols", multiple=True, metavar="P", help="Offer this subprotocol.")
@click.option("--send", multiple=True, metavar="TEXT", help="Send this text once open.")
@click.option(
    "--send-file",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="F",
    help="Send a file: as text if it is valid UTF-8, else as binary.",
)
@click.option("--send-saved", multiple=True, metavar="NAME", help="Send a message that is saved with the request.")
@click.option("-e", "--environment", metavar="E", help="Take the variables of this environment.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="A variable's value for this run.")
@click.option("--seed", type=int, metavar="N", help="Make built-in random values the same in each run.")
@passphrase_option
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="End after N received data messages.")
@click.option(
    "--max-time",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="End when it has been open for S seconds.",
)
@click.option(
    "--connect-timeout", type=click.FloatRange(min=0), metavar="S", help="Give up connecting after S seconds; 0: never."
)
@click.option(
    "--max-size", type=click.IntRange(min=0), metavar="BYTES", help="Refuse larger messages; 0: take any size."
)
@click.option("-k", "--insecure", is_flag=True, help="Don't check the server's certificate.")
@click.option(
    "--cacert",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Trust the certificates in FILE (PEM) as well.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write to FILE, not stdout.",
)
@profile_option
@workspace_option
@click.pass_context
def command(ctx: click.Context, **given: Any) -> int:
    """Run one conversation and give the exit code."""
    options = Options(**given)
    wanted = wanted_messages(ctx, options.send, options.send_file, options.send_saved)

    from wireyard.cli.recording_run import Plan, run_plan  # the engine is not needed for --help
    from wireyard.cli.say import say
    from wireyard.cli.setup import prepare

    setup = prepare(profile_folder())
    target, hint = _target(setup, options, wanted)
    plan = Plan(
        target=target,
        count=options.count,
        max_time_s=options.max_time,
        output=None if options.output in (None, "-") else Path(options.output),
    )
    code = run_plan(plan, setup)
    if hint and code in (ExitCode.ADDRESS, ExitCode.NAME):
        say(f"  {hint}")
    return code


def _target(setup: Setup, options: Options, wanted: Sequence[Wanted]) -> tuple[Target, str]:
    """A saved request, an address with variables, or an address as it is; and what to say when that fails."""
    from wireyard.cli.target import Target

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


def header(line: str) -> tuple[str, str]:
    """One header as it was given. Raises `click.UsageError`."""
    name, colon, value = line.partition(":")
    if not colon or not name.strip():
        raise click.BadParameter(f"“{name.strip()}” is not of the form 'Name: value'.", param_hint="-H")
    return name.strip(), value.strip()
