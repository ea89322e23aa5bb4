"""``wireyard echo``: the built-in echo server, without the window."""

from __future__ import annotations

import click

from wireyard.cli.options import profile_option

_HELP = """\
Run a server on 127.0.0.1, until Ctrl+C, that sends every message back.

On these paths it does something else: /ticker, /binary, /chat, /slow, /close/CODE.
"""


@click.command("echo", help=_HELP)
@click.option(
    "--port",
    type=click.IntRange(min=0, max=65535),
    metavar="N",
    help="Listen on this port; 0: any free one. Without it, the first free one from 9600 up.",
)
@profile_option
def command(port: int | None) -> int:
    """Serve until interrupted."""
    import asyncio  # not needed for --help

    return asyncio.run(_serve(port))


async def _serve(port: int | None) -> int:
    import asyncio

    from wireyard.cli.exits import ExitCode
    from wireyard.cli.interrupts import on_interrupt
    from wireyard.cli.say import say
    from wireyard.servers.echo import EchoError, EchoServer

    server = EchoServer(port)
    interrupted = asyncio.Event()
    try:
        await server.start()
    except EchoError as error:
        say(f"wireyard: {error}")
        return ExitCode.TCP
    try:
        with on_interrupt(interrupted.set):
            print(server.url, flush=True)
            await interrupted.wait()
    finally:
        await server.stop()
    return ExitCode.INTERRUPTED
