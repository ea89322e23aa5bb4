"""The look answers anew after each change, and its icons follow by themselves."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontInfo, QIcon, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.resources import resource_names


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look("light")


def test_a_change_of_scheme_is_told_once_and_renews_colors(look: Look, qtbot: QtBot) -> None:
    before, generation = look.hex("bg.surface"), look.generation
    with qtbot.waitSignal(look.changed):
        look.set_scheme("dark")
    assert look.is_dark
    assert look.generation == generation + 1
    assert look.hex("bg.surface") != before


def test_setting_what_is_already_so_changes_nothing(look: Look, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(look.changed):
        look.set_scheme("light")
        look.set_zoom(100)
        look.set_reduce_motion(False)


@pytest.mark.parametrize(("percent", "size"), [(100, 13), (200, 26), (500, 26), (80, 10), (1, 10)])
def test_zoom_scales_type_and_measures_within_80_and_200_percent(look: Look, percent: int, size: int) -> None:
    look.set_zoom(percent)
    assert look.font("body").pixelSize() == size
    assert look.px(13) == size


def test_measures_never_vanish_when_zoomed_out(look: Look) -> None:
    look.set_zoom(80)
    assert look.px(0.5) == 1
    assert look.px(0) == 0


def test_the_packaged_fonts_are_in_use_and_code_has_no_ligatures(look: Look) -> None:
    assert QFontInfo(look.font("body")).family() == "Inter"
    assert QFontInfo(look.font("mono")).family() == "JetBrains Mono"
    assert look.font("mono").featureValue(QFont.Tag("calt")) == 0


@pytest.mark.parametrize("name", resource_names("icons", ".svg"))
def test_every_icon_draws_something(look: Look, name: str) -> None:
    image = look.pixmap(name.removeprefix("icons/").removesuffix(".svg"), "text.1", 16, 2.0).toImage()
    assert image.size() == QSize(32, 32)
    assert any(image.pixelColor(x, y).alpha() > 128 for x in range(32) for y in range(32))


def test_an_icon_that_was_given_away_follows_the_theme(look: Look) -> None:
    icon = look.icon("stop", "text.1")
    light = icon.pixmap(QSize(16, 16), 1.0).toImage()
    look.set_scheme("dark")
    dark = icon.pixmap(QSize(16, 16), 1.0).toImage()
    assert light != dark


def test_icons_survive_copying_and_collection(look: Look) -> None:
    icon = QIcon(look.icon("plug"))
    icon.addPixmap(QPixmap(16, 16))
    gc.collect()
    assert icon.pixmap(QSize(16, 16), 2.0).size() == QSize(32, 32)


def test_dressing_the_application_sets_style_sheet_and_palette(look: Look, qapp: QApplication) -> None:
    look.dress(qapp)
    assert look.hex("bg.surface") in qapp.styleSheet()
    look.set_scheme("dark")
    assert look.hex("bg.surface") in qapp.styleSheet()
    assert qapp.palette().text().color() == look.color("text.1")


def test_strong_text_is_bold(qapp: QApplication) -> None:
    look = Look("light")
    assert look.metrics("body.strong").horizontalAdvance("Orders platform") > 1.02 * look.metrics(
        "body"
    ).horizontalAdvance("Orders platform")
