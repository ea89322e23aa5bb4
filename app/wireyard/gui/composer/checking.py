"""Says whether a draft is what its format claims, how large it is, and where the first fault lies."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from wireyard.formats import sizes
from wireyard.gui.composer.draft import BYTE_FAULTS, BYTE_FORMATS, Draft, Format, parse_bytes
from wireyard.gui.composer.templated_json import validate
from wireyard.session.plan.files import FileLook
from wireyard.workspace.variables.template import references


class Verdict(NamedTuple):
    """What is said beside Send. ``position`` is where the fault is, in characters; ``blocks`` bars sending, ``warns``
    says that it is at fault without a place."""

    words: str
    size_bytes: int
    position: int | None = None
    blocks: bool = False
    warns: bool = False

    @property
    def is_faulty(self) -> bool:
        return self.position is not None


def file_verdict(look: FileLook | str) -> Verdict:
    """What is said of a file: its size, or why it can't be sent as it is now."""
    if isinstance(look, str):
        return Verdict(_tr("The file can't be read"), 0, warns=True)
    return Verdict(sizes.size(look.size_bytes), look.size_bytes)


def check(draft: Draft) -> Verdict:
    """Look at a draft. Takes some milliseconds a megabyte."""
    if draft.format in BYTE_FORMATS:
        return _check_bytes(draft.format, draft.text)
    data = draft.text.encode("utf-8", "surrogatepass")
    size = sizes.size(len(data))
    if not data:
        return Verdict(_tr("Empty message"), 0)
    if draft.format == "text":
        return Verdict(size, len(data))
    fault = validate(draft.text)
    if fault is None:
        return Verdict(_tr("Valid JSON · {0}").format(size), len(data))
    return Verdict(_tr("Line {0}: {1}").format(sizes.count(fault.line), fault.message), len(data), fault.offset)


def _check_bytes(format_: Format, text: str) -> Verdict:
    if references(text):
        return Verdict(_tr("Checked when its variables have their values"), 0)
    try:
        size = len(parse_bytes(format_, text))
    except BYTE_FAULTS as fault:
        line = text.count("\n", 0, fault.position) + 1
        words = _tr("Line {0}: {1}").format(sizes.count(line), fault.message)
        return Verdict(words, 0, fault.position, blocks=True)
    return Verdict(sizes.size(size) if size else _tr("Empty message"), size)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Composer", text)
