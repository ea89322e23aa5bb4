"""The two typefaces: Inter for the window, JetBrains Mono for payloads, times and addresses.

Both come as packages with their licences. Where a package is absent the system's own fonts serve.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

FontStyle = Literal[
    "title",
    "heading",
    "body",
    "body.medium",
    "body.strong",
    "small",
    "small.medium",
    "small.strong",
    "caption",
    "status",
    "status.medium",
    "tag",
    "mono.url",
    "mono",
    "mono.small",
]


@dataclass(frozen=True, slots=True)
class Families:
    """The family names in use, each with its fallbacks in order."""

    ui: tuple[str, ...]
    mono: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    size_px: int
    weight: int
    is_mono: bool = False


_STYLES: dict[FontStyle, _Style] = {
    "title": _Style(24, 600),
    "heading": _Style(16, 600),
    "body": _Style(13, 400),
    "body.medium": _Style(13, 500),
    "body.strong": _Style(13, 600),
    "small": _Style(12, 400),
    "small.medium": _Style(12, 500),
    "small.strong": _Style(12, 600),
    "caption": _Style(11, 600),
    "status": _Style(11, 400),
    "status.medium": _Style(11, 500),
    "tag": _Style(10, 600),
    "mono.url": _Style(13, 400, is_mono=True),
    "mono": _Style(12, 400, is_mono=True),
    "mono.small": _Style(11, 400, is_mono=True),
}


def load_families() -> Families:
    """Register the packaged fonts with Qt; call once the application exists."""
    system_ui = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    system_mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    ui, mono = _register("fontpkg_inter"), _register("fontpkg_jetbrains_mono")
    return Families(ui=(*ui, system_ui), mono=(*mono, system_mono, "monospace"))


def make_font(style: FontStyle, families: Families, scale: float) -> QFont:
    """The font of one style at a zoom of ``scale`` (1.0 = 100 %)."""
    wanted = _STYLES[style]
    font = QFont()
    font.setFamilies(list(families.mono if wanted.is_mono else families.ui))
    font.setPixelSize(max(1, round(wanted.size_px * scale)))
    font.setWeight(QFont.Weight(wanted.weight))
    # Hinting snaps stems to pixels and makes the spacing of small text uneven.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if wanted.is_mono:
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFixedPitch(True)
        # A debugger shows != and :// as they were typed, never as one sign.
        font.setFeature(QFont.Tag("calt"), 0)
    return font


def _register(package: str) -> tuple[str, ...]:
    """Register the upright font of a font package; answer its family, or nothing where it isn't installed."""
    # Not importlib.resources, which loads archives and temporary files: this is before the first paint.
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        for file in sorted(Path(folder, "files").glob("*.[ot]tf")):
            if "Italic" in file.name:  # slanted words are slanted by Qt
                continue
            # From its bytes: from its path Qt takes the variable font for a single weight, and nothing is bold.
            number = QFontDatabase.addApplicationFontFromData(file.read_bytes())
            families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
            if families:
                return (families[0],)
    return ()
