"""``wireyard record``: its options, and what they make of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from wireyard.cli.aim import AimOptions, aim_options, target_of
from wireyard.cli.exits import ExitCode
from wireyard.cli.options import profile_folder, profile_option, workspace_option
from wireyard.cli.sending import InOrder, wanted_messages

_HELP = """\
Connect, send, and write what happens as JSON Lines.

Connects to an address, or to a saved request by its path, "Folder/Request", with its variables.
"""
_EPILOG = """\
Ends with close code 1000 after N received data messages, S seconds, the server's close or Ctrl+C, whichever is first.
What happens is stored as a session too. Exit codes: 10 address, 11 name, 12 TCP, 13 proxy, 14 TLS, 15 upgrade, 16 lost
or closed before --count, 17 storage, 18 no place for secrets, 19 a variable without a value, 20 signing in,
130 interrupted.
"""


class Options(AimOptions, frozen=True, kw_only=True):
    """The options as they were given."""

    send: Sequence[str] = ()
    send_file: Sequence[Path] = ()
    send_saved: Sequence[str] = ()
    repeat_every: int | None = None
    repeat: int | None = None
    count: int | None = None
    max_time: float | None = None
    output: str | None = None


@click.command("record", cls=InOrder, epilog=_EPILOG, help=_HELP)
@aim_options
@click.option("--send", multiple=True, metavar="TEXT", help="Send this text once open.")
@click.option(
    "--send-file",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="F",
    help="Send a file: as text if it is valid UTF-8, else as binary.",
)
@click.option("--send-saved", multiple=True, metavar="NAME", help="Send a message that is saved with the request.")
@click.option(
    "--repeat-every",
    type=click.IntRange(min=1, max=86_400_000),
    metavar="MS",
    help="Send the last message again every MS milliseconds, with new values of its variables.",
)
@click.option("--repeat", type=click.IntRange(min=1), metavar="N", help="Send it N times in all, and then no more.")
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="End after N received data messages.")
@click.option(
    "--max-time",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="End when it has been open for S seconds.",
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
    if options.repeat_every is not None and not wanted:
        raise click.UsageError("--repeat-every wants a message: say one with --send, --send-file or --send-saved.", ctx)
    if options.repeat is not None and options.repeat_every is None:
        raise click.UsageError("--repeat wants --repeat-every MS: how long to wait in between.", ctx)

    from wireyard.cli.recording_run import Plan, run_plan  # the engine is not needed for --help
    from wireyard.cli.say import say
    from wireyard.cli.setup import prepare

    setup = prepare(profile_folder())
    target, hint = target_of(setup, options, wanted)
    plan = Plan(
        target=target,
        repeat_every_ms=options.repeat_every,
        repeat_count=options.repeat,
        count=options.count,
        max_time_s=options.max_time,
        output=None if options.output in (None, "-") else Path(options.output),
    )
    code = run_plan(plan, setup)
    target.finish()
    if hint and code in (ExitCode.ADDRESS, ExitCode.NAME):
        say(f"  {hint}")
    return code
