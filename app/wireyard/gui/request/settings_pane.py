"""The settings of a request, folder or collection. What isn't set here is inherited, and the row says from where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from wireyard.gui.request.context import Context, Inherited
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.request.setting_row import SettingRow
from wireyard.gui.request.setting_rows import Key, TextRow, groups
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.editors import Editor, make_editor
from wireyard.gui.widgets.frames import Hairline
from wireyard.gui.widgets.label import Label
from wireyard.settings.rows import Row
from wireyard.workspace.model import ProxySettings

_CAPTION_PX = 132
_STACKED_BELOW_PX = 780
_WIDEST_PX = 1060
_NO_LIMIT_PX = 16_777_215  # Qt's own, for a widget without one


class SettingsPane(QScrollArea):
    """Rows in groups. A change is made in the draft at once."""

    def __init__(self, look: Look, draft: LevelDraft[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._draft = draft
        self._context = Context()
        self._rows: dict[Key, SettingRow] = {}
        self._show: dict[Key, Callable[[Any], None]] = {}
        self._texts: list[TextSetting] = []
        self._groups: list[QBoxLayout] = []
        self._captions: list[Label] = []
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("panel", "bg.surface")
        self._content.setProperty("panel", "bg.surface")
        self.setAccessibleName(self.tr("Settings of this connection"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        self.setWidget(self._content)
        draft.on_change(self._on_draft_changed)
        look.changed.connect(self._fit)
        self._fit()
        self._show_all()

    def row(self, group: str, name: str) -> SettingRow:
        """One row, such as ``tls``, ``verify``."""
        return self._rows[group, name]

    @property
    def keys(self) -> list[Key]:
        """All rows there are, hidden ones too."""
        return list(self._rows)

    def set_context(self, context: Context) -> None:
        self._context = context
        for text in self._texts:
            text.set_variables(context.source)
            text.root = context.root
        self._show_all()

    def commit(self) -> None:
        """Take a number that is being typed."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and self.isAncestorOf(field):
            field.editingFinished.emit()

    def point_at(self, group: str, name: str) -> None:
        """Bring a row into view and put the keyboard into it."""
        made = self._rows[group, name]
        if made.isHidden():
            made = self._rows[group, "mode"]
        self._content.layout().activate()  # type: ignore[union-attr]
        self.ensureWidgetVisible(made)
        made.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        next(iter(self._rows.values())).control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # What the rows are.

    def _build(self) -> None:
        for group in groups():
            made = [self._text(each) if isinstance(each, TextRow) else self._editor(each) for each in group.rows]
            self._group(group.title, made)
        self._column.addStretch(1)

    def _text(self, data: TextRow) -> SettingRow:
        text = TextSetting(self._look, data.title, data.placeholder, files=data.files)

        def show(value: Any) -> None:
            if data.form == "text":
                text.show_text(value)
            elif read_list(text.text, data.form) != tuple(value):
                text.show_text(", ".join(str(each) for each in value))

        def edited(typed: str) -> None:
            value = typed if data.form == "text" else read_list(typed, data.form)
            made.set_fault("" if value is not None else self.tr("Numbers from 1000 to 4999, with commas between them."))
            if value is not None:
                self._set(data.key, value)

        text.edited.connect(edited)
        made = self._add(data.key, data.title, data.help, text, show)
        return made

    def _editor(self, data: Row) -> SettingRow:
        group, name = data.key.split(".", 1)
        editor: Editor = make_editor(self._look, data)
        editor.edited.connect(partial(self._set, (group, name)))
        made = self._add((group, name), data.title, data.help, editor, editor.show_value)
        editor.faulted.connect(made.set_fault)
        return made

    def _add(self, key: Key, title: str, help_text: str, control: QWidget, show: Callable[[Any], None]) -> SettingRow:
        made = SettingRow(self._look, title, help_text, control)
        made.reset_requested.connect(partial(self._set, key, None))
        self._rows[key] = made
        self._show[key] = show
        if isinstance(control, TextSetting):
            self._texts.append(control)
        return made

    def _group(self, title: str, rows: list[SettingRow]) -> None:
        if self._groups:
            self._column.addWidget(Hairline())
        group = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        caption = Label(self._look, title, "body.strong", wraps=True)
        group.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        for each in rows:
            column.addWidget(each)
        group.addLayout(column, 1)
        self._groups.append(group)
        self._captions.append(caption)
        self._column.addLayout(group)

    # Values.

    def _own(self, key: Key) -> Any:
        """The value that is set here, None where none is."""
        group, name = key
        edited = self._draft.edited
        if group == "proxy" and edited.proxy.mode is None:
            return None
        return getattr(getattr(edited, group) if group else edited, name)

    def _inherited(self, key: Key) -> Inherited:
        return self._context.setting(*key)

    def _set(self, key: Key, value: Any) -> None:
        group, name = key
        if value == self._own(key):
            return
        if group == "proxy":
            self._set_proxy(name, value)
            return
        if value in ("", ()) and not self._inherited(key).value:
            value = None  # nothing where nothing is inherited: as if never said
        if group:
            self._draft.change(**{group: replace(getattr(self._draft.edited, group), **{name: value})})
        else:
            self._draft.change(**{name: value})

    def _set_proxy(self, name: str, value: Any) -> None:
        """A change of one part makes all of them one's own; Reset of the mode gives all of them back."""
        block = self._draft.edited.proxy
        if name == "mode" and value is None:
            block = ProxySettings()
        else:
            if block.mode is None:
                inherited = {each: self._inherited(("proxy", each)).value for each in block.__struct_fields__}
                block = ProxySettings(**inherited)
            block = replace(block, **{name: getattr(ProxySettings(), name) if value is None else value})
        self._draft.change(proxy=block)

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if fields & {"subprotocols", "removed_headers", "tls", "network", "proxy", "reconnect"}:
            self._show_all()

    def _show_all(self) -> None:
        for key, made in self._rows.items():
            own, inherited = self._own(key), self._inherited(key)
            self._show[key](inherited.value if own is None else own)
            source = self.tr("Inherited from {0}").format(inherited.source) if inherited.source else self.tr("Default")
            made.show_source(source, is_own=own is not None and (key[0] != "proxy" or self._is_reset_worth(key, own)))
        self._show_what_counts()

    def _is_reset_worth(self, key: Key, own: Any) -> bool:
        return key[1] == "mode" or own != getattr(ProxySettings(), key[1])

    def _value(self, group: str, name: str) -> Any:
        own = self._own((group, name))
        return self._inherited((group, name)).value if own is None else own

    def _show_what_counts(self) -> None:
        """Hide what makes no difference as things are."""
        mode = self._value("proxy", "mode")
        for name in ("address", "user", "password"):
            self._rows["proxy", name].setVisible(mode not in ("system", "none"))
        self._rows["proxy", "password"].setVisible(mode in ("http", "socks5"))
        self._rows["proxy", "remote_names"].setVisible(mode in ("socks4", "socks5"))
        self._rows["proxy", "bypass"].setVisible(mode != "none")
        for name in ("server_window_bits", "client_window_bits", "server_context_takeover", "client_context_takeover"):
            self._rows["network", name].setVisible(bool(self._value("network", "compression")))
        for name in ("first_delay_s", "factor", "max_delay_s", "jitter_percent", "close_codes", "from_start"):
            self._rows["reconnect", name].setVisible(bool(self._value("reconnect", "attempts")))

    @Slot()
    def _fit(self) -> None:
        look, width = self._look, self.viewport().width()
        is_stacked = width < look.px(_STACKED_BELOW_PX)
        way = QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight
        side = look.px(16)
        self._column.setContentsMargins(side, look.px(6), max(side, width - look.px(_WIDEST_PX)), look.px(12))
        self._column.setSpacing(look.px(6))
        for group, caption in zip(self._groups, self._captions, strict=True):
            group.setDirection(way)
            group.setSpacing(look.px(2 if is_stacked else 16))
            caption.setMinimumWidth(0 if is_stacked else look.px(_CAPTION_PX))
            caption.setMaximumWidth(_NO_LIMIT_PX if is_stacked else look.px(_CAPTION_PX))
            caption.setContentsMargins(0, look.px(7), 0, 0)


def read_list(text: str, form: str) -> tuple[Any, ...] | None:
    """What stands between the commas; None where close codes are wanted and something else is there."""
    words = tuple(word for part in text.split(",") if (word := part.strip()))
    if form == "names":
        return words
    if not all(word.isascii() and word.isdigit() and 1000 <= int(word) <= 4999 for word in words):
        return None
    return tuple(int(word) for word in words)
