"""``wireyard record``: its options, and the request that they make."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec.structs import replace

from wireyard.cli.options import profile_folder, profile_option
from wireyard.cli.sending import InOrder, outgoing
from wireyard.domain.request import ConnectRequest, Network, Tls

_EPILOG = """\
Ends with close code 1000 after N received data messages, S seconds, the server's close or Ctrl+C, whichever is first.
What happens is stored as a session too. Exit codes: 10 address, 11 name, 12 TCP, 13 proxy, 14 TLS, 15 upgrade, 16 lost
or closed before --count, 17 storage, 130 interrupted.
"""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options as they were given."""

    url: str
    headers: Sequence[str]
    subprotocols: Sequence[str]
    send: Sequence[str]
    send_file: Sequence[Path]
    count: int | None
    max_time: float | None
    connect_timeout: float | None
    max_size: int | None
    insecure: bool
    cacert: Path | None
    output: str | None

    def request(self, defaults: Network) -> ConnectRequest:
        """What to connect to, with the settings' limits where none was given. Raises `click.UsageError`."""
        network = defaults
        if self.connect_timeout is not None:
            network = replace(network, open_timeout_s=self.connect_timeout or None)
        if self.max_size is not None:
            network = replace(network, max_message_bytes=self.max_size or None)
        return ConnectRequest(
            url=self.url,
            headers=tuple(_header(line) for line in self.headers),
            subprotocols=tuple(self.subprotocols),
            network=network,
            tls=Tls(verify=not self.insecure, ca_file=str(self.cacert.absolute()) if self.cacert else ""),
        )


@click.command("record", cls=InOrder, epilog=_EPILOG, help="Connect, send, and write what happens as JSON Lines.")
@click.argument("url", metavar="URL")
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
@click.pass_context
def command(ctx: click.Context, **given: Any) -> int:
    """Run one conversation and give the exit code."""
    options = Options(**given)
    messages = outgoing(ctx, options.send, options.send_file)

    from wireyard.cli.recording_run import Plan, run_plan  # the engine is not needed for --help
    from wireyard.cli.setup import prepare

    setup = prepare(profile_folder())
    plan = Plan(
        request=options.request(setup.settings.network.for_request()),
        messages=tuple(messages),
        count=options.count,
        max_time_s=options.max_time,
        output=None if options.output in (None, "-") else Path(options.output),
    )
    return run_plan(plan, setup)


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip():
        raise click.BadParameter(f"“{name.strip()}” is not of the form 'Name: value'.", param_hint="-H")
    return name.strip(), value.strip()
