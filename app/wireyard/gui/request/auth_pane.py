"""How a request, folder or collection signs in: the way, its fields, and what is inherited where none is chosen."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from wireyard.gui.request import auth_rows
from wireyard.gui.request.auth_controls import Control, make_control
from wireyard.gui.request.context import Context
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.request.setting_kinds import choice
from wireyard.gui.request.setting_row import SettingRow
from wireyard.gui.request.token_box import TokenBox
from wireyard.gui.request.token_errand import TokenErrand
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.editors import make_editor
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.tab_order import come_after
from wireyard.workspace.auth_secrets import only_of_its_kind
from wireyard.workspace.inheritance import Sourced, effective
from wireyard.workspace.model import AuthKind, AuthSettings, RequestFile

_WIDEST_PX = 860


class AuthPane(QScrollArea):
    """A change is made in the draft at once. What another way had filled in is there again when it is chosen again."""

    def __init__(self, look: Look, draft: LevelDraft[Any], errand: TokenErrand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._draft = draft
        self._errand = errand
        self._context = Context()
        self._left: dict[AuthKind, AuthSettings] = {}
        self._bodies: dict[AuthKind, QWidget] = {}
        self._rows: dict[tuple[AuthKind, str], SettingRow] = {}
        self._controls: dict[tuple[AuthKind, str], Control] = {}
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._kind = make_editor(
            look, choice("auth.kind", self.tr("Sign in by"), self.tr("How the server learns who you are."), *_kinds())
        )
        self._kind_row = SettingRow(look, self.tr("Sign in by"), "", self._kind, self._content)
        self._said = Label(look, "", "body", "text.2", wraps=True)
        self._warned = Label(look, "", "small", "warn", wraps=True)
        self._lay_out()
        self._kind.edited.connect(self._on_kind_chosen)
        self._kind_row.reset_requested.connect(partial(self._on_kind_chosen, "inherit"))
        draft.on_change(self._on_draft_changed)
        look.changed.connect(self._fit)
        self._fit()
        self._show()

    @property
    def kind(self) -> AuthKind:
        """The way that is chosen here."""
        return self._own.kind

    @property
    def said(self) -> str:
        """What is told of the way, or of what is inherited."""
        return self._said.text()

    @property
    def warning(self) -> str:
        """What keeps it from having an effect."""
        return self._warned.text()

    @property
    def source(self) -> str:
        """Where the way comes from, in words."""
        return self._kind_row.source

    @property
    def token_box(self) -> TokenBox | None:
        """The state of OAuth's token, where that is the way."""
        body = self._bodies.get("oauth2")
        return body.findChild(TokenBox) if body is not None else None

    def row(self, field: str) -> SettingRow:
        """The row of a field of the way that is chosen."""
        return self._rows[self.kind, field]

    def control(self, field: str) -> QWidget:
        """Its control."""
        return self._controls[self.kind, field].widget

    def choose(self, kind: AuthKind) -> None:
        """Choose a way, as a person does."""
        self._on_kind_chosen(kind)

    def set_context(self, context: Context) -> None:
        self._context = context
        for control in self._controls.values():
            control.set_variables(context.source)
        self._errand.look_again()
        self._show()

    def commit(self) -> None:
        """Take what is being typed into a cell; the other fields are taken as they are typed."""
        for control in self._controls.values():
            control.commit()

    def take_keyboard(self) -> None:
        """Into the first field, or to the choice where there is none."""
        field = next((row for row in auth_rows.rows(self.kind) if row.is_shown(self._own)), None)
        target = self._kind if field is None else self._controls[self.kind, field.field].widget
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Values.

    @property
    def _own(self) -> AuthSettings:
        return self._draft.edited.auth

    def _inherited(self) -> Sourced[AuthSettings] | None:
        return effective(RequestFile(), self._context.levels).auth

    @Slot(object)
    def _on_kind_chosen(self, kind: AuthKind) -> None:
        own = self._own
        if kind == own.kind:
            return
        self._left[own.kind] = own
        self._draft.change(auth=self._left.get(kind, AuthSettings(kind=kind)))

    def _on_field_edited(self, kind: AuthKind, field: str, value: Any) -> None:
        if kind == self._own.kind and value != getattr(self._own, field):
            self._draft.change(auth=replace(self._own, **{field: value}))

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if fields & {"auth", "headers"}:
            self._show()
        if fields & {"auth", "variables", "proxy", "tls", "network"}:
            self._errand.look_again()

    def _show(self) -> None:
        own, inherited = self._own, self._inherited()
        self._kind.show_value(own.kind)
        is_own = own.kind != "inherit"
        source = self.tr("Default")
        if inherited is not None:
            source = self.tr("Inherited from {0}").format(inherited.source)
        self._kind_row.show_source(source, is_own=is_own)
        self._said.setText(auth_rows.hint(own.kind) if is_own else self._inherited_words(inherited))
        self._warned.setText(self._warning())
        self._warned.setVisible(bool(self._warned.text()))
        self._show_body(own)

    def _inherited_words(self, inherited: Sourced[AuthSettings] | None) -> str:
        if not self._context.levels:
            return self.tr("There is no folder to inherit from: nothing is added.")
        if inherited is None:
            return self.tr("No folder says how to sign in: nothing is added.")
        words = self.tr("“{0}” says: {1}. Choose another way here, or change it there.")
        return words.format(inherited.source, auth_rows.summary(only_of_its_kind(inherited.value)))

    def _warning(self) -> str:
        edited = self._draft.edited
        if not isinstance(edited, RequestFile):
            return ""
        whole = effective(edited, self._context.levels)
        if whole.auth is None or whole.auth.value.kind in ("none", "message", "api_key") or not whole.has_own_login:
            return ""
        return self.tr("The Authorization header of the Headers pane is sent in its place.")

    def _show_body(self, own: AuthSettings) -> None:
        if auth_rows.rows(own.kind) and own.kind not in self._bodies:
            self._make_body(own.kind)
        for kind, body in self._bodies.items():
            body.setVisible(kind == own.kind)
        for row in auth_rows.rows(own.kind):
            key = (own.kind, row.field)
            self._controls[key].show(getattr(own, row.field))
            self._rows[key].setVisible(row.is_shown(own))

    # Making it.

    def _make_body(self, kind: AuthKind) -> None:
        body = QWidget(self._content)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if kind == "oauth2":
            box = TokenBox(self._look, self._errand, body)
            token_row = SettingRow(self._look, self.tr("Token"), self.tr("In memory only."), box, body)
            token_row.show_no_source(is_large=True)
            column.addWidget(token_row)
        for data in auth_rows.rows(kind):
            control = make_control(self._look, data)
            control.on_edited(partial(self._on_field_edited, kind, data.field))
            control.set_variables(self._context.source)
            row = SettingRow(self._look, data.title, data.help, control.widget, body)
            row.show_no_source(is_large=data.control in ("rows", "message"))
            self._rows[kind, data.field] = row
            self._controls[kind, data.field] = control
            column.addWidget(row)
        self._bodies[kind] = body
        self._column.insertWidget(self._column.count() - 1, body)
        come_after(self._kind_row.reset_button, body)

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("panel", "bg.surface")
        self._content.setProperty("panel", "bg.surface")
        self.setAccessibleName(self.tr("Auth"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(self._kind_row)
        self._column.addWidget(self._said)
        self._column.addWidget(self._warned)
        self._column.addStretch(1)
        self.setWidget(self._content)

    @Slot()
    def _fit(self) -> None:
        look, width = self._look, self.viewport().width()
        side = look.px(16)
        self._column.setContentsMargins(side, look.px(6), max(side, width - look.px(_WIDEST_PX)), look.px(12))
        self._column.setSpacing(look.px(4))


def _kinds() -> list[tuple[str, str]]:
    return [(kind, title) for kind, title in auth_rows.kinds()]
