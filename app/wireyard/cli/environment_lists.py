"""What ``wireyard env list`` prints: environments, or the variables of one and who gives each its value."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import msgspec

from wireyard.cli.exits import ExitCode
from wireyard.cli.resolving import environments_of
from wireyard.cli.say import say
from wireyard.cli.workspaces import Shelf
from wireyard.workspace.model import RequestFile
from wireyard.workspace.variables.scope import Value, scope_of

_SECRET = "(secret)"


def print_environments(shelf: Shelf, as_json: bool) -> int:
    """Each environment with what it inherits from; those that can't be read on stderr."""
    lines = shelf.workspace.environments()
    names = {line.id: line.name for line in lines}
    fine = [line for line in lines if line.problem is None]
    rows = [(line.name, names.get(line.inherits, line.inherits), f"environments/{line.id}.yaml") for line in fine]
    if as_json:
        _print_json([{"name": name, "inherits": inherits or None, "file": file} for name, inherits, file in rows])
    else:
        _print_rows(
            ("Environment", "Inherits", "File"),
            rows,
            "There is no environment yet: wireyard env set --create makes one.",
        )
    problems = [line.problem for line in lines if line.problem is not None]
    for problem in problems:
        say(f"wireyard: {problem}")
    return ExitCode.STORAGE if problems else ExitCode.OK


def print_variables(shelf: Shelf, environment: str, as_json: bool) -> int:
    """Each variable with its value and its source. What a secret's value is, nobody is asked for."""
    scope = scope_of({}, RequestFile(), (), environments_of(shelf, environment), lambda _environment, _name: _SECRET)
    names = scope.names(built_in=False)
    if as_json:
        _print_json([_record(name, value) for name, value in names])
    else:
        rows = [(name, _SECRET if value.is_secret else value.text, value.source) for name, value in names]
        _print_rows(("Variable", "Value", "Source"), rows, "It has no variable yet.")
    return ExitCode.OK


def _record(name: str, value: Value) -> dict[str, object]:
    text = None if value.is_secret else value.text
    return {"name": name, "value": text, "secret": value.is_secret, "source": value.source}


def _print_json(value: object) -> None:
    print(msgspec.json.format(msgspec.json.encode(value)).decode())


def _print_rows(titles: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> None:
    """A table on a terminal; elsewhere lines of columns with tabs between them."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(_line(each) for each in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        print(nothing)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_line(each)) for each in row))
    Console(highlight=False).print(table)


def _line(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
