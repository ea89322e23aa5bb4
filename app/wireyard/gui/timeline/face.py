"""What a row says: the record turned into a tile, words and coloured text, before anything is drawn.

Made when a row is first painted, from the first 2 KB that come with the row; nothing here reads or parses more.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from wireyard.domain.event import Closed, Failed, Note, Opened, Step
from wireyard.domain.frame import Direction, Opcode
from wireyard.formats import hexdump
from wireyard.formats.preview import MAX_CHARS, MAX_HEX_BYTES
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.timeline.amounts import count_text, size_text
from wireyard.gui.timeline.preview_runs import Runs, part_runs, payload_runs
from wireyard.gui.timeline.row_parts import NO_PARTS, Parts
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row
from wireyard.session.masked_reader import MaskedRow
from wireyard.session.wording import close_detail, close_words, words

translate = QCoreApplication.translate
_NO_RUNS: Runs = ()
_SEPARATOR = " · "
_MOST_TYPED_BYTES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One row as it is seen. ``tone`` colours tile and title; ``tone_bg`` is the tile's ground.

    ``text`` is the preview; ``runs`` colour it, and where they don't it has the colour ``text_tone``. ``is_divider``
    says that another connection of the session begins.
    """

    icon: str
    tone: TokenName
    tone_bg: TokenName
    tag: str = ""
    title: str = ""
    title_tone: TokenName | None = None
    text: str = ""
    text_tone: TokenName = "text.1"
    runs: Runs = _NO_RUNS
    note: str = ""
    size: str = ""
    is_alarm: bool = False
    is_mark: bool = False
    is_divider: bool = False

    @property
    def plain(self) -> str:
        """All words of the row in one line."""
        return " ".join(part for part in (self.tag, self.title, self.text, self.note) if part)


def face_of(
    row: Row,
    *,
    is_overdue: bool = False,
    max_chars: int = MAX_CHARS,
    parts: Parts = NO_PARTS,
    mark: str | None = None,
) -> Face:
    """Say what a row shows. ``is_overdue`` says of a ping that its pong should have come by now.

    ``max_chars`` is how much of a preview there is room for: it may be longer, but needn't. ``parts`` are shown in
    place of the whole message. ``mark`` is the note of a marked row.
    """
    match row.kind:
        case RowKind.MESSAGE:
            return _message(row, max_chars, parts)
        case RowKind.CONTROL:
            return _control(row, is_overdue)
        case RowKind.LOST:
            return Face(
                icon="alert",
                tone="warn",
                tone_bg="warn.bg",
                title=translate("Timeline", "Not kept"),
                note=translate("Timeline", "it could not be written to disk and no longer fit in memory"),
            )
        case _:
            return _detail(row, mark)


def _detail(row: Row, mark: str | None) -> Face:
    match row.detail:
        case Opened() as opened:
            return _opened(opened)
        case Step() as step:
            return _step(step)
        case Closed() as closed:
            return _closed(closed)
        case Failed() as failed:
            return _failed(failed)
        case Note(topic="no_subprotocol" | "no_pongs") as note:
            return _unusual(note)
        case Note(topic="cookies") as note:
            return _cookies(note)
        case Note(topic="mark"):
            title = translate("Timeline", "Mark")
            return Face(
                icon="flag", tone="accent.text", tone_bg="accent.bg", title=title, note=mark or "", is_mark=True
            )
        case Note(topic="divider") as note:
            return Face(icon="reconnect", tone="text.2", tone_bg="bg.hover", title=note.text, is_divider=True)
        case Note() as note:
            return Face(icon="info", tone="text.3", tone_bg="bg.hover", note=note.text)
        case _:
            return Face(icon="info", tone="text.3", tone_bg="bg.hover", note=translate("Timeline", "Unreadable record"))


def _unusual(note: Note) -> Face:
    """What differs from what was asked for, or from what is usual."""
    title, _, more = note.text.partition(": ")
    return Face(icon="alert", tone="warn", tone_bg="warn.bg", title=title, note=more)


def _cookies(note: Note) -> Face:
    """What became of cookies that a server set; that one was refused is worth a look."""
    if " refused" in note.text:
        return _unusual(note)
    title, _, more = note.text.partition(": ")
    return Face(icon="info", tone="text.3", tone_bg="bg.hover", title=title, note=more)


def _message(row: Row, max_chars: int, parts: Parts) -> Face:
    is_sent = row.direction == Direction.SENT
    is_wrong = row.failed or bool(row.fault)
    title = ""
    if row.failed:
        title = translate("Timeline", "Not sent")
    elif row.fault:
        title = translate("Timeline", "Breaks the protocol")
    if parts:
        text, runs = part_runs(parts, max_chars)
    else:
        text, runs = payload_runs(row.head, row.size_bytes, row.opcode, max_chars)
    if isinstance(row, MaskedRow) and row.opcode == Opcode.BINARY:
        text = hexdump.dotted(text, row.places, MAX_HEX_BYTES)
    return Face(
        icon="arrow-up" if is_sent else "arrow-down",
        tone="err" if is_wrong else "sent" if is_sent else "recv",
        tone_bg="err.bg" if is_wrong else "sent.bg" if is_sent else "recv.bg",
        tag="BIN" if row.opcode == Opcode.BINARY else "",
        title=title,
        text=text,
        text_tone="text.2" if row.opcode == Opcode.BINARY else "text.1",
        runs=runs,
        note=row.note or row.fault,
        size=size_text(row.size_bytes),
    )


