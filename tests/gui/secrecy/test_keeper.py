"""Keeping a secret from a pane: done first, or a place for it asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from wireyard.gui.library import Library
from wireyard.gui.secrecy.keeper import SecretKeeper


@pytest.fixture
def keeper(library: Library) -> SecretKeeper:
    return SecretKeeper(library.secrets)


def test_what_follows_waits_until_the_value_is_kept(keeper: SecretKeeper, library: Library, qtbot: QtBot) -> None:
    library.secrets.use_session()
    seen: list[str | None] = []
    keeper.keep("/a", "pin", "hush", lambda: seen.append(library.secrets.lookup("/a", "pin")))
    qtbot.waitUntil(lambda: seen == ["hush"])


def test_without_a_place_it_is_asked_for_and_then_done(keeper: SecretKeeper, library: Library, qtbot: QtBot) -> None:
    done: list[bool] = []
    with qtbot.waitSignal(keeper.place_wanted) as wanted:
        keeper.keep("/a", "pin", "hush", lambda: done.append(True))
    assert done == []
    library.secrets.use_session()
    assert wanted.args is not None
    again: Callable[[], None] = wanted.args[0]
    again()
    qtbot.waitUntil(lambda: done == [True])
