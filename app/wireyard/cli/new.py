"""``wireyard new``: saves a request in the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from wireyard.cli.options import profile_folder, profile_option, workspace_folder, workspace_option

if TYPE_CHECKING:
    from wireyard.cli.workspaces import Shelf
    from wireyard.workspace.model import Field, MessageFormat, RequestFile, SavedMessage
    from wireyard.workspace.tree import Item

_EPILOG = r"""
PATH is "Collection/Folder/Request"; a collection or folder that is not there is made. A slash that belongs to a name
is written \/.
"""


@click.command("new", epilog=_EPILOG, help="Save a request in the workspace, and print its file's path.")
@click.argument("path", metavar="PATH")
@click.argument("url", metavar="URL")
@click.option("-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="A header it sends.")
@click.option("--subprotocol", "subprotocols", multiple=True, metavar="P", help="A subprotocol it offers.")
@click.option("--message", "messages", multiple=True, metavar="NAME=TEXT", help="A message saved with it.")
@profile_option
@workspace_option
def command(path: str, url: str, headers: Sequence[str], subprotocols: Sequence[str], messages: Sequence[str]) -> int:
    """Make the request's file."""
    names = split_path(path)
    if len(names) < 2 or not all(names):
        raise click.BadParameter("A request is in a collection: Collection/Request.", param_hint="PATH")
    request = request_of(url, headers, subprotocols, messages)

    from wireyard.cli.setup import prepare  # YAML is not needed for --help
    from wireyard.cli.workspaces import opened
    from wireyard.workspace.names import checked

    with opened(prepare(profile_folder()), workspace_folder()) as shelf:
        for name in names:
            checked(name)  # before the first folder is made
        parent, exists = _place(shelf, names)
        if exists:
            raise click.BadParameter(f"“{path}” is there already.", param_hint="PATH")
        print(shelf.workspace.create_request(parent, names[-1], request))
    return 0


def split_path(path: str) -> list[str]:
    r"""The names of a path; ``\/`` is a slash within one."""
    return [name.strip().replace("\0", "/") for name in path.replace("\\/", "\0").split("/")]


def request_of(url: str, headers: Sequence[str], subprotocols: Sequence[str], messages: Sequence[str]) -> RequestFile:
    """What the options make. Raises `click.UsageError`."""
    from wireyard.workspace.model import RequestFile
    from wireyard.workspace.query import split_address

    if not url.strip():
        raise click.BadParameter("A request needs an address.", param_hint="URL")
    base, params = split_address(url.strip())
    return RequestFile(
        url=base,
        params=params,
        headers=tuple(_header(line) for line in headers),
        subprotocols=tuple(subprotocols) or None,
        messages=tuple(_message(given) for given in messages),
    )


def _place(shelf: Shelf, names: list[str]) -> tuple[str, bool]:
    """The folder for the request, made where it is not there; and whether it has a request of this name."""
    items: tuple[Item, ...] = shelf.tree.items
    parent = ""
    for name in names[:-1]:
        there = _named([item for item in items if item.kind != "request"], name)
        if there is not None:
            parent, items = there.id, there.children
        elif parent:
            parent, items = shelf.workspace.create_folder(parent, name), ()
        else:
            parent, items = shelf.workspace.create_collection(name), ()
    return parent, _named([item for item in items if item.kind == "request"], names[-1]) is not None


def _named(items: Sequence[Item], name: str) -> Item | None:
    exact = next((item for item in items if item.name == name), None)
    return exact or next((item for item in items if item.name.casefold() == name.casefold()), None)


def _header(line: str) -> Field:
    from wireyard.cli.connect_options import header
    from wireyard.workspace.model import Field

    name, value = header(line) or (line.strip().removesuffix(":").strip(), "")
    return Field(name=name, value=value)


def _message(given: str) -> SavedMessage:
    from wireyard.workspace.model import SavedMessage

    name, mark, text = given.partition("=")
    if not mark or not name.strip():
        raise click.BadParameter("A message is given as NAME=TEXT.", param_hint="--message")
    return SavedMessage(name=name.strip(), format=_format_of(text), body=text)


def _format_of(text: str) -> MessageFormat:
    """JSON where it is an object or a list, also with variables in it."""
    return "json" if text.strip()[:1] in ("{", "[") and not text.strip().startswith("{{") else "text"
