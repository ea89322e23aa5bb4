"""Loads a theme: a TOML file that gives every colour role a value, and nothing but colour roles.

Widgets name roles, never colours. A theme with a role missing, unknown or unreadable is refused as a whole, so that a
mistake in a file shows at start and not as an invisible label.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from PySide6.QtGui import QColor

TokenName = Literal[
    # Surfaces: rail, strip and status; panes and editors; toolbars and wells; buttons, cards and menus; states of rows.
    "bg.app",
    "bg.surface",
    "bg.sunken",
    "bg.raised",
    "bg.hover",
    "bg.pressed",
    "bg.selected",
    # Parts whose surface differs between light and dark: fields, the chosen segment, the line with the caret.
    "bg.field",
    "bg.segment",
    "bg.line",
    # Lines. Only border.control reaches 3:1 and may outline something that can be switched.
    "border",
    "border.2",
    "border.control",
    "text.1",
    "text.2",
    "text.3",
    # What can't be used now: it need not stand out, and must not look like what can.
    "text.off",
    "accent",
    "accent.hover",
    "accent.pressed",
    "on.accent",
    "focus.ring",
    "accent.text",
    "accent.bg",
    "sent",
    "sent.bg",
    "recv",
    "recv.bg",
    "ok",
    "ok.bg",
    "ok.dot",
    "warn",
    "warn.bg",
    "warn.dot",
    "err",
    "err.bg",
    "err.dot",
    "syn.key",
    "syn.string",
    "syn.number",
    "syn.literal",
    "syn.punct",
    "var",
    "var.bg",
    "scrim",
    "shadow",
]
TOKEN_NAMES: tuple[TokenName, ...] = get_args(TokenName)

_HEX = re.compile(r"#([0-9A-Fa-f]{6})([0-9A-Fa-f]{2})?")


class ThemeError(Exception):
    """A theme file does not give every role exactly one colour."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: its name, whether it is dark, and a colour for every role."""

    name: str
    is_dark: bool
    colors: Mapping[TokenName, QColor]

    @property
    def is_contrast(self) -> bool:
        """Whether it is a theme of high contrast."""
        return self.name.startswith("contrast")

    @property
    def ring_px(self) -> int:
        """The width of the focus ring."""
        return 3 if self.is_contrast else 2


def load_tokens(text: str, source: str = "theme") -> Tokens:
    """Read one theme from TOML; ``source`` names it in errors."""
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThemeError(f"{source}: {error}") from error
    given: dict[str, Any] = data.get("colors", {})
    missing = [name for name in TOKEN_NAMES if name not in given]
    unknown = [name for name in given if name not in TOKEN_NAMES]
    if missing or unknown:
        raise ThemeError(f"{source}: missing roles: {missing}; unknown roles: {unknown}")
    colors: dict[TokenName, QColor] = {name: _color(given[name], f"{source}: {name}") for name in TOKEN_NAMES}
    return Tokens(name=str(data["name"]), is_dark=bool(data["is_dark"]), colors=colors)


def contrast(first: QColor, second: QColor) -> float:
    """The WCAG 2 contrast ratio of two opaque colours, 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _color(value: object, where: str) -> QColor:
    found = _HEX.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ThemeError(f"{where}: {value!r} is not #RRGGBB or #RRGGBBAA")
    color = QColor(f"#{found[1]}")
    if found[2]:
        color.setAlpha(int(found[2], 16))
    return color
