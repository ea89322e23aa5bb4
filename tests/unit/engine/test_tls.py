"""The TLS step through the real dialler: pins, names, versions, ALPN, client certificates, and what a server shows."""

from __future__ import annotations

import ssl
import tempfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.helpers.certificates import DAY, NOW, Authority, fingerprint, wanting_client_certificates
from tests.helpers.raw_server import Peer, RawServer, raw_server
from tests.helpers.sinks import ListSink

from wireyard.domain.event import Opened
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, Network, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError

QUIET = Network(ping_interval_s=None, compression=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls"))


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


async def opened(server: RawServer, tls: Tls) -> Opened:
    link = await dial(ConnectRequest(url=f"wss://localhost:{server.port}/", network=QUIET, tls=tls), ListSink())
    link.drop()
    await link.wait_closed()
    return link.opened


async def failed(server: RawServer, tls: Tls) -> Failure:
    with pytest.raises(DialError) as caught:
        await dial(ConnectRequest(url=f"wss://localhost:{server.port}/", network=QUIET, tls=tls), ListSink())
    return caught.value.failure


def trusting(authority: Authority) -> Tls:
    return Tls(ca_file=str(authority.ca_file))


# ------------------------------------------------------------------------------------------------- what was shown


async def test_the_chain_of_a_good_connection_is_kept(authority: Authority) -> None:
    context = authority.context("localhost", with_issuer=True)
    async with raw_server(accept, ssl_context=context) as server:
        shown = await opened(server, trusting(authority))
    assert shown.chain is not None
    leaf, issuer = shown.chain.certificates
    assert leaf.sha256 == fingerprint("localhost", authority)
    assert leaf.issuer == issuer.subject


async def test_the_chain_of_a_refused_one_too(authority: Authority) -> None:
    context = authority.context("localhost", with_issuer=True)
    async with raw_server(accept, ssl_context=context) as server:
        failure = await failed(server, Tls())
        requests = server.requests
    assert failure.code == "tls_untrusted"
    assert failure.chain is not None
    assert len(failure.chain.certificates) == 2
    assert failure.chain.certificates[0] == failure.certificate
    assert not any(requests)


async def test_a_plain_connection_has_none() -> None:
    async with raw_server(accept) as server:
        link = await dial(ConnectRequest(url=server.url, network=QUIET), ListSink())
        link.drop()
        await link.wait_closed()
    assert (link.opened.chain, link.opened.tls_verified, link.opened.tls_pinned) == (None, False, False)


# ------------------------------------------------------------------------------------------------------------ pins


@pytest.mark.parametrize("verify", [True, False])
async def test_a_pin_alone_is_enough(authority: Authority, verify: bool) -> None:
    context = authority.context("elsewhere.example", self_signed=True, begin=NOW - 3 * DAY, end=NOW - DAY)
    pin = fingerprint("elsewhere.example", authority).upper()
    async with raw_server(accept, ssl_context=context) as server:
        shown = await opened(server, Tls(verify=verify, pinned_sha256=pin))
    assert (shown.tls_verified, shown.tls_pinned) == (True, True)


@pytest.mark.parametrize("verify", [True, False])
async def test_with_a_pin_anything_else_is_refused(authority: Authority, verify: bool) -> None:
    async with raw_server(accept, ssl_context=authority.context("localhost")) as server:
        tls = replace(trusting(authority), verify=verify, pinned_sha256="ab" * 32)
        failure = await failed(server, tls)
        assert not any(server.requests)
    assert (failure.code, failure.step) == ("tls_pin_mismatch", "tls")
    assert failure.facts["got"] == fingerprint("localhost", authority)
    assert failure.certificate is not None


async def test_who_is_not_pinned_is_not_shown_our_certificate(authority: Authority) -> None:
    shown: list[object] = []

    async def note(peer: Peer) -> None:
        shown.append(peer.writer.get_extra_info("peercert"))

    context = wanting_client_certificates(authority, "localhost")
    context.verify_mode = ssl.CERT_OPTIONAL
    tls = Tls(pinned_sha256="ab" * 32, client_certificate=str(authority.pkcs12("pinner")))
    async with raw_server(note, ssl_context=context) as server:
        assert (await failed(server, tls)).code == "tls_pin_mismatch"
    assert not any(shown)


async def test_the_pinned_one_is_shown_it(authority: Authority) -> None:
    context = wanting_client_certificates(authority, "localhost")
    tls = Tls(
        pinned_sha256=fingerprint("localhost", authority), client_certificate=str(authority.pkcs12("pinned-client"))
    )
    async with raw_server(accept, ssl_context=context) as server:
        assert (await opened(server, tls)).tls_pinned


async def test_a_pin_that_can_t_be_meant(authority: Authority) -> None:
    async with raw_server(accept, ssl_context=authority.context("localhost")) as server:
        failure = await failed(server, Tls(pinned_sha256="no fingerprint"))
    assert (failure.code, failure.step) == ("tls_failed", "tls")
    assert "64 digits" in failure.facts["tls_setting"]


# ------------------------------------------------------------------------------------- names, versions, protocols


async def test_the_server_name_is_asked_for_and_checked(authority: Authority) -> None:
    asked: list[str | None] = []
    context = authority.context("other.example")
    context.sni_callback = lambda _object, name, _context: asked.append(name)
    async with raw_server(accept, ssl_context=context) as server:
        tls = replace(trusting(authority), server_name="other.example")
        assert (await opened(server, tls)).tls_verified
        failure = await failed(server, replace(tls, server_name="third.example"))
    assert asked == ["other.example", "third.example", "third.example"]
    assert (failure.code, failure.facts["server_name"]) == ("tls_host_mismatch", "third.example")


async def test_a_server_below_the_lowest_version(authority: Authority) -> None:
    async def alert(peer: Peer) -> None:
        # As OpenSSL answers; asyncio's servers hang up without a word.
        await peer.reader.read(100)
        await peer.send(b"\x15\x03\x03\x00\x02\x02\x46")  # fatal: protocol version
        await peer.read_to_end()

    async with raw_server(alert) as server:
        failure = await failed(server, replace(trusting(authority), minimum_version="1.3"))
    assert (failure.code, failure.facts["minimum_version"]) == ("tls_refused", "1.3")


async def test_the_lowest_version_is_no_less_and_no_more(authority: Authority) -> None:
    context = authority.context("localhost")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    async with raw_server(accept, ssl_context=context) as server:
        assert (await opened(server, trusting(authority))).tls_version == "TLSv1.2"
        assert (await failed(server, replace(trusting(authority), minimum_version="1.3"))).step == "tls"


@pytest.mark.parametrize(("offered", "chosen"), [(("http/1.1",), "http/1.1"), (("x", "ws/1"), "ws/1"), ((), "")])
async def test_the_protocols_offered_in_tls(authority: Authority, offered: tuple[str, ...], chosen: str) -> None:
    context = authority.context("localhost")
    context.set_alpn_protocols(["ws/1", "http/1.1"])
    async with raw_server(accept, ssl_context=context) as server:
        assert (await opened(server, replace(trusting(authority), alpn=offered))).alpn == chosen


# ------------------------------------------------------------------------------------------- client certificates


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_a_pkcs12_file_opens_the_door_and_leaves_no_file_behind(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: ssl.TLSVersion
) -> None:
    left: list[list[Path]] = []

    def files() -> list[Path]:
        return list(tmp_path.iterdir())

    async def list_folder(peer: Peer) -> None:
        left.append(files())
        await accept(peer)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = authority.pkcs12("alice", "open sesame")
    context = wanting_client_certificates(authority, "localhost")
    context.maximum_version = version
    context.sni_callback = lambda _object, _name, _context: left.append(files())
    tls = replace(trusting(authority), client_certificate=str(file), client_key_password="open sesame")
    async with raw_server(list_folder, ssl_context=context) as server:
        await opened(server, tls)
    assert left == [[], []]  # when the greeting came, and when it was done


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_an_expired_client_certificate_is_named_when_it_is_refused(
    authority: Authority, version: ssl.TLSVersion
) -> None:
    end = NOW - DAY
    context = wanting_client_certificates(authority, "localhost")
    context.maximum_version = version
    tls = replace(trusting(authority), client_certificate=str(authority.pkcs12("late", end=end)))
    async with raw_server(accept, ssl_context=context) as server:
        failure = await failed(server, tls)
    # asyncio's servers hang up without an alert, which under TLS 1.2 is within the handshake.
    assert failure.code == ("reset" if version is ssl.TLSVersion.TLSv1_2 else "tls_refused")
    assert failure.facts["client_certificate"] == "sent"
    assert failure.facts["client_not_after"] == str(int(end.timestamp()))


async def test_a_wrong_passphrase_fails_before_anything_is_sent(authority: Authority) -> None:
    tls = replace(
        trusting(authority),
        client_certificate=str(authority.pkcs12("locked", "open sesame")),
        client_key_password="wrong",
    )
    async with raw_server(accept, ssl_context=authority.context("localhost")) as server:
        failure = await failed(server, tls)
    assert (failure.code, failure.facts["client_fault"]) == ("tls_failed", "wrong_passphrase")
