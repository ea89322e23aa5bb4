"""What the inspector says where it does not show a payload: nothing chosen, several rows, or why it can't."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from wireyard.formats import sizes
from wireyard.gui.inspector.details import Details
from wireyard.gui.inspector.kinds import Kind, markup_of
from wireyard.gui.inspector.loading import WHOLE_BYTES
from wireyard.gui.inspector.sections import Field, Section
from wireyard.recording.errors import RecordingError


def nothing_selected() -> Details:
    """What to do first."""
    return Details("", "neutral", "", "", _tr("Select a row to see it here."), ())


def describe_several(count: int, total_bytes: int, span_s: float) -> Details:
    """What several selected rows come to."""
    size = f"{sizes.size(total_bytes)} ({_tr('{0} bytes').format(sizes.count(total_bytes))})"
    fields = (
        Field(_tr("Rows"), sizes.count(count)),
        Field(_tr("Payload"), size),
        Field(_tr("Time span"), sizes.duration(span_s)),
    )
    facts = f"{sizes.size(total_bytes)} · {sizes.duration(span_s)}"
    section = Section(_tr("Selected"), fields)
    return Details(_tr("{0} rows").format(sizes.count(count)), "neutral", facts, "", "", (section,))


def describe_unreadable(error: RecordingError) -> Details:
    """Why a row can't be shown, and what to do."""
    fields = (Field(_tr("File"), str(error.path)), Field(_tr("Technical detail"), error.technical))
    section = Section(_tr("Recording"), tuple(field for field in fields if field.value))
    return Details("", "err", "", error.what, error.advice, (section,))


def why_not_pretty(kind: Kind, fault: str, *, is_whole: bool, is_masked: bool) -> str:
    """Why there is no Pretty view of a payload; empty when there is one."""
    if not is_whole:
        return _tr("Pretty shows payloads up to {0}").format(sizes.size(WHOLE_BYTES))
    if kind != "json" and markup_of(kind) is None:
        return _tr("Pretty shows JSON, XML and HTML")
    if fault and is_masked:
        return _tr("With its secrets masked it is no valid JSON")
    return _tr("Not valid JSON: {0}").format(fault) if fault else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Details", text)
