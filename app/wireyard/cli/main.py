"""The commands. Each is a file of its own, loaded when it is asked for: ``wireyard --version`` must cost nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

import wireyard
from wireyard.cli.exits import CommandError, ExitCode
from wireyard.cli.options import Folders, profile_option, workspace_option

COMMANDS = {
    "record": "Connect, send, and write what happens as JSON Lines.",
    "probe": "Connect, show how each step went and what was agreed on, and close.",
    "new": "Save a request in the workspace.",
    "list": "List the saved requests of the workspace.",
    "show": "Show a saved request, as it is written or as it would be sent.",
    "env": "List, set and unset the variables of environments.",
    "sessions": "List recorded sessions, newest first.",
    "export": "Write a session as JSON Lines or plain text.",
    "echo": "Run a server on this computer: echo, ticker, chat and others.",
}
# Of those with which an address is opened: what the window has no place for, and what it fills in.
_NOT_OF_THE_WINDOW = {"--max-time", "--count", "--send", "--send-file", "--send-saved", "-o", "--output", "--json"}
OF_THE_WINDOW = {
    *("-k", "--insecure", "--no-compression", "--basic", "--digest", "--tlsv1.2", "--tlsv1.3", "--no-alpn"),
    *("-4", "--ipv4", "-6", "--ipv6", "-L", "--location", "-H", "--header", "-u", "--user", "--oauth2-bearer"),
    *("-b", "--cookie", "--subprotocol", "--cacert", "-E", "--cert", "--key", "--pass", "--pin", "--server-name"),
    *("-x", "--proxy", "--noproxy", "--resolve", "--unix-socket", "--max-redirs", "--connect-timeout", "--max-size"),
}
_MODULES = {"list": "listing", "show": "showing", "env": "environments"}
_HELP = """\
A workbench for WebSocket APIs.

Without a command the window opens, with a tab for each URL; --connect connects them. An argument that is no command's
name is an address.
"""


class Commands(click.Group):
    """The commands by name; anything else is an address, and those are for the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"wireyard.cli.{_MODULES.get(cmd_name, cmd_name)}").command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Addresses with an option that the window does not take come here: say which it is."""
        if args[0] in COMMANDS:
            return super().resolve_command(ctx, args)
        options = [word for word in args if word.startswith("-")]
        if "--help" in options or "-h" in options:
            click.echo(ctx.get_help())
            ctx.exit()
        for option in options:
            if option.partition("=")[0] in _NOT_OF_THE_WINDOW:
                raise click.UsageError(f"{option} goes with record and probe, not with the window.", ctx=ctx)
            if option == args[-1] and option in OF_THE_WINDOW:
                raise click.UsageError(f"{option} needs a value.", ctx=ctx)
            if option.partition("=")[0] in OF_THE_WINDOW:
                continue
            if option.partition("=")[0] not in ("--connect", "--profile", "--workspace"):
                raise click.NoSuchOption(option, ctx=ctx)
        named = [option for option in options if option.partition("=")[0] in ("--profile", "--workspace")]
        raise click.UsageError(f"{named[-1].partition('=')[0] if named else '--profile'} needs a folder.", ctx=ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    help=_HELP,
    no_args_is_help=False,
    options_metavar="[OPTIONS]",
    subcommand_metavar="[URL… | COMMAND [ARGS]…]",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--connect", is_flag=True, help="Connect the addresses that the window opens with.")
@profile_option
@workspace_option
@click.version_option(wireyard.__version__, prog_name="wireyard", message="%(prog)s %(version)s")
@click.pass_context
def commands(ctx: click.Context, connect: bool) -> None:
    """Check what goes before a command."""
    if connect:
        raise click.UsageError("--connect goes with addresses, not with a command.", ctx=ctx)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    try:
        outcome = commands.main(
            args=None if argv is None else list(argv),
            prog_name="wireyard",
            standalone_mode=False,
            obj=Folders(),
        )
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except CommandError as error:
        return error.code
    except BrokenPipeError:
        # Whoever read our output has gone; what Python would flush at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    return int(outcome or 0)
