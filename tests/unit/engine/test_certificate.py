"""The certificates that a server shows, also where they were refused."""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path

import pytest
from tests.helpers.certificates import DAY, NOW, Authority, wanting_client_certificates
from tests.helpers.raw_server import Peer, hang, raw_server, unused_port

from wireyard.domain.failure import Chain
from wireyard.domain.request import Tls
from wireyard.engine import certificate as module
from wireyard.engine.certificate import look_at_chain, read_certificate, read_chain


async def look(port: int, name: str = "a.example", tls: Tls = Tls()) -> Chain | None:  # noqa: B008 - it is frozen
    async def connect() -> socket.socket:
        sock = socket.socket()
        sock.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
        except OSError:
            sock.close()
            raise
        return sock

    return await look_at_chain(connect, name, tls)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


async def test_the_whole_chain_that_a_server_shows(authority: Authority) -> None:
    context = authority.context(
        "a.example", "b.example", "127.0.0.1", begin=NOW - 2 * DAY, end=NOW - DAY, with_issuer=True
    )
    async with raw_server(hang, ssl_context=context) as server:
        chain = await look(server.port)
    assert chain is not None
    assert not chain.is_leaf_only
    leaf, issuer = chain.certificates
    assert leaf.names == ("a.example", "b.example", "127.0.0.1")
    assert leaf.issuer == issuer.subject == "CN=Wireyard test authority"
    assert leaf.not_after - leaf.not_before == 86_400


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_server_that_wants_a_certificate_of_us_shows_its_own_and_gets_none(
    authority: Authority, version: ssl.TLSVersion
) -> None:
    shown: list[bool] = []

    async def note(peer: Peer) -> None:
        shown.append(bool(peer.writer.get_extra_info("peercert")))

    context = wanting_client_certificates(authority, "a.example")
    context.maximum_version = version
    async with raw_server(note, ssl_context=context) as server:
        chain = await look(server.port)
    assert chain is not None
    assert chain.certificates[0].names == ("a.example",)
    assert not any(shown)


async def test_the_second_look_sends_nothing_but_the_greeting(authority: Authority) -> None:
    sent: list[bytes] = []

    async def note(peer: Peer) -> None:
        sent.append(await peer.read_to_end())

    async with raw_server(note, ssl_context=authority.context("a.example")) as server:
        assert await look(server.port) is not None
    assert not b"".join(sent)


async def test_without_the_means_the_leaf_alone_is_shown_and_said_so(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_whole_chain", lambda tls_object: [])
    async with raw_server(hang, ssl_context=authority.context("a.example", with_issuer=True)) as server:
        chain = await look(server.port)
    assert chain is not None
    assert chain.is_leaf_only
    assert [one.names for one in chain.certificates] == [("a.example",)]


async def test_the_public_way_of_newer_pythons_is_taken_where_it_is_there() -> None:
    class Newer:
        def get_unverified_chain(self) -> list[bytes]:
            return [b"leaf", b"issuer"]

    assert module._whole_chain(Newer()) == [b"leaf", b"issuer"]  # type: ignore[arg-type]
    assert module._whole_chain(object()) == []  # type: ignore[arg-type]


async def test_a_server_that_shows_none() -> None:
    assert await look(unused_port()) is None


async def test_a_server_that_speaks_no_tls() -> None:
    async def plain(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(plain) as server:
        assert await look(server.port) is None


async def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_TIMEOUT_S", 0.05)
    async with raw_server(hang) as server:
        assert await look(server.port) is None


def test_a_chain_without_end_is_cut() -> None:
    assert len(read_chain([b"junk"] * 1000).certificates) == 16


def test_bytes_that_are_no_certificate_have_at_least_a_fingerprint() -> None:
    certificate = read_certificate(b"junk")
    assert certificate.names == ()
    assert len(certificate.sha256) == 64


def test_an_old_certificate_has_only_its_common_name(authority: Authority) -> None:
    certificate = read_certificate(ssl.PEM_cert_to_DER_cert(authority.ca_file.read_text()))
    assert certificate.names == ("Wireyard test authority",)
