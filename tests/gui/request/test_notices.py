"""Bars that say why something didn't happen, and what can be done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from wireyard.gui.request.notices import Notices, Remedy, Switch
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.choices import CheckBox


@pytest.fixture
def notices(qtbot: QtBot, look: Look) -> Notices:
    made = Notices(look)
    qtbot.addWidget(made)
    return made


def test_a_topic_is_told_once(notices: Notices) -> None:
    notices.say("a", "one")
    notices.say("a", "two")
    notices.say("b", "three")
    assert notices.topics == ("a", "b")
    bar = notices.bar("a")
    assert bar is not None
    assert bar.text == "two"
    notices.unsay("a")
    notices.unsay("b")
    assert notices.isHidden()


def test_what_can_be_done_is_done_on_a_click(qtbot: QtBot, notices: Notices) -> None:
    done: list[object] = []
    switch = Switch("Use it", is_on=False, act=done.append)
    notices.say("a", "one", remedies=[Remedy("Go on", lambda: done.append("go"))], switch=switch)
    for kind in (Button, CheckBox):
        qtbot.mouseClick(notices.findChild(kind), Qt.MouseButton.LeftButton)
    assert done == ["go", True]


def test_a_bar_is_dismissed_where_it_may_be(qtbot: QtBot, notices: Notices) -> None:
    notices.say("a", "one", may_dismiss=False)
    assert notices.findChild(IconButton) is None
    notices.say("a", "one")
    bar = notices.bar("a")
    assert bar is not None
    qtbot.mouseClick(bar.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert notices.topics == ()
