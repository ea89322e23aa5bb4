"""Makes the target of ``wireyard record`` from a saved request, or from an address with variables in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec.structs import replace

from wireyard.cli.finding import matching
from wireyard.cli.kept_cookies import KeptCookies
from wireyard.cli.local_server import LocalServer
from wireyard.cli.resolving import LOCAL_SERVER, Choices, RequestAtHand, given_values
from wireyard.cli.say import never_say
from wireyard.cli.secret_input import vault_of
from wireyard.cli.sending import Outgoing, Saved, Typed, Wanted
from wireyard.cli.setup import Setup
from wireyard.cli.target import Target
from wireyard.cli.workspaces import Shelf, meant, opened
from wireyard.domain.request import ConnectRequest
from wireyard.session.plan.connecting import plan_connect
from wireyard.session.plan.opening import Opening, opening_messages
from wireyard.session.plan.sending import plan_message, plan_saved_message
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.listing import WORKSPACE_FILE
from wireyard.workspace.model import SavedMessage
from wireyard.workspace.tree import Item
from wireyard.workspace.variables.resolve import resolve
from wireyard.workspace.workspace import Workspace

if TYPE_CHECKING:
    pass


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: a target, or None for an address that is taken as it is. ``hint`` is for when that fails."""

    target: Target | None = None
    hint: str = ""


def choose(
    setup: Setup,
    text: str,
    folder: Path | None,
    choices: Choices,
    headers: Sequence[tuple[str, str]],
    wanted: Sequence[Wanted],
) -> Chosen:
    """Tell a saved request from an address, and make what it stands for.

    With a scheme, or a variable in its place, it is an address. Anything else is looked for among the saved requests;
    what is none of them is an address, unless a workspace or a saved message was named or there is a blank in it.
    """
    is_address = "://" in text or text.startswith("{{")
    needs_request = any(isinstance(each, Saved) for each in wanted)
    if is_address and needs_request:
        raise click.BadParameter("It goes with a saved request, not with an address.", param_hint="--send-saved")
    may_be_address = not needs_request and folder is None and not any(c.isspace() for c in text.strip())
    if may_be_address and not choices.given:
        hint = "" if is_address else _none_saved(setup, text)
        if hint is not None:
            return Chosen(hint=hint)
    with opened(setup, folder) as shelf:
        item = None
        if not is_address and not (may_be_address and not matching(shelf.tree, text)):
            item = shelf.request(text)
        return Chosen(target=TargetMaker(shelf, item, text, choices).make(headers, wanted))


def _none_saved(setup: Setup, text: str) -> str | None:
    """Say that no saved request is meant, None when one is. A workspace that can't be read is in nobody's way here."""
    root = setup.profile.workspace
    if not (root / WORKSPACE_FILE).exists():
        return ""
    try:
        shelf = Shelf(setup, Workspace.open(root))
        return None if matching(shelf.tree, text) else shelf.no_request(text)
    except WorkspaceError:
        return ""


class TargetMaker:
    """Makes the target of one run. ``item`` is the saved request, None for an address that was typed."""

    def __init__(self, shelf: Shelf, item: Item | None, url: str, choices: Choices) -> None:
        self._shelf = shelf
        self._item = item
        self._server = LocalServer(given_values(choices.values).get(LOCAL_SERVER, ""))
        vault = vault_of(shelf.setup, shelf.workspace.root, choices.passphrase_file)
        self._at_hand = RequestAtHand(shelf, item, url, choices, self._server, vault.value)
        self._secrets: dict[str, None] = {}

    def make(self, headers: Sequence[tuple[str, str]], wanted: Sequence[Wanted]) -> Target:
        """Put the values in. Raises `WorkspaceError`, and `click.UsageError` for a message that is not there."""
        try:
            return self._make(headers, wanted)
        except BaseException:
            self._server.give_up()
            raise

    def _make(self, headers: Sequence[tuple[str, str]], wanted: Sequence[Wanted]) -> Target:
        shelf, at_hand = self._shelf, self._at_hand
        planned = plan_connect(
            at_hand.file,
            at_hand.levels,
            at_hand.scope,
            defaults=shelf.setup.settings.network,
            root=shelf.workspace.root,
            dynamic=at_hand.dynamic,
        )
        self._note(planned.secrets)
        request = with_headers(planned.request, [(self._text(name), self._text(value)) for name, value in headers])
        due = opening_messages(at_hand.file, at_hand.levels)
        root, dynamic = shelf.workspace.root, at_hand.dynamic
        opening = Opening(due, root, lambda: at_hand.scope, dynamic, first=planned.first)
        self._note(opening.secrets())
        messages = tuple(self._message(each) for each in wanted)
        cookies = KeptCookies(shelf.setup.profile)
        if request.network.cookies:
            request = replace(request, jar=cookies.jar(shelf.workspace.root, at_hand.environment))
        never_say(self._secrets)
        return Target(
            request=request,
            messages=messages,
            again=partial(self._message, wanted[-1]) if wanted else None,
            on_open=opening,
            secrets=tuple(self._secrets),
            name=self._item.name if self._item is not None else "",
            request_id=self._item.id if self._item is not None else "",
            server=self._server,
            finish=cookies.save,
        )

    def _text(self, text: str) -> str:
        resolved = resolve(text, self._at_hand.scope, self._at_hand.dynamic)
        self._note(resolved.secrets)
        return resolved.text

    def _message(self, wanted: Wanted) -> Outgoing:
        if isinstance(wanted, Saved):
            message = saved_message(self._at_hand.file.messages, wanted.name)
            planned = plan_saved_message(
                message, self._shelf.workspace.root, self._at_hand.scope, self._at_hand.dynamic
            )
        elif isinstance(wanted, Typed):
            planned = plan_message(wanted.text, "text", "text", self._at_hand.scope, self._at_hand.dynamic)
        else:
            return wanted
        self._note(planned.secrets)
        return Outgoing(planned.opcode, planned.payload)

    def _note(self, secrets: Sequence[str]) -> None:
        self._secrets.update(dict.fromkeys(secrets))


def with_headers(request: ConnectRequest, headers: Sequence[tuple[str, str]]) -> ConnectRequest:
    """The request with these headers, in place of its own of the same names."""
    given = {name.casefold() for name, _ in headers}
    own = tuple((name, value) for name, value in request.headers if name.casefold() not in given)
    return replace(request, headers=(*own, *headers))


def saved_message(messages: Sequence[SavedMessage], wanted: str) -> SavedMessage:
    """The saved message of this name, or of "Group/Name". Raises `click.UsageError`."""
    exact = [each for each in messages if wanted in (each.name, f"{each.group}/{each.name}")]
    plain = wanted.casefold()
    found = exact or [each for each in messages if plain in (each.name.casefold(), _path(each).casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"“{_path(each)}”" for each in found)
        raise click.BadParameter(f"{len(found)} messages are called “{wanted}”: {names}.", param_hint="--send-saved")
    names = [each.name for each in messages]
    raise click.BadParameter(
        f"No saved message is called “{wanted}”.{_others(wanted, names)}", param_hint="--send-saved"
    )


def _path(message: SavedMessage) -> str:
    return f"{message.group}/{message.name}" if message.group else message.name


def _others(wanted: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = meant(get_close_matches(wanted, names, 3))
    if close:
        return close
    return f" There are: {', '.join(f'“{name}”' for name in names)}." if names else " The request has none."