def _control(row: Row, is_overdue: bool) -> Face:
    tag = {Opcode.PING: "PING", Opcode.PONG: "PONG"}.get(row.opcode, "CLOSE")
    return Face(
        icon="pulse",
        tone="warn" if is_overdue else "text.3",
        tone_bg="warn.bg" if is_overdue else "bg.hover",
        tag=tag,
        title=_control_title(row, is_overdue),
        note=_SEPARATOR.join(_control_facts(row)),
        size=size_text(row.size_bytes),
    )


def _control_title(row: Row, is_overdue: bool) -> str:
    is_sent = row.direction == Direction.SENT
    if row.opcode == Opcode.PING:
        if is_overdue:
            return translate("Timeline", "No pong")
        if row.rtt_ms is not None and is_sent:
            return translate("Timeline", "Ping answered")
        if row.rtt_ms is not None:
            return translate("Timeline", "Ping received and answered")
        return translate("Timeline", "Ping sent") if is_sent else translate("Timeline", "Ping received")
    if row.opcode == Opcode.PONG:
        if is_sent:
            return translate("Timeline", "Pong sent unasked")
        return translate("Timeline", "Pong received unasked")
    return translate("Timeline", "Close frame sent") if is_sent else translate("Timeline", "Close frame received")


def _control_facts(row: Row) -> list[str]:
    facts: list[str] = []
    if row.rtt_ms is not None and row.direction == Direction.SENT:
        facts.append(translate("Timeline", "round trip {0}").format(_milliseconds(row.rtt_ms)))
    if row.size_bytes:
        text = _typed_payload(row)
        facts.append(translate("Timeline", "payload {0}").format(f"“{text}”" if text else size_text(row.size_bytes)))
    if row.folded:
        facts.append(f"×{row.folded + 1}")
    return facts


def _typed_payload(row: Row) -> str:
    """The payload of a ping or pong that a person or the server wrote as a short text; empty where it is none."""
    if row.auto or row.folded or row.size_bytes > _MOST_TYPED_BYTES or len(row.head) != row.size_bytes:
        return ""
    return row.head.decode("ascii") if row.head.isascii() and row.head.decode("ascii").isprintable() else ""


def _opened(opened: Opened) -> Face:
    facts = [str(opened.status), opened.subprotocol, _names(opened.extensions), _milliseconds(opened.ms)]
    return Face(
        icon="plug",
        tone="ok",
        tone_bg="ok.bg",
        title=translate("Timeline", "Connected"),
        note=_SEPARATOR.join(fact for fact in facts if fact),
    )


def _step(step: Step) -> Face:
    facts = [step.detail, _milliseconds(step.ms)]
    return Face(
        icon="check" if step.ok else "close",
        tone="ok" if step.ok else "err",
        tone_bg="ok.bg" if step.ok else "err.bg",
        title=_step_title(step),
        note=_SEPARATOR.join(fact for fact in facts if fact),
    )


def _step_title(step: Step) -> str:
    ok = step.ok
    match step.name:
        case "auth":
            return translate("Timeline", "Signed in") if ok else translate("Timeline", "Not signed in")
        case "resolve":
            return translate("Timeline", "Resolved") if ok else translate("Timeline", "Not resolved")
        case "tcp":
            return translate("Timeline", "TCP connected") if ok else translate("Timeline", "TCP not connected")
        case "proxy":
            return translate("Timeline", "Proxy passed") if ok else translate("Timeline", "Proxy failed")
        case "tls":
            return translate("Timeline", "TLS secured") if ok else translate("Timeline", "TLS failed")
        case "upgrade":
            if ok and step.detail.startswith("3"):
                return translate("Timeline", "Redirected")
            if ok and step.detail.startswith("401"):
                return translate("Timeline", "Asked to sign in")
            if ok:
                return translate("Timeline", "Upgraded")
            # A status says that it was refused; without one nobody answered, or nobody waited.
            has_status = step.detail[:1].isdigit()
            return translate("Timeline", "Upgrade refused") if has_status else translate("Timeline", "Not upgraded")


def _closed(closed: Closed) -> Face:
    said = close_words(closed)
    tone: TokenName = "text.2" if said.is_calm else "err" if said.is_error else "warn"
    tone_bg: TokenName = "bg.hover" if said.is_calm else "err.bg" if said.is_error else "warn.bg"
    return Face(icon="stop", tone=tone, tone_bg=tone_bg, title=said.row, note=close_detail(closed))


def _failed(failed: Failed) -> Face:
    said = words(failed.failure)
    return Face(
        icon="alert",
        tone="err",
        tone_bg="err.bg",
        title=said.title,
        note=said.explanation,
        is_alarm=True,
    )


def _milliseconds(ms: float) -> str:
    if ms < 1:
        return translate("Timeline", "under 1 ms")
    return f"{count_text(round(ms))} ms"


def _names(extensions: str) -> str:
    """The names of the extensions; their parameters stand in the inspector."""
    return ", ".join(part.split(";")[0].strip() for part in extensions.split(",") if part.strip())
