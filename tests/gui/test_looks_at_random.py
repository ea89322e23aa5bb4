"""Zoom and theme change at any moment: a walk at random through panes, tabs and looks ends no process."""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QComboBox
from tests.helpers.window import Desk, windowed

from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.widgets.chip_list import ChipList
from wireyard.workspace.model import NetworkSettings, ProxySettings, ReconnectSettings

STEPS = 40
PANES = ("settings", "settings", "settings", "headers", "variables", "params", "notes", "message")


class Walker:
    """Does one thing after the other, as the dice say."""

    def __init__(self, desk: Desk, dice: random.Random) -> None:
        self._desk = desk
        self._dice = dice
        self._things: tuple[Callable[[], None], ...] = (
            *(self._zoom,) * 3,
            *(self._theme,) * 2,
            *(self._pane,) * 3,
            *(self._draft,) * 3,
            self._open_tab,
            self._close_tab,
            self._switch_tab,
            self._width,
            self._type,
            *(self._chips,) * 2,
            self._list,
            self._collect,
        )

    async def walk(self, steps: int) -> None:
        """Some things happen in one turn of the loop, some in the next ones."""
        for _ in range(steps):
            self._dice.choice(self._things)()
            for _ in range(self._dice.choice((0, 0, 1, 3))):
                await asyncio.sleep(0)

    @property
    def _settings(self) -> SettingsPane | None:
        pane = self._desk.tab.panes.pane("settings") if self._desk.tab.panes.current == "settings" else None
        return pane if isinstance(pane, SettingsPane) else None

    def _zoom(self) -> None:
        self._desk.window.setFocus()
        self._desk.press(self._dice.choice(("Ctrl+=", "Ctrl+-", "Ctrl+0")))

    def _theme(self) -> None:
        self._desk.window.rail.theme_requested.emit()

    def _pane(self) -> None:
        self._desk.tab.panes.show_pane(self._dice.choice(PANES), takes_keyboard=self._dice.random() < 0.5)

    def _draft(self) -> None:
        dice, draft = self._dice, self._desk.tab.document.draft
        draft.change(
            proxy=ProxySettings(mode=dice.choice((None, "none", "http", "socks4", "socks5"))),
            network=NetworkSettings(compression=dice.choice((None, True, False))),
            reconnect=ReconnectSettings(attempts=dice.choice((None, 0, 3))),
        )

    def _open_tab(self) -> None:
        if len(self._desk.window.tabs) < 5:
            self._desk.window.open_address("ws://127.0.0.1:9/")

    def _close_tab(self) -> None:
        if len(self._desk.window.tabs) > 1:
            self._desk.window.tabs.remove(self._desk.tab)

    def _switch_tab(self) -> None:
        self._desk.window.tabs.step(1)

    def _width(self) -> None:
        self._desk.window.resize(self._dice.choice((760, 1000, 1500)), self._dice.choice((500, 900)))

    def _type(self) -> None:
        if (pane := self._settings) is not None:
            text = pane.row(*self._dice.choice((("tls", "ca_file"), ("proxy", "address")))).control
            assert isinstance(text, TextSetting)
            text.edit.setFocus()
            self._desk.type("{{h")  # opens the list of variables

    def _chips(self) -> None:
        if (pane := self._settings) is not None:
            chips = pane.row("", self._dice.choice(("subprotocols", "on_open"))).control
            assert isinstance(chips, ChipList)
            chips.edit.setFocus()
            self._desk.type(f"v{self._dice.randrange(100)}")
            self._desk.press("Return")
            if chips.buttons and self._dice.random() < 0.6:
                self._dice.choice(chips.buttons).setFocus()
                self._desk.press(self._dice.choice(("Alt+Left", "Delete", "F2")))

    def _list(self) -> None:
        if (pane := self._settings) is not None:
            box = pane.row("proxy", "mode").control.findChild(QComboBox)
            assert isinstance(box, QComboBox)
            box.showPopup()
            if self._dice.random() < 0.7:
                box.hidePopup()

    def _collect(self) -> None:
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("seed", [4])
@windowed
async def test_no_change_of_looks_ends_the_process(desk: Desk, seed: int) -> None:
    desk.window.open_address("ws://127.0.0.1:9/")
    desk.tab.panes.show_pane("settings")
    await Walker(desk, random.Random(seed)).walk(STEPS)
    assert desk.tab.panes.isVisible()
