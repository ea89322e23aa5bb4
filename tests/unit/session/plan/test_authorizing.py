"""What each way of signing in adds to the request that is dialled, and whose word counts."""

from __future__ import annotations

import pytest

from wireyard.domain.auth import DigestLogin, OAuthLogin
from wireyard.domain.frame import Opcode
from wireyard.session.outbox import Outgoing
from wireyard.session.plan.connecting import PlannedConnect, plan_connect
from wireyard.session.plan.errors import PlanError
from wireyard.settings.model import Network
from wireyard.workspace.documents import Level
from wireyard.workspace.model import AuthSettings, Field, FolderFile, RequestFile, Variable
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.errors import UndefinedVariable
from wireyard.workspace.variables.scope import Layer, Scope

VARIABLES = {"user": Variable(value="ann"), "secret": Variable(secret=True)}
SCOPE = Scope([Layer("Staging", VARIABLES, "staging")], lambda environment, name: "hunter2", environment="Staging")


def plan(
    auth: AuthSettings, *levels: FolderFile, headers: tuple[Field, ...] = (), url: str = "ws://h/"
) -> PlannedConnect:
    named = tuple(Level(id=f"L{number}", name=f"L{number}", file=file) for number, file in enumerate(levels))
    request = RequestFile(url=url, auth=auth, headers=headers)
    return plan_connect(request, named, SCOPE, defaults=Network(), root=None, dynamic=Dynamic(1))


def test_basic_is_a_header() -> None:
    planned = plan(AuthSettings(kind="basic", user="{{user}}", password="{{secret}}"))
    assert planned.request.headers == (("Authorization", "Basic YW5uOmh1bnRlcjI="),)
    assert planned.secrets == ("hunter2",)


def test_a_bearer_is_a_header() -> None:
    assert plan(AuthSettings(kind="bearer", token="{{secret}} ")).request.headers == (
        ("Authorization", "Bearer hunter2"),
    )


def test_what_stands_in_the_file_itself_is_secret_too() -> None:
    assert plan(AuthSettings(kind="bearer", token="written down")).secrets == ("written down",)


@pytest.mark.parametrize(
    ("sent_in", "url", "headers"),
    [
        ("header", "ws://h/?a=1", (("Cookie", "a=1;"), ("X-Key", "hunter2"))),
        ("query", "ws://h/?a=1&X-Key=hunter2", (("Cookie", "a=1;"),)),
        ("cookie", "ws://h/?a=1", (("Cookie", "a=1; X-Key=hunter2"),)),
    ],
)
def test_a_key_goes_where_it_is_wanted(sent_in: str, url: str, headers: tuple[tuple[str, str], ...]) -> None:
    auth = AuthSettings(kind="api_key", key_name="X-Key", key="{{secret}}", sent_in=sent_in)  # type: ignore[arg-type]
    planned = plan(auth, headers=(Field(name="Cookie", value="a=1;"),), url="ws://h/?a=1")
    assert (planned.request.url, planned.request.headers) == (url, headers)


def test_a_first_cookie_is_a_header_of_its_own() -> None:
    auth = AuthSettings(kind="api_key", key_name="sid", key="x", sent_in="cookie")
    assert plan(auth).request.headers == (("Cookie", "sid=x"),)


def test_a_key_in_the_query_is_encoded() -> None:
    auth = AuthSettings(kind="api_key", key_name="k", key="a b&c", sent_in="query")
    assert plan(auth).request.url == "ws://h/?k=a%20b%26c"


def test_digest_is_a_login() -> None:
    planned = plan(AuthSettings(kind="digest", user="{{user}}", password="{{secret}}"))
    assert planned.request.login == DigestLogin(user="ann", password="hunter2")
    assert planned.request.headers == ()
    assert "hunter2" not in repr(planned.request)


def test_oauth_is_a_login() -> None:
    auth = AuthSettings(
        kind="oauth2",
        grant="password",
        token_url="https://login.test/token",
        authorization_url="https://not.used/",
        client_id="me",
        client_secret="{{secret}}",
        user="{{user}}",
        password="{{secret}}",
        scope=" a  b ",
        extra=(Field(name="x", value="{{user}}"), Field(name="y", off=True)),
        sent_in="query",
    )
    planned = plan(auth)
    assert planned.request.login == OAuthLogin(
        grant="password",
        token_url="https://login.test/token",
        client_id="me",
        client_secret="hunter2",
        user="ann",
        password="hunter2",
        scope="a b",
        extra=(("x", "ann"),),
        query_name="access_token",
    )
    assert "hunter2" not in repr(planned.request)


@pytest.mark.parametrize(
    ("auth", "words"),
    [
        (AuthSettings(kind="bearer"), "no bearer token yet"),
        (AuthSettings(kind="api_key", key="x"), "no name yet"),
        (AuthSettings(kind="api_key", key_name="a", key="x;y", sent_in="cookie"), "blanks, commas and semicolons"),
        (AuthSettings(kind="basic", user="a:b"), "colon"),
        (AuthSettings(kind="digest"), "needs a user name"),
        (AuthSettings(kind="oauth2"), "needs the token URL"),
        (AuthSettings(kind="oauth2", token_url="login.test"), "begins with https://"),
        (AuthSettings(kind="oauth2", token_url="https://x/", client_secret="x"), "needs a client ID"),
        (
            AuthSettings(kind="oauth2", token_url="https://x/", grant="authorization_code"),
            "needs the authorization URL",
        ),
        (AuthSettings(kind="message"), "first message is empty"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_dialled(auth: AuthSettings, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        plan(auth)


def test_the_nearest_level_that_chooses_counts_as_a_whole() -> None:
    collection = FolderFile(auth=AuthSettings(kind="basic", user="far", password="x"))
    folder = FolderFile(auth=AuthSettings(kind="bearer", token="near"))
    assert plan(AuthSettings(), collection, folder).request.headers == (("Authorization", "Bearer near"),)
    assert plan(AuthSettings(kind="none"), collection, folder).request.headers == ()


def test_a_header_by_hand_counts_where_it_is_nearer() -> None:
    by_hand = (Field(name="authorization", value="mine"),)
    folder = FolderFile(auth=AuthSettings(kind="bearer", token="t"))
    assert plan(AuthSettings(), folder, headers=by_hand).request.headers == (("authorization", "mine"),)
    further = FolderFile(headers=by_hand)
    assert plan(AuthSettings(kind="bearer", token="t"), further).request.headers == (("Authorization", "Bearer t"),)


def test_a_first_message_is_made_anew_for_each_opening() -> None:
    planned = plan(AuthSettings(kind="message", body='{"token":"{{secret}}","id":"{{$uuid}}"}'))
    first, second = planned.first()[0], planned.first()[0]
    assert isinstance(first, Outgoing)
    assert (first.opcode, first.secrets) == (Opcode.TEXT, ("hunter2",))
    assert first.payload.startswith(b'{"token":"hunter2",')
    assert first.payload != second.payload


def test_a_first_message_without_a_value_keeps_from_dialling() -> None:
    with pytest.raises(UndefinedVariable):
        plan(AuthSettings(kind="message", body="{{nobody}}"))
