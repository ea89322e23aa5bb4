"""A message as it is written, with the values of its variables: what goes over the wire."""

from __future__ import annotations

from pathlib import Path

import msgspec

from wireyard.domain.frame import Opcode
from wireyard.formats.base64_text import Base64Error, parse_base64
from wireyard.formats.hexdump import HexError, parse_hex
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.files import read_file
from wireyard.workspace.model import MessageFormat, SavedMessage, SendAs
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.resolve import resolve
from wireyard.workspace.variables.scope import Scope


class PlannedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What to send; the secret values that are in it, which are to be hidden in what is told of it; the variables."""

    opcode: Opcode
    payload: bytes
    secrets: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"PlannedMessage({self.opcode!r}, …, used={self.used!r})"


def plan_message(
    body: str,
    format_: MessageFormat,
    send_as: SendAs,
    scope: Scope,
    dynamic: Dynamic | None = None,
    *,
    keep_undefined: bool = False,
) -> PlannedMessage:
    """Put the values into a body, then read it as what it is written in. Raises `WorkspaceError`."""
    resolved = resolve(body, scope, dynamic, keep_undefined=keep_undefined)
    try:
        if format_ == "hex":
            payload = parse_hex(resolved.text)
        elif format_ == "base64":
            payload = parse_base64(resolved.text)
        else:
            payload = resolved.text.encode("utf-8", "surrogatepass")
    except HexError as error:
        raise PlanError(f"The message is not hex: {error}.") from error
    except Base64Error as error:
        raise PlanError(f"The message is not Base64: {error}.") from error
    return PlannedMessage(opcode=_opcode(send_as), payload=payload, secrets=resolved.secrets, used=resolved.used)


def plan_saved_message(
    message: SavedMessage,
    root: Path | None,
    scope: Scope,
    dynamic: Dynamic | None = None,
    *,
    keep_undefined: bool = False,
    chosen: bool = False,
) -> PlannedMessage:
    """A saved message. A file is sent as it is, byte for byte; only its name may have variables, and not where a
    person has ``chosen`` it. May read a file: not for the GUI thread where ``message.file`` is set.
    Raises `WorkspaceError`.
    """
    if not message.file:
        return plan_message(
            message.body, message.format, message.send_as, scope, dynamic, keep_undefined=keep_undefined
        )
    if chosen:
        payload = read_file(root, message.file, chosen=True)
        return PlannedMessage(opcode=_opcode(message.send_as), payload=payload)
    name = resolve(message.file, scope, dynamic, keep_undefined=keep_undefined)
    return PlannedMessage(opcode=_opcode(message.send_as), payload=read_file(root, name.text), used=name.used)


def _opcode(send_as: SendAs) -> Opcode:
    return Opcode.BINARY if send_as == "binary" else Opcode.TEXT
