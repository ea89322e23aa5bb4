"""What is pointed at in a row, and what is not."""

from __future__ import annotations

import pytest

from wireyard.gui.request.rules import Cell, header_fault, param_fault, variable_fault
from wireyard.workspace.model import Field


@pytest.mark.parametrize(
    ("name", "value", "cell", "part"),
    [
        ("Bad name", "1", "name", "“ ”"),
        ("Héader", "1", "name", "“é”"),
        ("", "1", "name", "needs a name"),
        ("X", "a\nb", "value", "U+000A"),
        ("X", "5 €", "value", "“€”"),
        ("Upgrade", "x", "name", "set by the app"),
        ("sec-websocket-key", "x", "name", "set by the app"),
    ],
)
def test_what_can_not_be_a_header(name: str, value: str, cell: Cell, part: str) -> None:
    fault = header_fault(Field(name=name, value=value))
    assert fault is not None
    assert fault.cell == cell
    assert part in fault.words


@pytest.mark.parametrize("row", [Field(name="X-{{kind}}", value="{{a}}"), Field(), Field(name="Host", value="a")])
def test_what_can_be_a_header(row: Field) -> None:
    assert header_fault(row) is None


@pytest.mark.parametrize(
    ("row", "cell", "part"),
    [
        (Field(name="a", value="b&c"), "value", "%26"),
        (Field(name="a&b"), "name", "%26"),
        (Field(name="a=b", value="1"), "name", "%3D"),
        (Field(name="a", value="#"), "value", "%23"),
    ],
)
def test_what_an_address_would_read_otherwise(row: Field, cell: Cell, part: str) -> None:
    fault = param_fault(row)
    assert fault is not None
    assert (fault.cell, part in fault.words) == (cell, True)


def test_variables_in_a_parameter_are_not_looked_into() -> None:
    assert param_fault(Field(name="{{a=b}}", value="{{c&d#}}")) is None


@pytest.mark.parametrize(("name", "is_fine"), [("token", True), ("a.b-c_1", True), ("a b", False), ("$uuid", False)])
def test_names_of_variables(name: str, is_fine: bool) -> None:
    assert (variable_fault(Field(name=name, value="1")) is None) is is_fine
