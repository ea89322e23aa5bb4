"""``wireyard export``: a session, by its id or as a file, in a form for others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wireyard.cli.exits import CommandError, ExitCode
from wireyard.cli.options import profile_folder, profile_option

if TYPE_CHECKING:
    from wireyard.session.archive import ExportFormat


@click.command(
    "export", help="Write a session as JSON Lines or plain text. Secrets are hidden unless you say otherwise."
)
@click.argument("session", metavar="SESSION_OR_FILE")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write to FILE; - is stdout.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "text"]),
    help="The form. Without it, FILE's ending decides: .txt and .log are text, all else JSON Lines.",
)
@click.option("--with-secrets", is_flag=True, help="Write tokens, cookies and passwords too.")
@profile_option
def command(session: str, output: str, form: ExportFormat | None, with_secrets: bool) -> int:
    """Export one session."""
    from wireyard.cli.exporting import export, find_session  # the store is not needed for --help
    from wireyard.cli.setup import prepare

    path = find_session(session, prepare(profile_folder()).sessions)
    if path is None:
        raise click.BadParameter(
            f"“{session}” is no session's id, or the beginning of one, and no file.", param_hint="SESSION_OR_FILE"
        )
    target = None if output == "-" else Path(output)
    if target is not None and target.exists() and target.samefile(path):
        raise click.BadParameter("This is the session itself: choose another file.", param_hint="-o")
    if form is None:
        form = "text" if target is not None and target.suffix.lower() in (".txt", ".log") else "jsonl"
    try:
        export(path, target, form, with_secrets=with_secrets)
    except CommandError as error:
        return error.code
    return ExitCode.OK
