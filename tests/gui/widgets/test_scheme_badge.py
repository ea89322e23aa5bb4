"""WS or WSS: said by the badge, chosen from its menu, read from what is typed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.scheme_badge import SchemeBadge, typed_scheme, with_scheme


@pytest.fixture
def badge(look: Look, qtbot: QtBot) -> SchemeBadge:
    badge = SchemeBadge(look)
    qtbot.addWidget(badge)
    badge.show()
    return badge


def action(badge: SchemeBadge, scheme: str) -> QAction:
    menu = badge.menu()
    assert isinstance(menu, QMenu)
    return next(action for action in menu.actions() if action.data() == scheme)


def test_it_says_whether_the_connection_is_encrypted(badge: SchemeBadge) -> None:
    assert badge.accessibleName() == badge.toolTip() == "Scheme: WSS, encrypted"
    secure = badge.grab().toImage()
    badge.show_secure(is_secure=False)
    assert badge.accessibleName() == "Scheme: WS, not encrypted"
    assert action(badge, "ws").isChecked()
    assert not action(badge, "wss").isChecked()
    assert badge.grab().toImage() != secure


def test_the_menu_asks_for_the_other_scheme_and_changes_nothing_itself(badge: SchemeBadge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(badge.scheme_chosen) as chosen:
        action(badge, "ws").trigger()
    assert chosen.args == ["ws"]
    assert badge.is_secure


@pytest.mark.parametrize(
    ("text", "is_secure"),
    [
        ("ws://h", False),
        ("  WSS://h", True),
        ("https://h", True),
        ("http:", False),
        ("h.example:8080/ws", None),
        ("ftp://h", None),
        ("ws", None),
        ("", None),
    ],
)
def test_the_scheme_that_was_typed(text: str, is_secure: bool | None) -> None:
    assert typed_scheme(text) is is_secure


@pytest.mark.parametrize(
    ("text", "scheme", "changed"),
    [
        ("ws://h/a", "wss", "wss://h/a"),
        ("HTTPS://h", "ws", "ws://h"),
        ("  wss:/h", "ws", "ws://h"),
        ("h.example:80/?u=ws://x", "wss", "wss://h.example:80/?u=ws://x"),
        ("", "ws", "ws://"),
    ],
)
def test_a_scheme_is_changed_or_put_before(text: str, scheme: str, changed: str) -> None:
    assert with_scheme(text, scheme) == changed
