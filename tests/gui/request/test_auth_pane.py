"""Auth: one way at a time, what is inherited is named, and a field makes the draft say what stands in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wireyard.domain.auth import OAuthLogin
from wireyard.domain.request import ConnectRequest
from wireyard.gui.request import auth_rows
from wireyard.gui.request.auth_pane import AuthPane
from wireyard.gui.request.badges import auth_badge
from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.message_setting import MessageSetting
from wireyard.gui.request.secret_setting import SecretSetting
from wireyard.gui.request.text_setting import TextSetting
from wireyard.gui.request.token_errand import TokenErrand, TokenState
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.underline_tabs import DOT
from wireyard.session.auth.sign_in import SignIn
from wireyard.session.auth.tokens import Token, Tokens
from wireyard.workspace.documents import Level
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import AuthSettings, Field, FolderFile, RequestFile

LOGIN = OAuthLogin(grant="client_credentials", token_url="https://login.test/token")
INHERITED = Context(
    levels=(
        Level(id="o", name="Orders", file=FolderFile(auth=AuthSettings(kind="basic", user="ann", password="hush"))),
        Level(id="o/l", name="Live", file=FolderFile()),
    )
)


class Services:
    """What a token needs of the window."""

    def __init__(self, tokens: Tokens) -> None:
        self.sign_in = SignIn(tokens=tokens)
        self.host = None


@pytest.fixture
def draft() -> RequestDraft:
    return RequestDraft(RequestFile(url="wss://h"))


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(lambda: 1000.0)


@pytest.fixture
def pane(qtbot: QtBot, look: Look, draft: RequestDraft, tokens: Tokens) -> AuthPane:
    plan: Callable[[], ConnectRequest] = lambda: ConnectRequest(url="wss://h", login=LOGIN)  # noqa: E731
    made = AuthPane(look, draft, TokenErrand(Services(tokens), plan))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def write(control: QWidget, text: str) -> None:
    if isinstance(control, SecretSetting):
        control.line.set_text(text)
    elif isinstance(control, TextSetting):
        control.edit.set_text(text)
    else:
        assert isinstance(control, MessageSetting)
        control.edit.setPlainText(text)


def test_without_folders_nothing_is_inherited(pane: AuthPane) -> None:
    assert (pane.kind, pane.source) == ("inherit", "Default")
    assert pane.said == "There is no folder to inherit from: nothing is added."


def test_what_is_inherited_is_told_without_its_secret(pane: AuthPane, draft: RequestDraft) -> None:
    pane.set_context(INHERITED)
    assert pane.source == "Inherited from Orders"
    assert pane.said == "“Orders” says: Basic, as ann. Choose another way here, or change it there."
    assert auth_badge(draft.edited, INHERITED) == DOT


def test_none_here_ends_what_a_folder_says(pane: AuthPane, draft: RequestDraft) -> None:
    pane.set_context(INHERITED)
    pane.choose("none")
    assert draft.edited.auth == AuthSettings(kind="none")
    assert auth_badge(draft.edited, INHERITED) == ""


@pytest.mark.parametrize("kind", [kind for kind, _ in auth_rows.kinds() if auth_rows.rows(kind)])
def test_every_field_is_what_the_draft_says(pane: AuthPane, draft: RequestDraft, kind: str) -> None:
    pane.choose(kind)  # type: ignore[arg-type]
    for data in auth_rows.rows(kind):  # type: ignore[arg-type]
        if data.control in ("text", "secret", "message"):
            write(pane.control(data.field), f"a {data.field}")
            assert getattr(draft.edited.auth, data.field) == f"a {data.field}"
    assert draft.edited.auth.kind == kind


def test_variables_of_a_message_are_chips_on_every_line(pane: AuthPane) -> None:
    pane.choose("message")
    control = pane.control("body")
    plain, lines = "{a\n b}", "{{{a}}\n {{b}}}"
    write(control, plain)
    before = control.grab().toImage()
    write(control, lines)
    assert control.grab().toImage() != before


def test_what_another_way_had_is_there_when_it_is_chosen_again(pane: AuthPane, draft: RequestDraft) -> None:
    pane.choose("bearer")
    write(pane.control("token"), "{{token}}")
    pane.choose("basic")
    assert draft.edited.auth == AuthSettings(kind="basic")
    pane.choose("bearer")
    assert draft.edited.auth == AuthSettings(kind="bearer", token="{{token}}")


def test_tab_goes_from_the_way_through_its_fields(qtbot: QtBot, pane: AuthPane) -> None:
    after = QLineEdit(pane)
    after.setAccessibleName("whatever came before")
    after.show()
    pane.choose("basic")
    pane.activateWindow()
    pane.findChildren(QComboBox)[0].setFocus()
    names: list[str] = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        names.append(focus.accessibleName() if focus is not None else "")
    assert names == ["Reset Sign in by: Default", "User name", "Password"]


def test_reset_goes_back_to_inheriting(pane: AuthPane, draft: RequestDraft) -> None:
    pane.choose("bearer")
    pane.findChildren(QComboBox)[0].setFocus()
    button = next(each for each in pane.findChildren(QWidget) if each.accessibleName() == "Reset Sign in by: Default")
    button.click()  # type: ignore[attr-defined]
    assert draft.edited.auth == AuthSettings()


def test_only_fields_that_count_are_there(pane: AuthPane, draft: RequestDraft) -> None:
    pane.choose("oauth2")
    assert not pane.row("authorization_url").isVisible()
    assert not pane.row("user").isVisible()
    draft.change(auth=replace(draft.edited.auth, grant="authorization_code", sent_in="query"))
    assert pane.row("authorization_url").isVisible()
    assert pane.row("key_name").isVisible()


def test_another_version_of_the_file_is_shown(pane: AuthPane, draft: RequestDraft) -> None:
    draft.change(auth=AuthSettings(kind="api_key", key_name="X-Key", key="k", sent_in="cookie"))
    control = pane.control("key")
    assert isinstance(control, SecretSetting)
    assert (control.text, control.is_masked) == ("k", True)


def test_a_header_by_hand_that_counts_more_is_told(pane: AuthPane, draft: RequestDraft) -> None:
    pane.set_context(INHERITED)
    assert pane.warning == ""
    draft.change(headers=(Field(name="Authorization", value="mine"),))
    assert pane.warning == "The Authorization header of the Headers pane is sent in its place."
    pane.choose("basic")
    assert pane.warning == ""


@pytest.mark.parametrize(
    ("token", "state"),
    [
        (None, TokenState("none", "No token yet. Connect gets one.")),
        (Token(access="x"), TokenState("held", "Token is there; the server did not say how long it holds.")),
        (Token(access="x", expires_at=1090.0), TokenState("held", "Token holds for 1 min 30 s.")),
        (
            Token(access="x", expires_at=1000.0, refresh="r"),
            TokenState("ended", "The token has ended. It is renewed by itself."),
        ),
    ],
)
def test_the_token_is_told_of(pane: AuthPane, tokens: Tokens, token: Token | None, state: TokenState) -> None:
    if token is not None:
        tokens.keep(LOGIN, token)
    pane.choose("oauth2")
    box = pane.token_box
    assert box is not None
    assert box.words == state.words
    assert box.forget_button.isVisible() == (token is not None)


def test_a_token_can_be_forgotten(pane: AuthPane, tokens: Tokens) -> None:
    tokens.keep(LOGIN, Token(access="x"))
    pane.choose("oauth2")
    box = pane.token_box
    assert box is not None
    box.forget_button.click()
    assert tokens.of(LOGIN) is None
    assert box.words == "No token yet. Connect gets one."


def test_what_keeps_from_asking_is_said(qtbot: QtBot, look: Look, draft: RequestDraft, tokens: Tokens) -> None:
    def plan() -> ConnectRequest:
        raise WorkspaceError("Auth: OAuth 2 needs the token URL.")

    pane = AuthPane(look, draft, TokenErrand(Services(tokens), plan))  # type: ignore[arg-type]
    qtbot.addWidget(pane)
    pane.choose("oauth2")
    box = pane.token_box
    assert box is not None
    box.get_button.click()
    assert box.words == "Auth: OAuth 2 needs the token URL."


def test_every_way_has_words_for_a_summary_and_a_hint() -> None:
    for kind, title in auth_rows.kinds():
        assert auth_rows.summary(AuthSettings(kind=kind)).startswith(title)
        assert auth_rows.hint(kind)
