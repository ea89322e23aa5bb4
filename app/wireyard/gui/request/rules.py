"""What can't stand in a row of a grid: each rule says in one sentence what is wrong, and in which cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from wireyard.workspace.model import Field
from wireyard.workspace.variables.template import is_name

Cell = Literal["name", "value"]
_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")

CONTROLLED = ("upgrade", "connection", "sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions")


class Fault(NamedTuple):
    """What is wrong with a row."""

    cell: Cell
    words: str


Rule = Callable[[Field], Fault | None]


def header_fault(row: Field) -> Fault | None:
    """Why this can't be a header (RFC 9110 section 5), or why it would not be sent."""
    name = _VARIABLE.sub("x", row.name)
    if not name:
        return Fault("name", _tr("A header needs a name.")) if row.value else None
    if bad := token_fault(name):
        return Fault("name", _tr("A header's name can't hold “{0}”.").format(bad))
    if name.casefold() in CONTROLLED:
        return Fault("name", _tr("{0} is set by the app: a server may refuse another.").format(row.name))
    control = _CONTROL.search(row.value)
    if control:
        words = _tr("A header's value can't hold a control character (U+{0:04X}).")
        return Fault("value", words.format(ord(control[0])))
    wide = next((char for char in _VARIABLE.sub("", row.value) if ord(char) > 255), "")
    return Fault("value", _tr("A header can't carry “{0}”: percent-encode it.").format(wide)) if wide else None


def token_fault(text: str) -> str:
    """The first character that can't be in a token (RFC 9110 section 5.6.2), as it is shown; variables may."""
    bad = next((char for char in _VARIABLE.sub("x", text) if not _TOKEN.fullmatch(char)), "")
    return bad if not bad or bad.isprintable() else f"U+{ord(bad):04X}"


def param_fault(row: Field) -> Fault | None:
    """What would be read as something else in an address."""
    name, value = _VARIABLE.sub("", row.name), _VARIABLE.sub("", row.value)
    cells: tuple[tuple[Cell, str], ...] = (("name", name), ("value", value))
    for cell, text in cells:
        if "&" in text:
            return Fault(cell, _tr("“&” begins another parameter: write %26."))
        if "#" in text:
            return Fault(cell, _tr("“#” ends an address: write %23."))
        if _CONTROL.search(text):
            return Fault(cell, _tr("An address can't hold a control character."))
    return Fault("name", _tr("“=” ends the name: write %3D.")) if "=" in name else None


def variable_fault(row: Field) -> Fault | None:
    """Why this can't be a variable's name."""
    if not row.name:
        return Fault("name", _tr("A variable needs a name.")) if row.value else None
    if not is_name(row.name):
        return Fault("name", _tr("A variable's name has letters, digits, “_”, “-” and “.” only."))
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("FieldGrid", text)
