"""File names for what people call things: usable on Linux, macOS and Windows, and never the same as a neighbour's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from wireyard.workspace.errors import NameFault

REQUEST_SUFFIX: Final = ".ws.yaml"
_MAX_BYTES: Final = 200
_FORBIDDEN: Final = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]'
)
# Names that Windows keeps for devices, with any extension.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_OWN_ENDINGS: Final = (REQUEST_SUFFIX, ".local")
_NUMBERED: Final = re.compile(r"(.*) (\d{1,6})")


def shown(stem: str) -> str:
    """What a file's stem says as a name: some systems keep accents apart from their letters."""
    return unicodedata.normalize("NFC", stem)


def checked(name: str) -> str:
    """A name as people will see it: of one line, without blanks around it. Raises `NameFault` when nothing is left."""
    cleaned = " ".join(name.split()).encode("utf-8", "ignore").decode()
    if not cleaned:
        raise NameFault("A name needs at least one character.")
    return unicodedata.normalize("NFC", cleaned)


def file_name(name: str, taken: Iterable[str]) -> str:
    """The stem of a file for ``name`` that is no neighbour's: ``taken`` are their stems. Raises `NameFault`."""
    stem = _usable(checked(name))
    return _numbered(stem, {folded(each) for each in taken}, _usable)


def free_name(name: str, taken: Iterable[str]) -> str:
    """``name``, or the first of "name 2", "name 3" that nobody here is called."""
    return _numbered(checked(name), set(taken), str)


def folded(stem: str) -> str:
    """The same for all stems that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", stem).casefold())


def sort_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts as people do: without regard to case, "2" before "10", "é" beside "e"."""
    parts = re.split(r"(\d+)", unicodedata.normalize("NFD", name.casefold()))
    return tuple((0, int(part[:18]), part) if part.isdecimal() else (1, 0, part) for part in parts if part)


def _usable(name: str) -> str:
    stem = _FORBIDDEN.sub("-", name)
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    if stem.startswith((".", "~", "-")):
        # Hidden, a shell's home folder, or taken for an option.
        stem = f"_{stem[1:]}"
    stem = _cut(stem, _MAX_BYTES).rstrip(". ")
    for ending in _OWN_ENDINGS:
        if stem.casefold().endswith(ending):
            stem = f"{stem[: -len(ending)]}-{ending[1:].replace('.', '-')}"
    return stem or "_"


def _cut(text: str, size: int) -> str:
    """At most ``size`` bytes, and no half character: nothing that belongs to the one before is left without it."""
    data = text.encode()
    if len(data) <= size:
        return text
    cut = data[:size].decode(errors="ignore")
    while cut and unicodedata.combining(text[len(cut)]):
        cut = cut[:-1]
    return cut


def _numbered(name: str, taken: set[str], usable: type[str] | object) -> str:
    is_file = usable is _usable
    if (folded(name) if is_file else name) not in taken:
        return name
    found = _NUMBERED.fullmatch(name)
    base, number = (found[1], int(found[2])) if found else (name, 1)
    while True:
        number += 1
        ending = f" {number}"
        candidate = (_cut(base, _MAX_BYTES - len(ending)).rstrip(". ") if is_file else base) + ending
        if (folded(candidate) if is_file else candidate) not in taken:
            return candidate
