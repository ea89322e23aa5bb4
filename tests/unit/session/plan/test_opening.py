"""What is sent after every opening: named or written, with the values of the moment."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from wireyard.domain.frame import Opcode
from wireyard.session.outbox import Outgoing
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.opening import Opening, opening_messages, reference_to, renamed
from wireyard.workspace.documents import Level
from wireyard.workspace.model import FolderFile, OpeningMessage, RequestFile, SavedMessage, Variable
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.errors import UndefinedVariable
from wireyard.workspace.variables.scope import Layer, Scope

LOGIN = SavedMessage(name="Login", format="text", body="auth {{token}}")
FEED = SavedMessage(name="All", group="Feed", body='{"op": "subscribe"}')


def scope(**values: Variable) -> Scope:
    return Scope([Layer("Staging", values, "staging")], lambda environment, name: "hunter2")


def made(opening: Opening) -> list[Outgoing]:
    messages = opening()
    assert isinstance(messages, list)
    return messages


def request(*on_open: OpeningMessage, **more: Any) -> RequestFile:
    return RequestFile(messages=(LOGIN, FEED), on_open=on_open, **more)


def test_saved_and_written_messages_are_in_the_order_given() -> None:
    said = request(OpeningMessage(saved="Feed/All"), OpeningMessage(body="hi"), OpeningMessage(saved="Login"))
    assert opening_messages(said, ()) == (FEED, SavedMessage(name="", format="text", body="hi"), LOGIN)


def test_the_nearest_level_that_says_something_counts() -> None:
    above = (Level(id="o", name="Orders", file=FolderFile(on_open=(OpeningMessage(saved="Login"),))),)
    assert opening_messages(RequestFile(messages=(LOGIN,)), above) == (LOGIN,)
    assert opening_messages(request(), above) == ()


@pytest.mark.parametrize(("name", "words"), [("Nobody", "none of the request's"), ("All", "2 saved messages")])
def test_a_name_that_is_not_one_message_s_is_told(name: str, words: str) -> None:
    messages = (FEED, SavedMessage(name="All", group="Other"))
    said = RequestFile(messages=messages, on_open=(OpeningMessage(saved=name),))
    with pytest.raises(PlanError, match=words):
        opening_messages(said, ())


def test_a_reference_has_the_group_only_where_the_name_is_not_enough() -> None:
    other = SavedMessage(name="All", group="Other")
    assert reference_to(FEED, (LOGIN, FEED)) == "All"
    assert reference_to(FEED, (FEED, other)) == "Feed/All"
    assert reference_to(LOGIN, (LOGIN, LOGIN)) == "Login"


def test_a_reference_follows_the_name_of_its_message() -> None:
    on_open = (OpeningMessage(saved="Feed/All"), OpeningMessage(body="All"), OpeningMessage(saved="Login"))
    moved = SavedMessage(name="Everything", group="Feeds", body=FEED.body)
    after = renamed(on_open, (LOGIN, FEED), (moved, LOGIN))
    assert after == (OpeningMessage(saved="Everything"), *on_open[1:])
    other = SavedMessage(name=FEED.name, group=FEED.group, body="{}")
    assert renamed(on_open, (LOGIN, FEED), (LOGIN, other)) == on_open
    assert renamed(on_open, (LOGIN, FEED), (LOGIN,)) == on_open
    assert renamed(None, (LOGIN,), (FEED,)) is None


def test_values_are_those_of_the_moment() -> None:
    now = [scope(token=Variable(value="one"))]
    opening = Opening([LOGIN], None, lambda: now[0])
    assert made(opening) == [Outgoing(Opcode.TEXT, b"auth one")]
    now[0] = scope(token=Variable(secret=True))
    assert made(opening) == [Outgoing(Opcode.TEXT, b"auth hunter2", ("hunter2",))]
    assert opening.secrets() == ("hunter2",)


def test_what_signs_in_goes_before_all_others() -> None:
    login = Outgoing(Opcode.TEXT, b"login")
    assert made(Opening([FEED], None, scope, first=lambda: (login,)))[0] == login


def test_a_message_that_cannot_be_made_says_why_and_the_others_go_out() -> None:
    first, second = made(Opening([LOGIN, FEED], None, scope))
    assert (first.payload, second.fault) == (b"auth {{token}}", "")
    assert "token" in first.fault
    with pytest.raises(UndefinedVariable):
        Opening([LOGIN], None, scope).secrets()
    assert made(Opening([LOGIN], None, scope, keep_undefined=True))[0].fault == ""


def test_looking_for_secrets_takes_no_number_away() -> None:
    counted = SavedMessage(name="x", format="text", body="{{$counter}} {{$randomInt}}")
    opening = Opening([counted], None, scope, Dynamic(seed=1))
    opening.secrets()
    assert made(opening) == made(Opening([counted], None, scope, Dynamic(seed=1)))


async def test_files_are_read_at_every_opening(tmp_path: Path) -> None:
    file = tmp_path / "hello.bin"
    file.write_bytes(b"1")
    binary = SavedMessage(name="x", send_as="binary", file="hello.bin")
    opening = Opening([binary, FEED, SavedMessage(name="y", file="gone.bin")], tmp_path, scope)
    for payload in (b"1", b"2"):
        file.write_bytes(payload)
        answer = opening()
        assert isinstance(answer, Awaitable)
        first, second, third = await answer
        assert (first, second.opcode) == (Outgoing(Opcode.BINARY, payload), Opcode.TEXT)
        assert third.fault == "gone.bin is not in the workspace."
    assert opening.secrets() == ()
