"""The themes give every role a colour, and every pair of text and ground that is used reaches WCAG AA."""

from __future__ import annotations

import pytest

from wireyard.gui.theme.tokens import TOKEN_NAMES, ThemeError, TokenName, Tokens, contrast, load_tokens
from wireyard.resources import resource_text

TEXT_PAIRS: dict[TokenName, tuple[TokenName, ...]] = {
    "text.1": ("bg.app", "bg.surface", "bg.sunken", "bg.raised", "bg.hover", "bg.pressed", "bg.selected", "bg.field"),
    "text.2": ("bg.app", "bg.surface", "bg.sunken", "bg.raised", "bg.hover", "bg.selected", "bg.field", "bg.segment"),
    "text.3": ("bg.app", "bg.surface", "bg.sunken", "bg.raised", "bg.hover", "bg.selected", "bg.field"),
    "accent.text": ("bg.app", "bg.surface", "bg.raised", "accent.bg"),
    "on.accent": ("accent", "accent.hover", "accent.pressed"),
    "sent": ("sent.bg", "bg.surface"),
    "recv": ("recv.bg", "bg.surface", "bg.selected"),
    "ok": ("ok.bg", "bg.surface", "bg.app"),
    "warn": ("warn.bg", "bg.surface", "bg.app"),
    "err": ("err.bg", "bg.surface", "bg.app"),
    "syn.key": ("bg.surface", "bg.selected", "bg.sunken"),
    "syn.string": ("bg.surface", "bg.selected", "bg.sunken"),
    "syn.number": ("bg.surface", "bg.selected", "bg.sunken"),
    "syn.literal": ("bg.surface", "bg.selected", "bg.sunken"),
    "syn.punct": ("bg.surface", "bg.selected", "bg.sunken"),
    "var": ("var.bg", "bg.surface"),
}
GRAPHIC_PAIRS: dict[TokenName, tuple[TokenName, ...]] = {
    "border.control": ("bg.app", "bg.surface"),
    "focus.ring": ("bg.app", "bg.surface", "bg.raised", "bg.hover"),
    "ok.dot": ("bg.app", "bg.surface"),
    "warn.dot": ("bg.app", "bg.surface"),
    "err.dot": ("bg.app", "bg.surface"),
}


@pytest.fixture(params=["light", "dark", "contrast-light", "contrast-dark"])
def tokens(request: pytest.FixtureRequest) -> Tokens:
    return load_tokens(resource_text(f"themes/{request.param}.toml"))


def test_every_role_has_a_color(tokens: Tokens) -> None:
    assert set(tokens.colors) == set(TOKEN_NAMES)


@pytest.mark.parametrize("role", TEXT_PAIRS)
def test_text_stands_out_from_every_ground_it_is_used_on(tokens: Tokens, role: TokenName) -> None:
    ratios = {ground: contrast(tokens.colors[role], tokens.colors[ground]) for ground in TEXT_PAIRS[role]}
    assert min(ratios.values()) >= 4.5, ratios


@pytest.mark.parametrize("role", GRAPHIC_PAIRS)
def test_graphic_parts_stand_out_from_their_ground(tokens: Tokens, role: TokenName) -> None:
    ratios = {ground: contrast(tokens.colors[role], tokens.colors[ground]) for ground in GRAPHIC_PAIRS[role]}
    assert min(ratios.values()) >= 3.0, ratios


def test_a_theme_with_a_role_missing_is_refused_by_name() -> None:
    text = resource_text("themes/light.toml").replace('"text.1"', '"text.9"')
    with pytest.raises(ThemeError, match=r"text\.1.*text\.9"):
        load_tokens(text)


@pytest.mark.parametrize("value", ["red", "#12345", "#1234567", ""])
def test_a_color_that_is_not_hex_is_refused(value: str) -> None:
    text = resource_text("themes/light.toml").replace("#FAFBFC", value)
    with pytest.raises(ThemeError, match=r"bg\.sunken"):
        load_tokens(text)
