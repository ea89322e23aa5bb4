"""The left side of the failure view: the certificate, the server's answer, the address at fault, or what was tried."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from wireyard.domain.event import Step
from wireyard.domain.failure import Failure
from wireyard.gui.failure.facts import Fact, answer_text, certificate_facts, chain_facts, tried_facts
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton
from wireyard.gui.widgets.frames import Well
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.text_box import TextBox

_ANSWER_LINES = 14
_VALUE_LINES = 8
_AROUND = 32


class Evidence(QWidget):
    """A caption and a well. Made anew for each failure."""

    def __init__(
        self, look: Look, failure: Failure, steps: tuple[Step, ...], address: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(8))
        if failure.answer is not None:
            self._show_answer(failure)
        elif failure.certificate is not None:
            facts = certificate_facts(failure.certificate, failure.code, time.time())
            facts += chain_facts(failure.chain, time.time())
            self._show_facts(self.tr("Certificate received"), facts)
        elif failure.code == "bad_address" and address.strip():
            self._show_address(failure, address)
        else:
            facts = tried_facts(failure, steps)
            if facts:
                self._show_facts(self.tr("What we tried"), facts)
        self._column.addStretch(1)

    @property
    def is_empty(self) -> bool:
        return self._column.count() <= 1

    def _show_facts(self, caption: str, facts: list[Fact]) -> None:
        look = self._look
        well = self._add_well(caption)
        grid = QGridLayout(well)
        grid.setContentsMargins(look.px(16), look.px(16), look.px(12), look.px(14))
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(13))
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(facts):
            name = Label(look, fact.name, "mono" if fact.is_name_mono else "small", "text.3")
            place = Qt.AlignmentFlag.AlignVCenter if fact.full else Qt.AlignmentFlag.AlignTop
            grid.addWidget(name, row, 0, place)
            if fact.full:
                grid.addWidget(self._value(fact), row, 1)
                grid.addWidget(self._copy_button(fact), row, 2)
            else:
                grid.addWidget(self._value(fact), row, 1, 1, 2)

    def _value(self, fact: Fact) -> QWidget:
        look, name = self._look, f"{fact.name}: {fact.full or fact.value}"
        if fact.is_mono and not fact.full:
            # Host names can be longer than the well is wide; a label would cut them, this breaks them.
            box = TextBox(look, name, max_lines=_VALUE_LINES)
            box.set_text(fact.value)
            return box
        value = Label(look, fact.value, "mono" if fact.is_mono else "small", wraps=True, selectable=True)
        value.setAlignment(Qt.AlignmentFlag.AlignVCenter if fact.full else Qt.AlignmentFlag.AlignTop)
        value.setAccessibleName(name)
        value.setToolTip(fact.full)
        return value

    def _copy_button(self, fact: Fact) -> IconButton:
        copy = IconButton(self._look, "copy", self.tr("Copy {name}").format(name=fact.name), size=24, icon_size=14)
        copy.clicked.connect(lambda _checked=False: QGuiApplication.clipboard().setText(fact.full))
        return copy

    def _show_answer(self, failure: Failure) -> None:
        assert failure.answer is not None
        look = self._look
        whose = self.tr("Proxy's answer") if failure.step == "proxy" else self.tr("Server's answer")
        well = self._add_well(whose)
        inside = QVBoxLayout(well)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(8), look.px(12))
        box = TextBox(look, whose, max_lines=_ANSWER_LINES)
        box.set_text(answer_text(failure.answer))
        inside.addWidget(box)

    def _show_address(self, failure: Failure, address: str) -> None:
        look = self._look
        well = self._add_well(self.tr("Address"))
        inside = QVBoxLayout(well)
        inside.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        text, column = around_fault(address, int(failure.facts.get("position", "0") or 0))
        label = Label(look, f"{text}\n{' ' * column}↑", "mono", "text.1", selectable=True)
        label.setAccessibleName(self.tr("Address, fault at character {place}").format(place=column + 1))
        inside.addWidget(label)

    def _add_well(self, caption: str) -> Well:
        self._column.addWidget(Label(self._look, caption, "caption", "text.3"))
        well = Well()
        self._column.addWidget(well)
        return well


def around_fault(address: str, position: int) -> tuple[str, int]:
    """The part of an address around its fault, on one line, and where the fault is in it."""
    line = "".join("␊" if char in "\r\n" else char for char in address)
    position = max(0, min(position, len(line)))
    start, end = max(0, position - _AROUND), min(len(line), position + _AROUND)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return before + line[start:end] + after, position - start + len(before)
