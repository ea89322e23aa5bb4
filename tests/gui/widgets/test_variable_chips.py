"""Where variables stand in a line, what is painted under them, and what is said about one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from tests.helpers.variables import staging

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.variable_chips import chip_at, chips_of, tip_of
from wireyard.gui.widgets.variable_line import VariableLineEdit


@pytest.fixture
def edit(look: Look, window: QWidget) -> VariableLineEdit:
    edit = VariableLineEdit(look, "Value", parent=window)
    edit.set_variables(staging())
    edit.resize(500, 28)
    edit.show()
    return edit


def colors_of(edit: VariableLineEdit) -> set[str]:
    image = edit.grab().toImage()
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wss://{{host}}/", [("host", 6, 14)]),
        (r"\{{host}}", []),
        ("{{ host }} {{$randomInt 1 100}}", [("host", 0, 10), ("$randomInt", 11, 31)]),
        ("😀{{host}}", [("host", 2, 10)]),
        ("{{no", []),
    ],
)
def test_chips_are_counted_as_qt_counts(text: str, found: list[tuple[str, int, int]]) -> None:
    assert list(chips_of(text)) == found


def test_a_variable_with_a_value_stands_on_violet(edit: VariableLineEdit, look: Look) -> None:
    edit.start_with("a {{host}}")
    assert look.hex("var.bg") in colors_of(edit)
    assert look.hex("err.bg") not in colors_of(edit)


def test_one_without_a_value_stands_on_red(edit: VariableLineEdit, look: Look) -> None:
    edit.start_with("a {{nobody}}")
    assert look.hex("err.bg") in colors_of(edit)
    assert look.hex("var.bg") not in colors_of(edit)


def test_escaped_braces_are_no_chip(edit: VariableLineEdit, look: Look) -> None:
    edit.start_with(r"a \{{host}}")
    assert not {look.hex("var.bg"), look.hex("err.bg")} & colors_of(edit)


def test_a_chip_is_found_under_the_mouse(edit: VariableLineEdit, look: Look) -> None:
    edit.start_with("a {{host}} b")
    cell = look.metrics("mono").horizontalAdvance("0")
    inside = chip_at(edit, look, QPoint(int(4 * cell), 5))
    assert inside is not None
    assert inside[0].name == "host"
    assert chip_at(edit, look, QPoint(int(0.5 * cell), 5)) is None
    assert chip_at(edit, look, QPoint(int(30 * cell), 5)) is None


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("host", "staging.example.com</b><br>Staging"),
        ("token", "••••••••</b><br>Staging"),
        ("nobody", "nobody has no value"),
        ("tags", "&lt;b&gt;bold&lt;/b&gt;"),
        ("$uuid", "A random UUID"),
    ],
)
def test_the_tool_tip_says_value_and_source(name: str, part: str) -> None:
    assert part in tip_of(name, staging())


def test_the_tool_tip_never_has_a_secret() -> None:
    assert "s3cret" not in tip_of("token", staging()) + tip_of("signed", staging())
