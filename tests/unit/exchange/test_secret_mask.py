"""Secret values masked for the eye: payloads keep their length, words get dots; credentials go without being named."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.helpers.recordings import at, closed, failed, note, opened, step

from wireyard.domain.event import Attempt, Failed, Opened
from wireyard.domain.failure import Answer, Failure
from wireyard.exchange.secret_mask import DOTS, NO_MASK, SecretMask, starred

TOKEN = "tok-93b1/77"
MASK = SecretMask([TOKEN])


def test_a_payload_keeps_its_length() -> None:
    payload = json.dumps({"token": TOKEN, "n": 1}).encode()
    assert MASK.in_bytes(payload) == b'{"token": "***********", "n": 1}'


@pytest.mark.parametrize(
    "spelled",
    [b"tok-93b1%2F77", b"tok-93b1\\/77", base64.b64encode(b"user:" + TOKEN.encode()), TOKEN.encode()],
    ids=["percent", "json", "base64", "plain"],
)
def test_every_spelling_is_masked(spelled: bytes) -> None:
    shown = MASK.in_bytes(b"<" + spelled + b">")
    assert len(shown) == len(spelled) + 2
    assert b"93b1" not in shown
    assert b"****" in shown


@given(st.binary(max_size=60))
def test_bytes_without_a_value_are_the_very_same_object(data: bytes) -> None:
    if TOKEN.encode() not in data:
        assert MASK.in_bytes(data) is data


def test_without_values_it_is_falsy_and_changes_no_words() -> None:
    assert not NO_MASK
    assert NO_MASK.in_text("a") == NO_MASK.in_address("a") == NO_MASK.in_place("a") == "a"
    assert starred(b"abc", ()) == b"abc"


def test_words_get_dots_that_do_not_tell_the_length() -> None:
    assert MASK.in_text(f"It said {TOKEN}, twice: {TOKEN}.") == f"It said {DOTS}, twice: {DOTS}."
    assert MASK.in_address(f"ws://h/?t={TOKEN}&a=1") == f"ws://h/?t={DOTS}&a=1"


def test_a_short_value_is_masked_where_it_is_a_whole_parameter() -> None:
    assert SecretMask(["ab"]).in_address("ws://abc/?pin=ab&x=abab") == f"ws://abc/?pin={DOTS}&x=abab"


def test_in_place_every_character_has_its_dot() -> None:
    assert SecretMask(["gehéim"]).in_place("ws://gehéim bad/") == "ws://•••••• bad/"


def test_credentials_in_headers_are_masked_without_being_named_secret() -> None:
    event = replace(
        opened(),
        request_headers=(("Host", "h"), ("authorization", "Bearer x"), ("Cookie", "a=1"), ("Proxy-Authorization", "")),
        headers=(("Set-Cookie", "a=2"), ("Server", "s")),
    )
    shown = NO_MASK.in_event(event)
    assert isinstance(shown, Opened)
    assert shown.request_headers == (
        ("Host", "h"),
        ("authorization", DOTS),
        ("Cookie", DOTS),
        ("Proxy-Authorization", ""),
    )
    assert shown.headers == (("Set-Cookie", DOTS), ("Server", "s"))


def test_what_a_log_hides_for_good_is_no_dots() -> None:
    event = replace(opened(), request_headers=(("Authorization", "(hidden)"),))
    assert MASK.in_event(event) is event


@pytest.mark.parametrize(
    "event", [opened(), step(), closed(), failed(), note()], ids=lambda event: type(event).__name__
)
def test_an_event_without_secrets_is_the_very_same_object(event: Opened) -> None:
    assert MASK.in_event(event) is event
    assert NO_MASK.in_event(event) is event


def test_every_part_of_a_handshake_that_is_a_value_is_masked() -> None:
    event = replace(
        opened(),
        url=f"ws://h/?t={TOKEN}",
        request_target=f"/?t={TOKEN}",
        request_headers=(("X-Token", TOKEN),),
        headers=(("X-Echo", f"it was {TOKEN}"),),
    )
    assert "93b1" not in repr(MASK.in_event(event))


def test_steps_and_failures_are_masked() -> None:
    tried = Attempt(address="127.0.0.1:1", ms=1, error=f"no {TOKEN}")
    assert "93b1" not in repr(MASK.in_step(replace(step(), detail=f"for {TOKEN}", attempts=(tried,))))
    answer = Answer(status=401, reason=TOKEN, headers=(("Set-Cookie", "sid=1"),), body=TOKEN.encode(), raw=b"")
    failure = Failure(
        code="refused",
        step="tcp",
        technical=f"GET /?t={TOKEN}\nAuthorization: Basic c2VjcmV0",
        facts={"location": f"ws://h/{TOKEN}"},
        answer=answer,
    )
    shown = MASK.in_event(Failed(failure=failure, **at(0)))
    assert isinstance(shown, Failed)
    assert "93b1" not in repr(shown)
    assert "c2VjcmV0" not in shown.failure.technical
    assert shown.failure.answer is not None
    assert shown.failure.answer.headers == (("Set-Cookie", DOTS),)


def test_evidence_is_masked_line_by_line() -> None:
    text = f"HTTP/1.1 401 No\r\nSet-Cookie: sid=1\r\nX: {TOKEN}\r\n\r\nbody"
    assert MASK.in_evidence(text) == f"HTTP/1.1 401 No\r\nSet-Cookie: {DOTS}\r\nX: {DOTS}\r\n\r\nbody"
