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
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.editors import Editor, make_editor
from wireyard.gui.widgets.frames import Hairline
from wireyard.gui.widgets.label import Label
from wireyard.settings.rows import Row, row

_CAPTION_PX = 132
_STACKED_BELOW_PX = 780
_WIDEST_PX = 1060
_PEM = ["PEM (*.pem *.crt *.cer *.key)", "*"]

_Key = tuple[str, str]


class SettingsPane(QScrollArea):
    """Rows in groups. A change is made in the draft at once."""

    def __init__(self, look: Look, draft: LevelDraft[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._draft = draft
        self._context = Context()
        self._rows: dict[_Key, SettingRow] = {}
        self._show: dict[_Key, Callable[[Any], None]] = {}
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

    def take_keyboard(self) -> None:
        next(iter(self._rows.values())).control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # What the rows are.

    def _build(self) -> None:
        self._group(self.tr("Subprotocols"), [self._subprotocols()])
        self._group(
            self.tr("TLS"),
            [
                self._editor(
                    Row(
                        key="tls.verify",
                        title=self.tr("Check the certificate"),
                        help=self.tr("Without the check anybody in between can read and change everything."),
                        kind="switch",
                        default=True,
                    )
                ),
                self._file("ca_file", self.tr("CA file"), self.tr("Trusted besides the system's own authorities.")),
                self._file(
                    "client_certificate",
                    self.tr("Client certificate"),
                    self.tr("Shown to servers that ask for one; PEM, with its chain."),
                ),
                self._file(
                    "client_key", self.tr("Client key"), self.tr("Empty where it is in the certificate's file.")
                ),
                self._passphrase(),
            ],
        )
        limits = ("open_timeout_s", "close_timeout_s", "max_message_bytes")
        self._group(self.tr("Limits"), [self._editor(row(f"network.{name}")) for name in limits])
        keepalive = ("ping_interval_s", "pong_timeout_s")
        self._group(self.tr("Keepalive"), [self._editor(row(f"network.{name}")) for name in keepalive])
        self._group(self.tr("Compression"), [self._editor(row("network.compression"))])
        self._column.addStretch(1)

    def _subprotocols(self) -> SettingRow:
        title = self.tr("Offered to the server")
        text = TextSetting(self._look, title, "graphql-transport-ws, v1.chat")
        help_text = self.tr("The best first, with commas between them. The server chooses one.")

        def show(value: Any) -> None:
            if _names(text.text) != tuple(value):
                text.show_text(", ".join(value))

        def edited(typed: str) -> None:
            self._set(("", "subprotocols"), _names(typed))

        text.edited.connect(edited)
        return self._add(("", "subprotocols"), title, help_text, text, show)

    def _file(self, name: str, title: str, help_text: str) -> SettingRow:
        text = TextSetting(self._look, title, files=_PEM)
        text.edited.connect(partial(self._set, ("tls", name)))
        return self._add(("tls", name), title, help_text, text, text.show_text)

    def _passphrase(self) -> SettingRow:
        title = self.tr("Key's passphrase")
        text = TextSetting(self._look, title, "{{key_passphrase}}")
        help_text = self.tr("Name a secret variable: what is typed here stands in the file.")
        key = ("tls", "client_key_password")
        text.edited.connect(partial(self._set, key))
        return self._add(key, title, help_text, text, text.show_text)

    def _editor(self, data: Row) -> SettingRow:
        group, name = data.key.split(".", 1)
        editor: Editor = make_editor(self._look, data)
        editor.edited.connect(partial(self._set, (group, name)))
        made = self._add((group, name), data.title, data.help, editor, editor.show_value)
        editor.faulted.connect(made.set_fault)
        return made

    def _add(self, key: _Key, title: str, help_text: str, control: QWidget, show: Callable[[Any], None]) -> SettingRow:
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
        caption = Label(self._look, title, "body.strong")
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

    def _own(self, key: _Key) -> Any:
        group, name = key
        edited = self._draft.edited
        return getattr(getattr(edited, group) if group else edited, name)

    def _inherited(self, key: _Key) -> Inherited:
        return self._context.setting(*key)

    def _set(self, key: _Key, value: Any) -> None:
        group, name = key
        if value == self._own(key):
            return
        if value in ("", ()) and not self._inherited(key).value:
            value = None  # nothing where nothing is inherited: as if never said
        if group:
            self._draft.change(**{group: replace(getattr(self._draft.edited, group), **{name: value})})
        else:
            self._draft.change(**{name: value})

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if fields & {"subprotocols", "tls", "network"}:
            self._show_all()

    def _show_all(self) -> None:
        for key, made in self._rows.items():
            own, inherited = self._own(key), self._inherited(key)
            self._show[key](inherited.value if own is None else own)
            source = self.tr("Inherited from {0}").format(inherited.source) if inherited.source else self.tr("Default")
            made.show_source(source, is_own=own is not None)

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
            caption.setContentsMargins(0, look.px(7), 0, 0)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))
