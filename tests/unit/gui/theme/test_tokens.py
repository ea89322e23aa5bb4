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


TEXTS: tuple[TokenName, ...] = tuple(role for role in TEXT_PAIRS if role != "on.accent")
GROUNDS: tuple[TokenName, ...] = tuple(role for role in TOKEN_NAMES if role.startswith("bg.") or role.endswith(".bg"))
TINTS: tuple[TokenName, ...] = ("accent.bg", "sent.bg", "recv.bg", "ok.bg", "warn.bg", "err.bg", "var.bg")
PLAIN: tuple[TokenName, ...] = (*TINTS, "bg.app", "bg.surface", "bg.sunken", "bg.raised", "bg.selected", "bg.segment")
BORDERS: tuple[TokenName, ...] = ("border", "border.2", "border.control")


@pytest.mark.parametrize("name", ["contrast-light", "contrast-dark"])
def test_in_high_contrast_every_text_can_be_read_on_every_ground(name: str) -> None:
    colors = load_tokens(resource_text(f"themes/{name}.toml")).colors
    ratios = {(text, ground): contrast(colors[text], colors[ground]) for text in TEXTS for ground in GROUNDS}
    assert min(ratios.values()) >= 4.5, min(ratios, key=lambda pair: ratios[pair])
    plain = {pair: ratio for pair, ratio in ratios.items() if pair[1] in PLAIN}
    assert min(plain.values()) >= 7.0, min(plain, key=lambda pair: plain[pair])


@pytest.mark.parametrize("name", ["contrast-light", "contrast-dark"])
def test_in_high_contrast_tints_are_plain_and_every_border_is_as_strong_as_text(name: str) -> None:
    colors = load_tokens(resource_text(f"themes/{name}.toml")).colors
    assert {colors[role].name() for role in PLAIN} == {colors["bg.surface"].name()}
    assert {colors[role].name() for role in BORDERS} == {colors["text.1"].name()}
    assert colors["text.2"] == colors["text.3"] == colors["text.1"]


@pytest.mark.parametrize(
    ("name", "ratios"),
    [
        ("contrast-light", {"text.1": 21.0, "accent": 11.8, "ok": 10.5, "err": 10.1, "recv": 9.8, "warn": 10.5}),
        ("contrast-dark", {"text.1": 21.0, "accent": 13.5, "ok": 15.1, "err": 12.4, "recv": 14.8, "warn": 15.5}),
    ],
)
def test_high_contrast_is_as_strong_as_it_was_designed(name: str, ratios: dict[TokenName, float]) -> None:
    colors = load_tokens(resource_text(f"themes/{name}.toml")).colors
    found = {role: contrast(colors[role], colors["bg.surface"]) for role in ratios}
    assert found == pytest.approx(ratios, abs=0.3)


def test_what_is_off_looks_other_than_what_is_on(tokens: Tokens) -> None:
    assert contrast(tokens.colors["text.off"], tokens.colors["bg.surface"]) >= 3.0
    assert tokens.colors["text.off"] != tokens.colors["text.1"]


def test_a_theme_with_a_role_missing_is_refused_by_name() -> None:
    text = resource_text("themes/light.toml").replace('"text.1"', '"text.9"')
    with pytest.raises(ThemeError, match=r"text\.1.*text\.9"):
        load_tokens(text)


@pytest.mark.parametrize("value", ["red", "#12345", "#1234567", ""])
def test_a_color_that_is_not_hex_is_refused(value: str) -> None:
    text = resource_text("themes/light.toml").replace("#FAFBFC", value)
    with pytest.raises(ThemeError, match=r"bg\.sunken"):
        load_tokens(text)
