"""``wireyard probe``: connects, tells how each step went and what was agreed on, and closes."""

from __future__ import annotations

import sys
from typing import Any

import click

from wireyard.cli.aim import AimOptions, aim_options, target_of
from wireyard.cli.exits import ExitCode
from wireyard.cli.options import profile_folder, profile_option, workspace_option

_HELP = """\
Connect, show how each step went and what was agreed on, and close.

Connects to an address, or to a saved request by its path, "Folder/Request". Nothing is sent and nothing is recorded.
"""
_EPILOG = """\
Exit codes: 10 address, 11 name, 12 TCP, 13 proxy, 14 TLS, 15 upgrade, 18 no place for secrets, 19 a variable without a
value, 20 signing in, 130 interrupted.
"""


class Options(AimOptions, frozen=True, kw_only=True):
    """The options as they were given."""

    max_time: float | None = None
    as_json: bool = False


@click.command("probe", epilog=_EPILOG, help=_HELP)
@aim_options
@click.option(
    "--max-time", type=click.FloatRange(min=0, min_open=True), metavar="S", help="Give up after S seconds in all."
)
@click.option("--json", "as_json", is_flag=True, help="As a JSON object, for programs.")
@profile_option
@workspace_option
def command(**given: Any) -> int:
    """Probe once and give the exit code."""
    options = Options(**given)

    from wireyard.cli.probe_report import as_json, as_text, report_of
    from wireyard.cli.probe_run import probe  # the engine is not needed for --help
    from wireyard.cli.say import say, say_failure
    from wireyard.cli.setup import prepare

    target, hint = target_of(prepare(profile_folder()), options)
    probed = probe(target, options.max_time)
    target.finish()
    report = report_of(probed, (*target.secrets, *probed.secrets))
    # A pipe on Windows has an encoding without most characters.
    print(as_json(report) if options.as_json else as_text(report, sys.stdout.encoding or "ascii"), flush=True)
    if probed.failure is not None:
        say_failure(probed.failure)
    if hint and probed.code in (ExitCode.ADDRESS, ExitCode.NAME):
        say(f"  {hint}")
    return probed.code
