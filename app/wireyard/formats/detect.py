"""What a payload seems to be, guessed from its first bytes: never a claim, always a label beside the bytes."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from wireyard.domain.frame import Opcode
from wireyard.formats import packed

Kind = Literal["empty", "json", "xml", "html", "text", "msgpack", "cbor", "image", "binary"]

HEAD_BYTES = 2048


class Detection(msgspec.Struct, frozen=True):
    """The guess: ``kind`` chooses a view, ``label`` is what a person reads ("PNG image 128 × 128")."""

    kind: Kind
    label: str


def detect(head: bytes, size_bytes: int, opcode: Opcode = Opcode.TEXT) -> Detection:
    """Guess from the first bytes (2 KB are enough), the whole size and the opcode of a message."""
    if size_bytes == 0 or not head:
        return Detection("empty", "Empty")
    if opcode == Opcode.TEXT:
        return detect_text(head)
    for magic in _MAGIC:
        if head.startswith(magic[0]):
            return Detection(magic[1], magic[2])
    return _image(head) or _riff(head) or _structured(head, size_bytes) or _UNKNOWN


def detect_text(head: bytes) -> Detection:
    """Guess the kind of a text from its first bytes."""
    if _JSON_START.match(head) is not None:
        return _JSON
    if _XML_START.match(head) is not None:
        return Detection("html", "HTML") if _HTML_START.match(head) is not None else Detection("xml", "XML")
    return _TEXT


def is_text(head: bytes) -> bool:
    """Tell whether bytes read as UTF-8 text without control characters; a character cut at the end is forgiven."""
    if _CONTROLS.search(head) is not None:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as fault:
        return fault.reason == "unexpected end of data" and len(head) - fault.start < 4
    return True


_JSON = Detection("json", "JSON")
_TEXT = Detection("text", "Text")
_UNKNOWN = Detection("binary", "Binary data")

_JSON_START = re.compile(
    rb'(?:\xef\xbb\xbf)?[ \t\r\n]*+(?:\{[ \t\r\n]*+(?:["}]|\Z)|\[[ \t\r\n]*+(?:[\[{"\]0-9-]|true\b|false\b|null\b|\Z))'
)
_XML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<(?:\?xml\b|!DOCTYPE\b|!--|!\[CDATA\[|[A-Za-z_][\w.:-]*+[\s/>])", re.I)
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<!--.*?-->\s*+)?<(?:!DOCTYPE\s++html|html|head|body|div|p|span)\b", re.I | re.S
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_MAGIC: tuple[tuple[bytes, Kind, str], ...] = (
    (b"\x1f\x8b", "binary", "gzip data"),
    (b"%PDF-", "binary", "PDF"),
    (b"PK\x03\x04", "binary", "zip archive"),
    (b"PK\x05\x06", "binary", "zip archive, empty"),
    (b"\x28\xb5\x2f\xfd", "binary", "zstd data"),
    (b"BZh", "binary", "bzip2 data"),
    (b"\xfd7zXZ\x00", "binary", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "binary", "7-Zip archive"),
    (b"\x00asm", "binary", "WebAssembly module"),
    (b"SQLite format 3\x00", "binary", "SQLite database"),
    (b"OggS", "binary", "Ogg media"),
    (b"ID3", "binary", "MP3 audio"),
    (b"fLaC", "binary", "FLAC audio"),
    (b"\x1a\x45\xdf\xa3", "binary", "WebM or Matroska media"),
    (b"\x7fELF", "binary", "ELF program"),
    (b"wOFF", "binary", "WOFF font"),
    (b"wOF2", "binary", "WOFF2 font"),
    (b"Obj\x01", "binary", "Avro data"),
    (b"PAR1", "binary", "Parquet data"),
    (b"ARROW1", "binary", "Arrow data"),
    (b"II*\x00", "image", "TIFF image"),
    (b"MM\x00*", "image", "TIFF image"),
)


def _structured(head: bytes, size_bytes: int) -> Detection | None:
    if head[4:8] == b"ftyp":
        return Detection("binary", "MP4 media")
    if is_text(head):
        guess = detect_text(head)
        return guess if guess.kind != "text" else Detection("text", "UTF-8 text")
    label = packed.msgpack_label(head, size_bytes)
    if label:
        return Detection("msgpack", label)
    label = packed.cbor_label(head, size_bytes)
    return Detection("cbor", label) if label else None


def _image(head: bytes) -> Detection | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _sized("PNG image", _be(head, 16, 4), _be(head, 20, 4))
    if head.startswith((b"GIF87a", b"GIF89a")):
        return _sized("GIF image", _le(head, 6, 2), _le(head, 8, 2))
    if head.startswith(b"\xff\xd8\xff"):
        return _sized("JPEG image", *_jpeg_size(head))
    if head.startswith(b"BM") and len(head) >= 26 and head[6:10] == b"\0\0\0\0":
        return _sized("BMP image", _le(head, 18, 4), _le(head, 22, 4))
    return None


def _riff(head: bytes) -> Detection | None:
    if not head.startswith(b"RIFF"):
        return None
    form = head[8:12]
    if form == b"WAVE":
        return Detection("binary", "WAV audio")
    if form != b"WEBP":
        return Detection("binary", "RIFF media")
    if head[12:16] == b"VP8X":
        return _sized("WebP image", _le(head, 24, 3) + 1, _le(head, 27, 3) + 1)
    if head[12:16] == b"VP8 ":
        return _sized("WebP image", _le(head, 26, 2) & 0x3FFF, _le(head, 28, 2) & 0x3FFF)
    return Detection("image", "WebP image")


def _jpeg_size(head: bytes) -> tuple[int, int]:
    """Walk the JPEG segments to the frame header (ITU T.81 B.2.2), as far as the head reaches."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _be(head, at + 7, 2), _be(head, at + 5, 2)
        at += 2 + max(_be(head, at + 2, 2), 2)
    return 0, 0


def _sized(name: str, width: int, height: int) -> Detection:
    return Detection("image", f"{name} {width} × {height}" if width and height else name)


def _be(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")


def _le(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")
