"""``--send`` and ``--send-file``: what is to be sent, in the order in which it stands on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from wireyard.domain.frame import Opcode

_ORDER = "wireyard.order"


class Outgoing(NamedTuple):
    """One message."""

    opcode: Opcode
    payload: bytes


class InOrder(click.Command):
    """A command that knows in which order its options were given, also between different ones."""

    def make_parser(self, ctx: click.Context) -> Any:
        """The parser, which leaves the order in ``ctx.meta``."""
        parser = super().make_parser(ctx)
        parse = parser.parse_args

        def parse_and_note(args: list[str]) -> tuple[dict[str, Any], list[str], list[click.Parameter]]:
            outcome = parse(args=args)
            ctx.meta[_ORDER] = [parameter.name for parameter in outcome[2]]
            return outcome

        parser.parse_args = parse_and_note
        return parser


def outgoing(ctx: click.Context, texts: Sequence[str], files: Sequence[Path]) -> list[Outgoing]:
    """The messages in their order. Files are read now: one that can't be read stops all before it began."""
    waiting = {"send": iter(texts), "send_file": iter(files)}
    found: list[Outgoing] = []
    for name in ctx.meta[_ORDER]:
        if name == "send":
            found.append(Outgoing(Opcode.TEXT, _bytes(next(waiting["send"]))))
        elif name == "send_file":
            found.append(_of_file(ctx, next(waiting["send_file"])))
    return found


def _of_file(ctx: click.Context, path: Any) -> Outgoing:
    try:
        payload = Path(path).read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror or error}", ctx=ctx, param_hint="--send-file") from error
    try:
        payload.decode()
    except UnicodeDecodeError:
        return Outgoing(Opcode.BINARY, payload)
    return Outgoing(Opcode.TEXT, payload)


def _bytes(text: Any) -> bytes:
    # What a shell passes that is no UTF-8 comes as lone surrogates; a text message can't hold it.
    try:
        return str(text).encode()
    except UnicodeEncodeError:
        raise click.BadParameter(
            "The text is not valid UTF-8: use --send-file for bytes.", param_hint="--send"
        ) from None
