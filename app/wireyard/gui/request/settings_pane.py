"""The settings of a request, folder or collection. What isn't set here is inherited, and the row says from where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from wireyard.gui.request.context import Context
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.request.setting_controls import Control, make_control
from wireyard.gui.request.setting_kinds import AnyRow, key_of
from wireyard.gui.request.setting_row import SettingRow
from wireyard.gui.request.setting_rows import groups
from wireyard.gui.request.setting_values import Key, SettingValues
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.chip_list import ChipList
from wireyard.gui.widgets.frames import Hairline
from wireyard.gui.widgets.in_turns import InTurns
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.tab_order import come_after, stops_of

_CAPTION_PX = 168
_STACKED_BELOW_PX = 780
_WIDEST_PX = 1060
_TURN_MS = 8.0
_NO_LIMIT_PX = 16_777_215  # Qt's own, for a widget without one


class SettingsPane(QScrollArea):
    """Rows in groups. A change is made in the draft at once.

    The rows are made one after the other, from the top, a few in each turn of the loop: all at once would hold the
    window up for as long as a person notices.
    """

    def __init__(self, look: Look, draft: LevelDraft[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._values = SettingValues(draft)
        self._context = Context()
        self._rows: dict[Key, SettingRow] = {}
        self._controls: dict[Key, Control] = {}
        self._groups: list[QBoxLayout] = []
        self._captions: list[Label] = []
        self._pointed: Key | None = None
        self._has_pointed = False
        self._data = groups()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("panel", "bg.surface")
        self._content.setProperty("panel", "bg.surface")
        self.setAccessibleName(self.tr("Settings of this connection"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._content)
        draft.on_change(self._on_draft_changed)
        look.changed.connect(self._fit)
        self._fit()
        self._last_stop: QWidget | None = None
        self._building = InTurns(self._build(), _TURN_MS, self._point, self)
        self._building.step()

    @property
    def keys(self) -> list[Key]:
        """All rows there are, hidden ones and those still to be made too."""
        return [key_of(data) for group in self._data for data in group.rows]

    @property
    def is_complete(self) -> bool:
        """Whether all rows are made."""
        return self._building.is_done

    def row(self, group: str, name: str) -> SettingRow:
        """One row, such as ``tls``, ``verify``; made now, with those above it, if need be."""
        while (group, name) not in self._rows and self._building.step():
            pass
        return self._rows[group, name]

    def set_context(self, context: Context) -> None:
        self._context = context
        self._values.set_context(context)
        for control in self._controls.values():
            self._tell_variables(control)
        self._show_all()

    def commit(self) -> None:
        """Take a number or a chip that is being typed."""
        for control in self._controls.values():
            if isinstance(control.widget, ChipList):
                control.widget.take_typed()
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and self.isAncestorOf(field):
            field.editingFinished.emit()

    def point_at(self, group: str, name: str) -> None:
        """Bring a row into view and put the keyboard into it, as soon as it is made."""
        self._pointed, self._has_pointed = (group, name), False
        self._point()

    def take_keyboard(self) -> None:
        next(iter(self._rows.values())).control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Making the rows.

    def _build(self) -> Iterator[None]:
        for group in self._data:
            rows = self._add_group(group.title)
            for data in group.rows:
                self._add_row(data, rows)
                yield
        self._column.addStretch(1)

    def _add_group(self, title: str) -> QVBoxLayout:
        if self._groups:
            self._column.addWidget(Hairline(parent=self._content))
        group = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._column.addLayout(group)
        caption = Label(self._look, title, "body.strong", wraps=True, parent=self._content)
        group.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        group.addLayout(rows, 1)
        self._groups.append(group)
        self._captions.append(caption)
        self._fit_group(group, caption)
        return rows

    def _add_row(self, data: AnyRow, rows: QVBoxLayout) -> None:
        key = key_of(data)
        control = make_control(self._look, data, self._values.messages)
        row = SettingRow(self._look, data.title, data.help, control.widget, self._content)
        row.reset_requested.connect(partial(self._values.change, key, None))
        control.edited.connect(partial(self._values.change, key))
        if control.faulted is not None:
            control.faulted.connect(row.set_fault)
        self._rows[key], self._controls[key] = row, control
        self._tell_variables(control)
        self._show(key)
        row.setVisible(self._counts(key))
        rows.addWidget(row)
        if self._last_stop is not None:
            come_after(self._last_stop, row)
        self._last_stop = stops_of(row)[-1]

    # Values.

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if fields & {"messages", *(group or name for group, name in self._rows)}:
            self._show_all()

    def _show_all(self) -> None:
        for key, row in self._rows.items():
            self._show(key)
            row.setVisible(self._counts(key))

    def _show(self, key: Key) -> None:
        own, inherited = self._values.own(key), self._values.inherited(key)
        self._controls[key].show(inherited.value if own is None else own)
        source = self.tr("Inherited from {0}").format(inherited.source) if inherited.source else self.tr("Default")
        self._rows[key].show_source(source, is_own=self._values.can_reset(key))

    def _tell_variables(self, control: Control) -> None:
        if isinstance(control.widget, ChipList):
            control.widget.edit.set_variables(self._context.source)
        elif isinstance(control.widget, TextSetting):
            control.widget.set_variables(self._context.source)
            control.widget.root = self._context.root

    def _counts(self, key: Key) -> bool:
        """Whether a setting makes a difference as things are; else its row is hidden."""
        group, name = key
        if group == "proxy" and name != "mode":
            return _proxy_counts(name, self._values.value("proxy", "mode"))
        if group == "network" and name.endswith(("_window_bits", "_context_takeover")):
            return bool(self._values.value("network", "compression"))
        if group == "reconnect":
            return self._reconnect_counts(name)
        return True

    def _reconnect_counts(self, name: str) -> bool:
        value = partial(self._values.value, "reconnect")
        is_endless = bool(value("endless"))
        if name in ("attempts", "endless"):
            return name == "endless" or not is_endless
        has_attempts = is_endless or bool(value("attempts"))
        return has_attempts and (name != "statuses" or "status" in value("failures"))

    # Places.

    def _point(self) -> None:
        row = self._rows.get(self._pointed) if self._pointed is not None else None
        if row is None:
            return
        if row.isHidden():
            row = self._rows["proxy", "mode"]
        if not self._has_pointed:
            row.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self._has_pointed = True
        # Where a row is follows from those above, which settle with the events that are on their way.
        self._content.layout().activate()  # type: ignore[union-attr]
        QApplication.sendPostedEvents(self._content, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(row)
        if self._building.is_done:
            self._pointed = None

    @property
    def _is_stacked(self) -> bool:
        return self.viewport().width() < self._look.px(_STACKED_BELOW_PX)

    @Slot()
    def _fit(self) -> None:
        look, width = self._look, self.viewport().width()
        side = look.px(16)
        self._column.setContentsMargins(side, look.px(6), max(side, width - look.px(_WIDEST_PX)), look.px(12))
        self._column.setSpacing(look.px(6))
        for group, caption in zip(self._groups, self._captions, strict=True):
            self._fit_group(group, caption)

    def _fit_group(self, group: QBoxLayout, caption: Label) -> None:
        look, is_stacked = self._look, self._is_stacked
        group.setDirection(QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight)
        group.setSpacing(look.px(2 if is_stacked else 16))
        caption.setMinimumWidth(0 if is_stacked else look.px(_CAPTION_PX))
        caption.setMaximumWidth(_NO_LIMIT_PX if is_stacked else look.px(_CAPTION_PX))
        caption.setContentsMargins(0, look.px(7), 0, 0)


def _proxy_counts(name: str, mode: str) -> bool:
    if name == "bypass":
        return mode != "none"
    if name == "remote_names":
        return mode in ("socks4", "socks5")
    if name == "password":
        return mode in ("http", "socks5")
    return mode not in ("system", "none")
