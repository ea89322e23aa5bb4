"""An error of a file says where, what and what to do."""

from __future__ import annotations

from wireyard.exchange.errors import ExchangeError


def test_a_fault_of_a_line_names_it() -> None:
    assert str(ExchangeError("This is no JSON.", "Repair it.", 1234)) == "Line 1,234: This is no JSON. Repair it."


def test_a_fault_of_the_whole_file_names_no_line() -> None:
    assert str(ExchangeError("It is empty.", "Choose another.")) == "It is empty. Choose another."
