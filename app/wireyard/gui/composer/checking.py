"""Says whether a draft is what its format claims, how large it is, and where the first fault lies."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QCoreApplication

from wireyard.formats import sizes
from wireyard.gui.composer.draft import Draft, HexFaultError, parse_hex


class Verdict(NamedTuple):
    """What is said beside Send. ``position`` is where the fault is, in characters; ``blocks`` bars sending."""

    words: str
    size_bytes: int
    position: int | None = None
    blocks: bool = False

    @property
    def is_faulty(self) -> bool:
        return self.position is not None


def check(draft: Draft) -> Verdict:
    """Look at a draft. Takes some milliseconds a megabyte."""
    if draft.format == "hex":
        return _check_hex(draft.text)
    data = draft.text.encode("utf-8", "surrogatepass")
    size = sizes.size(len(data))
    if not data:
        return Verdict(_tr("Empty message"), 0)
    if draft.format == "text":
        return Verdict(size, len(data))
    fault = _json_fault(data)
    if fault is None:
        return Verdict(_tr("Valid JSON · {0}").format(size), len(data))
    at, message = fault
    position = len(data[:at].decode("utf-8", "ignore"))
    line = draft.text.count("\n", 0, position) + 1
    return Verdict(_tr("Line {0}: {1}").format(line, message), len(data), position)


def _check_hex(text: str) -> Verdict:
    try:
        size = len(parse_hex(text))
    except HexFaultError as fault:
        line = text.count("\n", 0, fault.position) + 1
        column = fault.position - (text.rfind("\n", 0, fault.position) + 1) + 1
        words = _tr("Line {0}, column {1}: {2}").format(line, column, fault.message)
        return Verdict(words, 0, fault.position, blocks=True)
    return Verdict(sizes.size(size) if size else _tr("Empty message"), size)


def _json_fault(data: bytes) -> tuple[int, str] | None:
    try:
        msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        found = re.search(r"\(byte (\d+)\)", str(error))
        return (int(found[1]) if found else len(data)), str(error)
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Composer", text)
