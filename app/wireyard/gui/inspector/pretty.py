"""Makes the Pretty text of a payload: of JSON the first lines at once and the rest while they are read."""

from __future__ import annotations

from typing import Literal

from wireyard.formats.highlight import Language
from wireyard.formats.json_pretty import State, next_block
from wireyard.formats.json_text import validate
from wireyard.formats.xml_text import MAX_BYTES, space_html, space_xml
from wireyard.gui.inspector.source import GrowingSource
from wireyard.gui.jobs import Job

_CHUNK_BYTES = 256 * 1024
# Deep nesting makes a hundred bytes of white space out of one: 16 MB of it would be gigabytes.
_MOST_BYTES = 96 * 1024 * 1024
_MOST_DEPTH = 10_000

MarkupFault = Literal["", "too large", "unpaired"]


def write_pretty(job: Job, payload: bytes, source: GrowingSource) -> str:
    """Fill ``source`` with pretty JSON; gives back what is wrong with the payload, or nothing (worker).

    Where the payload stops being JSON the rest follows as it came; so it does where white space would grow too much.
    """
    state = State()
    pending: list[bytes] = []
    size = wanted = 0
    fault = -1
    is_too_much = False
    try:
        while state.at < len(payload) and fault < 0 and not job.is_cancelled:
            is_too_much = source.size() > _MOST_BYTES or len(state.broken) > _MOST_DEPTH
            lines, fault = next_block(payload, state, is_last=is_too_much)
            if is_too_much and fault < 0:
                fault = state.at
            pending += lines
            size += sum(map(len, lines))
            # The first lines go out alone, later ones in large pieces.
            if size > wanted and pending:
                _append(source, pending)
                pending, size, wanted = [], 0, _CHUNK_BYTES
            job.breathe()
        if fault >= 0:
            pending.append(payload[fault:])
        if pending:
            _append(source, pending)
    finally:
        source.finish()
    if fault < 0 or is_too_much:
        return ""
    found = validate(payload)
    return str(found) if found is not None else ""


def pretty_at_once(payload: bytes) -> tuple[bytes, str]:
    """Pretty text of a small payload, and what is wrong with it, if anything is."""
    found = validate(payload)
    if found is not None:
        return b"", str(found)
    state = State()
    lines: list[bytes] = []
    while state.at < len(payload):
        lines += next_block(payload, state)[0]
    return b"\n".join(lines), ""


def write_markup(job: Job, payload: bytes, language: Language, source: GrowingSource) -> MarkupFault:
    """Fill ``source`` with XML or HTML laid out, or as it came, and say why (worker)."""
    fault: MarkupFault = ""
    spaced = None
    try:
        if len(payload) > MAX_BYTES:
            fault = "too large"
        elif language == "html":
            spaced = space_html(payload, job.breathe)
        else:
            spaced = space_xml(payload, job.breathe)
            fault = "" if spaced is not None else "unpaired"
        source.append(payload if spaced is None else spaced)
    finally:
        source.finish()
    return fault


def _append(source: GrowingSource, lines: list[bytes]) -> None:
    source.append((b"\n" if source.size() else b"") + b"\n".join(lines))
