"""``--send`` and its sisters: what is to be sent, in the order in which it stands on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from wireyard.domain.frame import Opcode

_ORDER = "wireyard.order"


class Outgoing(NamedTuple):
    """One message."""

    opcode: Opcode
    payload: bytes


class Typed(NamedTuple):
    """A text as it was typed."""

    text: str

    @property
    def ready(self) -> Outgoing:
        """The message that it is where it can have no variables."""
        return Outgoing(Opcode.TEXT, self.text.encode())


class Saved(NamedTuple):
    """A message of the saved request, by its name."""

    name: str


Wanted = Outgoing | Typed | Saved


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


def wanted_messages(
    ctx: click.Context, texts: Sequence[str], files: Sequence[Path], saved: Sequence[str] = ()
) -> list[Wanted]:
    """The messages in their order. Files are read now: one that can't be read stops all before it began."""
    makers: dict[str, Iterator[Callable[[], Wanted]]] = {
        "send": (partial(_typed, each) for each in texts),
        "send_file": (partial(_of_file, ctx, each) for each in files),
        "send_saved": (partial(Saved, each) for each in saved),
    }
    return [next(makers[name])() for name in ctx.meta[_ORDER] if name in makers]


def _of_file(ctx: click.Context, path: Path) -> Outgoing:
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror or error}", ctx=ctx, param_hint="--send-file") from error
    try:
        payload.decode()
    except UnicodeDecodeError:
        return Outgoing(Opcode.BINARY, payload)
    return Outgoing(Opcode.TEXT, payload)


def _typed(text: str) -> Typed:
    # What a shell passes that is no UTF-8 comes as lone surrogates; a text message can't hold it.
    try:
        text.encode()
    except UnicodeEncodeError:
        raise click.BadParameter(
            "The text is not valid UTF-8: use --send-file for bytes.", param_hint="--send"
        ) from None
    return Typed(text)
