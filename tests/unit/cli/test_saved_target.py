"""What a run connects to and sends."""

from __future__ import annotations

import click
import pytest

from wireyard.cli.saved_target import saved_message, with_headers
from wireyard.domain.request import ConnectRequest
from wireyard.workspace.model import SavedMessage

MESSAGES = (
    SavedMessage(name="Hello", group="First", body="1"),
    SavedMessage(name="Hello", group="Second", body="2"),
    SavedMessage(name="Bye", body="3"),
)


def test_headers_that_are_given_stand_in_place_of_the_requests_own() -> None:
    request = ConnectRequest(url="ws://h", headers=(("X-A", "1"), ("x-b", "2"), ("X-A", "3")))
    assert with_headers(request, [("x-a", "9")]).headers == (("x-b", "2"), ("x-a", "9"))


@pytest.mark.parametrize(("wanted", "body"), [("Bye", "3"), ("bye", "3"), ("First/Hello", "1"), ("second/hello", "2")])
def test_a_saved_message_is_found_by_name_and_group(wanted: str, body: str) -> None:
    assert saved_message(MESSAGES, wanted).body == body


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("Hello", "2 messages are called “Hello”: “First/Hello”, “Second/Hello”."),
        ("By", "Did you mean “Bye”?"),
        ("zzz", "There are: “Hello”, “Hello”, “Bye”."),
    ],
)
def test_one_that_is_not_clear_is_told(wanted: str, words: str) -> None:
    with pytest.raises(click.BadParameter, match="called") as caught:
        saved_message(MESSAGES, wanted)
    assert words in caught.value.message


def test_a_request_without_messages_says_so() -> None:
    with pytest.raises(click.BadParameter, match="The request has none"):
        saved_message((), "x")
