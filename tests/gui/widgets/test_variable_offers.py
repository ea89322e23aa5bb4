"""The list after two braces: which variables, in which order, and what each row says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from tests.helpers.variables import staging

from wireyard.gui.widgets.variable_offers import OfferModel, offers_for


def names(typed: str) -> list[str]:
    return [offer.name for offer in offers_for(staging(), typed)]


def test_those_that_begin_with_what_was_typed_come_first() -> None:
    assert names("t")[:2] == ["tags", "token"]
    assert "host" in names("t")
    assert names("t").index("host") > names("t").index("$timestamp")


def test_built_in_values_come_after_ones_own_and_are_all_there_after_a_dollar() -> None:
    assert names("")[:7] == ["base", "host", "port", "round", "signed", "tags", "token"]
    assert len(names("$")) >= 25
    assert all(name.startswith("$") for name in names("$"))


def test_nothing_is_offered_twice() -> None:
    assert len(names("")) == len(set(names("")))


def test_a_secret_is_dots_and_a_built_in_value_its_help() -> None:
    rows = {offer.name: offer for offer in offers_for(staging(), "")}
    assert rows["token"].value == "••••••••"
    assert rows["signed"].value == "••••••••"
    assert rows["$uuid"].source == "Built in"
    assert "UUID" in rows["$uuid"].value


def test_the_model_is_a_good_one_and_reads_out_whole_rows(qtbot: QtBot) -> None:
    model = OfferModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(offers_for(staging(), "ho"))
    model.show(offers_for(staging(), "host"))
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "host, staging.example.com, Staging"
