"""What our answers are measured with is measured with curl's: the server of the tests takes both, or neither."""

from __future__ import annotations

import asyncio
import shutil

import pytest
from tests.helpers.guarded_server import knows
from tests.helpers.raw_server import Handler, Peer, raw_server

CURL = shutil.which("curl")


def tells(algorithm: str) -> Handler:
    """A server for HTTP that says whether it would let somebody in."""

    async def serve(peer: Peer) -> None:
        await peer.read_request()
        if knows(algorithm)(peer):
            await peer.answer("200 OK", "Content-Length: 2", body=b"in", is_read=True)
        else:
            challenge = f'WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth", algorithm={algorithm}'
            await peer.answer("401 Unauthorized", challenge, "Content-Length: 3", body=b"out", is_read=True)

    return serve


@pytest.mark.skipif(CURL is None, reason="needs curl")
@pytest.mark.parametrize(("password", "said"), [("p:w", b"in"), ("other", b"out")])
@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"])
async def test_curl_is_let_in_with_the_right_password_only(algorithm: str, password: str, said: bytes) -> None:
    async with raw_server(tells(algorithm)) as server:
        url = f"http://127.0.0.1:{server.port}/a/b?c=d"
        process = await asyncio.create_subprocess_exec(
            *(CURL or "", "-sS", "--noproxy", "*", "--digest", "-u", f"ann:{password}", "--max-time", "10", url),
            stdout=asyncio.subprocess.PIPE,
        )
        stdout, _ = await process.communicate()
    assert stdout == said
