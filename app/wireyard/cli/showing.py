"""``wireyard show``: one saved request, as it is written, or as it would be dialled and sent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from wireyard.cli.options import passphrase_option, profile_folder, profile_option, workspace_folder, workspace_option


@click.command("show", help="Show a saved request: as it is written, or --resolved as it would be sent.")
@click.argument("request", metavar="REQUEST")
@click.option("-e", "--environment", metavar="E", help="Take the variables of this environment.")
@click.option("--resolved", is_flag=True, help="With what it inherits, and with the values of its variables.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="A variable's value for this run.")
@click.option("--seed", type=int, metavar="N", help="Make built-in random values the same in each run.")
@click.option("--with-secrets", is_flag=True, help="Show the values of secrets too.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object, for programs.")
@passphrase_option
@profile_option
@workspace_option
def command(
    request: str,
    environment: str | None,
    resolved: bool,
    values: Sequence[str],
    seed: int | None,
    with_secrets: bool,
    as_json: bool,
    passphrase_file: Path | None,
) -> int:
    """Print the request."""
    if not resolved and (environment is not None or values or seed is not None):
        raise click.UsageError("--environment, --set and --seed go with --resolved.")

    from wireyard.cli.resolving import Choices
    from wireyard.cli.setup import prepare  # YAML is not needed for --help
    from wireyard.cli.shown_request import as_text, resolved_record, written_record
    from wireyard.cli.workspaces import opened

    choices = Choices(environment=environment, values=values, seed=seed, passphrase_file=passphrase_file)
    with opened(prepare(profile_folder()), workspace_folder()) as shelf:
        item = shelf.request(request)
        if resolved:
            record = resolved_record(shelf, item, choices, with_secrets=with_secrets)
        else:
            record = written_record(shelf, item, with_secrets=with_secrets)
    if as_json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(record)).decode())
    else:
        print(as_text(record), end="")
    return 0
