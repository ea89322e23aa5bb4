"""An environment as rows: what its two files say about each name, and the files after a change of one cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from wireyard.workspace.model import EnvironmentFile, Variable
from wireyard.workspace.variables.template import is_name


@dataclass(frozen=True, slots=True)
class Row:
    """One variable. ``is_local`` says that only this machine's file knows it."""

    name: str
    shared: str = ""
    local: str = ""
    is_on: bool = True
    is_secret: bool = False
    note: str = ""
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """What the shared file and the one of this machine say."""

    shared: EnvironmentFile
    local: EnvironmentFile


def rows_of(files: Files) -> list[Row]:
    """The variables of both files: the shared ones in their order, then those of this machine only."""
    rows: list[Row] = []
    local = files.local.variables
    for name, variable in files.shared.variables.items():
        here = local.get(name)
        is_secret = variable.secret or (here is not None and here.secret)
        rows.append(
            Row(
                name=name,
                shared=variable.value,
                local=here.value if here is not None else "",
                is_on=not variable.off,
                is_secret=is_secret,
                note=variable.note,
            )
        )
    for name, variable in local.items():
        if name not in files.shared.variables:
            row = Row(name, "", variable.value, not variable.off, variable.secret, variable.note, is_local=True)
            rows.append(row)
    return rows


def name_fault(name: str, others: list[str]) -> str:
    """Why a variable can't have this name, in words; empty where it can."""
    if not name:
        return _tr("A variable needs a name.")
    if not is_name(name):
        return _tr("A name has letters, digits, “_”, “-” and “.”, and no blanks.")
    if name in others:
        return _tr("There is a variable of this name already.")
    return ""


def with_name(files: Files, old: str, new: str) -> Files:
    """Call a variable something else; with no old name, add one."""
    if not old:
        return replace_variable(files, new, lambda variable: variable)
    return Files(_renamed(files.shared, old, new), _renamed(files.local, old, new))


def with_shared(files: Files, name: str, value: str) -> Files:
    """Give a variable another shared value."""
    return replace_variable(files, name, lambda variable: replace(variable, value=value))


def with_local(files: Files, name: str, value: str) -> Files:
    """Give a variable another value on this machine; an empty one is none."""
    variables = dict(files.local.variables)
    before = variables.get(name)
    if value:
        variables[name] = replace(before or Variable(), value=value)
    elif before is not None and name in files.shared.variables:
        del variables[name]
    elif before is not None:
        variables[name] = replace(before, value="")
    return Files(files.shared, replace(files.local, variables=variables))


def with_on(files: Files, name: str, is_on: bool) -> Files:
    """Switch a variable on or off, in both files: a value of this machine would go on counting."""
    return _in_each(files, name, lambda variable: replace(variable, off=not is_on))


def with_note(files: Files, name: str, note: str) -> Files:
    """Note something beside a variable."""
    if name not in files.shared.variables and name in files.local.variables:
        return _in_each(files, name, lambda variable: replace(variable, note=note))
    return replace_variable(files, name, lambda variable: replace(variable, note=note))


def with_secret(files: Files, name: str, is_secret: bool) -> Files:
    """Make a variable secret, which takes its values out of both files; or make it an ordinary one without a value."""
    shared, local = files.shared, files.local
    if name in local.variables and name in shared.variables:
        rest = {key: variable for key, variable in local.variables.items() if key != name}
        local = replace(local, variables=rest)
    return _in_each(Files(shared, local), name, lambda variable: replace(variable, value="", secret=is_secret))


def without(files: Files, names: set[str]) -> Files:
    """Take variables out of both files."""
    return Files(_without(files.shared, names), _without(files.local, names))


def replace_variable(files: Files, name: str, change: Callable[[Variable], Variable]) -> Files:
    """Change a variable in the shared file, where it is put if need be."""
    variables = dict(files.shared.variables)
    variables[name] = change(variables.get(name) or Variable())
    return Files(replace(files.shared, variables=variables), files.local)


def _in_each(files: Files, name: str, change: Callable[[Variable], Variable]) -> Files:
    def changed(file: EnvironmentFile) -> EnvironmentFile:
        if name not in file.variables:
            return file
        return replace(file, variables={**file.variables, name: change(file.variables[name])})

    return Files(changed(files.shared), changed(files.local))


def _renamed(file: EnvironmentFile, old: str, new: str) -> EnvironmentFile:
    if old not in file.variables:
        return file
    items = ((new if name == old else name, variable) for name, variable in file.variables.items())
    return replace(file, variables=dict(items))


def _without(file: EnvironmentFile, names: set[str]) -> EnvironmentFile:
    if not names & file.variables.keys():
        return file
    return replace(file, variables={key: value for key, value in file.variables.items() if key not in names})


def _tr(text: str) -> str:
    return QCoreApplication.translate("Environments", text)
