"""Looking at a certificate that was refused."""

from __future__ import annotations

import ssl
from pathlib import Path

from tests.helpers.certificates import DAY, NOW, Authority
from tests.helpers.raw_server import hang, raw_server, unused_port

from wireyard.engine.certificate import look_at_certificate, read_certificate
from wireyard.engine.resolve import look_up


async def test_the_certificate_that_a_server_shows(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    context = authority.context("a.example", "b.example", "127.0.0.1", begin=NOW - 2 * DAY, end=NOW - DAY)
    async with raw_server(hang, ssl_context=context) as server:
        certificate = await look_at_certificate(look_up("127.0.0.1", server.port)[0], "a.example")
    assert certificate is not None
    assert certificate.names == ("a.example", "b.example", "127.0.0.1")
    assert certificate.issuer == "CN=Wireyard test authority"
    assert certificate.not_after - certificate.not_before == 86_400


async def test_a_server_that_shows_none() -> None:
    assert await look_at_certificate(look_up("127.0.0.1", unused_port())[0], "localhost") is None


def test_bytes_that_are_no_certificate_have_at_least_a_fingerprint() -> None:
    certificate = read_certificate(b"junk")
    assert certificate.names == ()
    assert len(certificate.sha256) == 64


def test_an_old_certificate_has_only_its_common_name(tmp_path: Path) -> None:
    certificate = read_certificate(ssl.PEM_cert_to_DER_cert(Authority(tmp_path).ca_file.read_text()))
    assert certificate.names == ("Wireyard test authority",)
