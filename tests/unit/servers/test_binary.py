"""Binary frames of several kinds."""

from __future__ import annotations

import struct
import zlib

import msgspec
from tests.helpers.playground import Playground

from wireyard.servers.binary import picture


async def test_one_of_each_kind_comes_at_once(playground: Playground) -> None:
    client = await playground.client("binary")
    png, packed, raw = [await client.recv() for _ in range(3)]
    assert png == picture()
    assert isinstance(packed, bytes)
    assert msgspec.msgpack.decode(packed)["kind"] == "reading"
    assert raw == bytes(range(256))


async def test_kinds_come_by_name_bytes_come_back_and_other_text_is_answered(playground: Playground) -> None:
    client = await playground.client("binary")
    for _ in range(3):
        await client.recv()
    for asked in ("png", b"\0\xff", "what?"):
        await client.send(asked)
    assert [await client.recv() for _ in range(3)] == [
        picture(),
        b"\0\xff",
        "Send one of these: png, msgpack, bytes; or bytes.",
    ]


def test_the_picture_is_a_sound_png() -> None:
    data, at, kinds = picture(), 8, []
    while at < len(data):
        size, kind = struct.unpack_from("!I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        assert struct.unpack_from("!I", data, at + 8 + size)[0] == zlib.crc32(kind + body)
        kinds.append((kind, body))
        at += 12 + size
    assert [kind for kind, _ in kinds] == [b"IHDR", b"IDAT", b"IEND"]
    width, height = struct.unpack("!II", kinds[0][1][:8])
    assert len(zlib.decompress(kinds[1][1])) == height * (1 + 3 * width)
