"""What kinds of payload the inspector tells apart, and which view each kind is shown in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from wireyard.domain.frame import Opcode
from wireyard.formats.highlight import Language
from wireyard.gui.inspector.loading import Loaded
from wireyard.recording.kinds import RowKind

TabName = Literal["pretty", "raw", "hex"]
Kind = Literal["json", "xml", "html", "text", "binary", "control"]
TABS: tuple[TabName, ...] = ("pretty", "raw", "hex")

_FIRST_TABS: dict[Kind, TabName] = {
    "json": "pretty",
    "xml": "pretty",
    "html": "pretty",
    "text": "raw",
    "binary": "hex",
    "control": "hex",
}
_SUFFIXES = {"json": "json", "xml": "xml", "html": "html", "text": "txt", "msgpack": "msgpack", "cbor": "cbor"}
_IMAGES = (("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WebP", "webp"), ("BMP", "bmp"), ("TIFF", "tif"))


class TabChoices:
    """The view chosen for each kind of payload."""

    def __init__(self) -> None:
        self._tab_of = dict(_FIRST_TABS)

    def of(self, kind: Kind) -> TabName:
        return self._tab_of[kind]

    def choose(self, kind: Kind, tab: TabName) -> None:
        self._tab_of[kind] = tab

    def as_names(self) -> dict[str, str]:
        """The choices, to be kept over a restart."""
        return {str(kind): str(tab) for kind, tab in self._tab_of.items()}

    def restore(self, names: Mapping[str, str]) -> None:
        """Take back what `as_names` gave; what isn't known is left out."""
        for kind in self._tab_of:
            for tab in TABS:
                if names.get(kind) == tab:
                    self._tab_of[kind] = tab


def kind_of(loaded: Loaded) -> Kind:
    """What a row's payload is."""
    if loaded.row.kind == RowKind.CONTROL:
        return "control"
    detected = None if loaded.detection is None else loaded.detection.kind
    if detected == "json" or detected == "xml" or detected == "html":
        return detected
    return "text" if loaded.row.opcode == Opcode.TEXT else "binary"


def markup_of(kind: Kind) -> Language | None:
    """The language that a kind is coloured in by a lexer."""
    return kind if kind == "xml" or kind == "html" else None


def file_name(loaded: Loaded) -> str:
    """A name to propose for a file with the payload."""
    label = "" if loaded.detection is None else loaded.detection.label
    kind = "" if loaded.detection is None else loaded.detection.kind
    ending = _SUFFIXES.get(kind) or next((end for name, end in _IMAGES if label.startswith(name)), "bin")
    return f"message-{loaded.row.seq}.{ending}"
