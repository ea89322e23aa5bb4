"""A WebSocket server that lets in whom it knows, and works out for itself what a Digest must say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from tests.helpers.raw_server import Handler, Peer

from wireyard.session.auth.challenges import challenges


def takes(is_right: Callable[[Peer], bool], challenge: str = "Bearer") -> Handler:
    """A WebSocket server that lets in whom it knows."""

    async def serve(peer: Peer) -> None:
        await peer.read_request()
        if is_right(peer):
            await peer.accept(is_read=True)
            await peer.read_to_end()
        else:
            rows = (f"WWW-Authenticate: {challenge}", "Content-Length: 4")
            await peer.answer("401 Unauthorized", *rows, body=b"who?", is_read=True)

    return serve


def knows(algorithm: str = "MD5", password: str = "p:w", nonce: str = "n1") -> Callable[[Peer], bool]:
    """Whether an Authorization header is the right answer, worked out on the server's side."""
    name = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}[algorithm.removesuffix("-sess")]

    def hashed(text: str) -> str:
        return hashlib.new(name, text.encode()).hexdigest()

    def is_right(peer: Peer) -> bool:
        found = challenges([peer.header("Authorization")])
        if not found or found[0].scheme != "digest":
            return False
        given = found[0].parameters
        target = peer.request.split(b" ")[1].decode()
        first = hashed(f"{given['username']}:{given['realm']}:{password}")
        if algorithm.endswith("-sess"):
            first = hashed(f"{first}:{nonce}:{given['cnonce']}")
        tail = f"{nonce}:{given['nc']}:{given['cnonce']}:{given['qop']}"
        return given["uri"] == target and given["response"] == hashed(f"{first}:{tail}:{hashed(f'GET:{target}')}")

    return is_right
