"""The palette made from a theme, for everything Qt draws without asking the style sheet."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from wireyard.gui.theme.tokens import TokenName, Tokens

_Role = QPalette.ColorRole
_ROLES: dict[QPalette.ColorRole, TokenName] = {
    _Role.Window: "bg.app",
    _Role.WindowText: "text.1",
    _Role.Base: "bg.surface",
    _Role.AlternateBase: "bg.sunken",
    _Role.Text: "text.1",
    _Role.PlaceholderText: "text.3",
    _Role.Button: "bg.raised",
    _Role.ButtonText: "text.1",
    _Role.BrightText: "err",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on.accent",
    _Role.Accent: "accent",
    _Role.Link: "accent.text",
    _Role.LinkVisited: "accent.text",
    _Role.ToolTipBase: "text.1",
    _Role.ToolTipText: "bg.surface",
    _Role.Light: "bg.raised",
    _Role.Midlight: "bg.hover",
    _Role.Mid: "border.2",
    _Role.Dark: "border.control",
    _Role.Shadow: "border.control",
}
_DISABLED = (_Role.WindowText, _Role.Text, _Role.ButtonText)


def make_palette(tokens: Tokens) -> QPalette:
    """The palette of one theme."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, tokens.colors[token])
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, tokens.colors["text.off"])
    return palette
