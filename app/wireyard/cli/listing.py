"""``wireyard list``: the saved requests of a workspace, and the files in it that can't be read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from wireyard.cli.options import profile_folder, profile_option, workspace_folder, workspace_option

if TYPE_CHECKING:
    from wireyard.cli.workspaces import Shelf
    from wireyard.workspace.errors import Problem
    from wireyard.workspace.model import Field
    from wireyard.workspace.tree import Item

_MESSAGES_CHARS = 24
_PATH_COLUMNS = 50


@click.command("list", help="List the saved requests of the workspace: path, address, saved messages.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object, for programs.")
@profile_option
@workspace_option
def command(as_json: bool) -> int:
    """Print the list."""
    from wireyard.cli.exits import ExitCode  # YAML is not needed for --help
    from wireyard.cli.finding import paths
    from wireyard.cli.setup import prepare
    from wireyard.cli.workspaces import opened

    with opened(prepare(profile_folder()), workspace_folder()) as shelf:
        requests = [(path, item) for path, item in paths(shelf.tree) if item.problem is None]
        problems = _problems(shelf)
    if as_json:
        print(_as_json(shelf, requests, problems))
    elif sys.stdout.isatty():
        _print_table(requests)
    else:
        for path, item in requests:
            print("\t".join((_line(path), _line(shown_url(item.url)), _line(", ".join(_messages(item))))))
    _tell(problems)
    return ExitCode.STORAGE if problems else ExitCode.OK


def shown_url(url: str) -> str:
    """An address as it is written, without the secrets that stand in it; variables are none."""
    from wireyard.exchange.redact import redact_url
    from wireyard.workspace.query import join_address, split_address

    base, params = split_address(url)
    if "{{" not in base:
        base = redact_url(base)
    return join_address(base, [row if "{{" in row.value else shown_row(row) for row in params])


def shown_row(row: Field) -> Field:
    """A parameter without its value where that is a secret by its name."""
    from msgspec.structs import replace

    from wireyard.exchange.redact import redact_url

    if not row.name:
        return row
    return replace(row, value=redact_url(f"/?{row.name}={row.value}").removeprefix(f"/?{row.name}="))


def _problems(shelf: Shelf) -> list[Problem]:
    found = [item.problem for item in shelf.tree.walk() if item.problem is not None]
    found += [line.problem for line in shelf.tree.environments if line.problem is not None]
    return list(dict.fromkeys([*shelf.tree.problems, *found]))


def _as_json(shelf: Shelf, requests: list[tuple[str, Item]], problems: list[Problem]) -> str:
    import msgspec

    tree = shelf.tree
    record = {
        "workspace": {"name": tree.name, "path": str(shelf.workspace.root)},
        "requests": [
            {"path": path, "file": item.id, "url": shown_url(item.url), "messages": _messages(item)}
            for path, item in requests
        ],
        "environments": [
            {"name": line.name, "file": f"environments/{line.id}.yaml", "inherits": line.inherits or None}
            for line in tree.environments
            if line.problem is None
        ],
        "problems": [{"file": each.path, "line": each.line or None, "reason": each.reason} for each in problems],
    }
    return msgspec.json.format(msgspec.json.encode(record)).decode()


def _messages(item: Item) -> list[str]:
    return [message.name for message in item.messages]


def _tell(problems: list[Problem]) -> None:
    from wireyard.cli.say import say

    for problem in problems:
        say(f"wireyard: {problem}")


def _line(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _brief(names: list[str]) -> str:
    """The first names, and how many more there are: the paths, which are typed again, need the room."""
    shown: list[str] = []
    for name in names:
        if shown and len(", ".join((*shown, name))) > _MESSAGES_CHARS:
            return f"{', '.join(shown)}, +{len(names) - len(shown)}"
        shown.append(name)
    return ", ".join(shown)


def _print_table(requests: list[tuple[str, Item]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not requests:
        print("No request has been saved yet: wireyard new makes one.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    # The path is what is typed again, so the others give way.
    widest = min(_PATH_COLUMNS, max(len(path) for path, _ in requests))
    table.add_column("Request", overflow="fold", min_width=widest, no_wrap=True)
    for title in ("Address", "Messages"):
        table.add_column(title, overflow="ellipsis", no_wrap=True)
    for path, item in requests:
        table.add_row(*(Text(_line(each)) for each in (path, shown_url(item.url), _brief(_messages(item)))))
    Console(highlight=False).print(table)
