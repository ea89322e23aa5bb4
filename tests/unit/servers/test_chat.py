"""Rooms in which clients talk."""

from __future__ import annotations

import pytest
from tests.helpers.playground import Playground, end_of, said
from websockets.asyncio.client import connect

from wireyard.servers import chat


async def test_joining_saying_and_leaving_are_told_to_the_room(playground: Playground) -> None:
    alice = await playground.client("chat?name=Alice")
    welcome = await said(alice)
    assert (welcome["type"], welcome["name"], welcome["room"], welcome["members"]) == (
        "welcome",
        "Alice",
        "lobby",
        ["Alice"],
    )
    bob = await playground.client("chat?name=Bob")
    assert (await said(bob))["members"] == ["Alice", "Bob"]
    joined = await said(alice)
    assert (joined["type"], joined["name"], joined["members"]) == ("join", "Bob", ["Alice", "Bob"])
    await bob.send('{"type": "say", "text": "Hello <b>"}')
    for client in (alice, bob):
        told = await said(client)
        assert (told["type"], told["name"], told["text"]) == ("say", "Bob", "Hello <b>")
    await bob.close()
    left = await said(alice)
    assert (left["type"], left["name"], left["members"]) == ("leave", "Bob", ["Alice"])


async def test_rooms_do_not_hear_each_other(playground: Playground) -> None:
    red = await playground.client("chat?name=R&room=red")
    blue = await playground.client("chat?name=B&room=blue")
    assert [(await said(client))["room"] for client in (red, blue)] == ["red", "blue"]
    await blue.send("plain text is said as it is")
    assert (await said(blue))["text"] == "plain text is said as it is"
    await red.send("alone")
    assert (await said(red))["text"] == "alone"


async def test_a_name_that_is_taken_gets_a_number(playground: Playground) -> None:
    names = [(await said(await playground.client("chat?name=Ann")))["name"] for _ in range(3)]
    assert names == ["Ann", "Ann 2", "Ann 3"]


@pytest.mark.parametrize(
    "wrong", ['{"type": "shout", "text": "x"}', '{"text": "x"}', "[]", "   ", "x" * 3000, b"bytes"]
)
async def test_what_is_not_understood_is_answered_and_told_to_nobody(
    playground: Playground, wrong: str | bytes
) -> None:
    client = await playground.client("chat")
    await said(client)
    await client.send(wrong)
    answer = await said(client)
    assert (answer["type"], '{"type": "say"' in answer["reason"]) == ("error", True)


async def test_a_room_that_is_full_lets_nobody_in(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "_MOST_MEMBERS", 1)
    await said(await playground.client("chat"))
    assert await end_of(await playground.client("chat")) == (1008, "1 are in this room already.")


async def test_one_who_does_not_read_is_put_out(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "_BEHIND_BYTES", 10_000)
    deaf = await connect(f"{playground.url}chat?name=Deaf", proxy=None, compression=None, max_queue=1)
    deaf.transport.pause_reading()
    loud = await playground.client("chat?name=Loud")
    await said(loud)
    text = "x" * 2000
    while True:
        await loud.send(text)
        told = await said(loud)
        if told["type"] == "leave":
            break
    assert told["name"] == "Deaf"
    deaf.transport.abort()
    await deaf.wait_closed()
