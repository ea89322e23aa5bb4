"""The rows of the Settings window are made from the types, completely."""

from __future__ import annotations

import msgspec
import pytest

from wireyard.domain import request
from wireyard.settings.model import Settings
from wireyard.settings.rows import Row, row, topics, value_of, with_value

ROWS = [described for topic in topics() for described in topic.rows]


def test_topics_are_in_the_order_of_the_window() -> None:
    assert [topic.title for topic in topics()] == ["General", "Appearance", "Recording", "Network defaults"]


@pytest.mark.parametrize("described", ROWS, ids=lambda described: described.key)
def test_every_row_has_words_and_a_default_it_takes_itself(described: Row) -> None:
    assert described.title
    assert described.title != described.key
    assert described.help.endswith(".")
    assert "\n" not in described.help
    assert value_of(Settings(), described.key) == described.default
    assert with_value(Settings(), described.key, described.default) == Settings()


@pytest.mark.parametrize("described", [one for one in ROWS if one.maximum is not None], ids=lambda one: one.key)
def test_numbers_outside_their_limits_are_refused(described: Row) -> None:
    assert described.maximum is not None
    with pytest.raises(msgspec.ValidationError):
        with_value(Settings(), described.key, int(described.maximum) + 1)


def test_choices_keep_their_order() -> None:
    assert [choice.value for choice in row("appearance.scheme").choices][:3] == ["system", "light", "dark"]


def test_an_unknown_key_is_told() -> None:
    with pytest.raises(KeyError):
        row("network.nothing")


def test_network_defaults_are_those_of_a_request() -> None:
    assert Settings().network.for_request() == request.Network()


def test_zero_switches_limits_off() -> None:
    settings = with_value(with_value(Settings(), "network.open_timeout_s", 0), "network.max_message_bytes", 0)
    assert settings.network.for_request().open_timeout_s is None
    assert settings.network.for_request().max_message_bytes is None
