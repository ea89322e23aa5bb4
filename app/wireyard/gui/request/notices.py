"""Bars under the connect bar: what keeps something from happening, or is other than one may think, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.button import Button, IconButton
from wireyard.gui.widgets.choices import CheckBox
from wireyard.gui.widgets.focus_back import FocusBack
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.tab_order import come_after

Tone = Literal["info", "warn", "err"]
_GROUNDS: dict[Tone, TokenName] = {"info": "accent.bg", "warn": "warn.bg", "err": "err.bg"}
_WORDS: dict[Tone, TokenName] = {"info": "accent.text", "warn": "warn", "err": "err"}
_ICONS: dict[Tone, str] = {"info": "info", "warn": "alert", "err": "alert"}


class Remedy(NamedTuple):
    """What can be done: a button."""

    words: str
    act: Callable[[], object]


class Switch(NamedTuple):
    """What can be switched: a box."""

    words: str
    is_on: bool
    act: Callable[[bool], object]


class NoticeBar(Panel):
    """One sentence, what can be done about it, and × where it may be dismissed."""

    def __init__(
        self,
        look: Look,
        text: str,
        tone: Tone,
        remedies: Sequence[Remedy],
        switch: Switch | None,
        on_dismiss: Callable[[], object] | None,
    ) -> None:
        super().__init__(_GROUNDS[tone], "bottom")
        self._look = look
        self._tone: Tone = tone
        self._icon = QLabel(self)
        self.label = Label(look, text, "small.medium", _WORDS[tone], wraps=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self.label, 1)
        if switch is not None:
            box = CheckBox(look, switch.words)
            box.setChecked(switch.is_on)
            box.toggled.connect(switch.act)
            self._row.addWidget(box)
        for remedy in remedies:
            button = Button(look, remedy.words, size="small")
            button.clicked.connect(_without_argument(remedy.act))
            self._row.addWidget(button)
        if on_dismiss is not None:
            close = IconButton(look, "close", self.tr("Dismiss"), size=24, icon_size=14)
            close.clicked.connect(_without_argument(on_dismiss))
            self._row.addWidget(close)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self.label.text()

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._row.setContentsMargins(look.px(16), look.px(5), look.px(12), look.px(5))
        self._row.setSpacing(look.px(8))
        tone = _WORDS[self._tone]
        self._icon.setPixmap(look.pixmap(_ICONS[self._tone], tone, 16, self.devicePixelRatioF()))


class Notices(QWidget):
    """One bar for each topic; a topic said again replaces what it said before."""

    def __init__(self, look: Look, before: QWidget | None = None, parent: QWidget | None = None) -> None:
        """``before`` is what Tab leaves when it comes to the bars."""
        super().__init__(parent)
        self._look = look
        self._before = before
        self._bars: dict[str, NoticeBar] = {}
        self._back = FocusBack(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def topics(self) -> tuple[str, ...]:
        """What is being told of."""
        return tuple(self._bars)

    def bar(self, topic: str) -> NoticeBar | None:
        """The bar of a topic."""
        return self._bars.get(topic)

    def say(
        self,
        topic: str,
        text: str,
        *,
        tone: Tone = "warn",
        remedies: Sequence[Remedy] = (),
        switch: Switch | None = None,
        may_dismiss: bool = True,
    ) -> None:
        """Show a bar. What is done about it takes it away only where the act does so."""
        before = self._bars.get(topic)
        self.unsay(topic)
        dismiss = (lambda: self.unsay(topic)) if may_dismiss else None
        bar = NoticeBar(self._look, text, tone, remedies, switch, dismiss)
        self._bars[topic] = bar
        self._column.addWidget(bar)
        if self._before is not None:
            come_after(self._before, bar)
        self.show()
        bar.show()
        if (before is None or before.text != text) and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def unsay(self, topic: str) -> None:
        """Take a bar away."""
        bar = self._bars.pop(topic, None)
        if bar is not None:
            self._back.give_back(bar)
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))


def _without_argument(act: Callable[[], object]) -> Callable[[bool], None]:
    def run(_checked: bool = False) -> None:
        act()

    return run
