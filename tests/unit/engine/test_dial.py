"""Connecting over real sockets: every step timed, every way to fail told apart, cancelled at once."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.certificates import DAY, NOW, Authority
from tests.helpers.frames import TEXT, close_frame, frame
from tests.helpers.raw_server import Peer, hang, raw_server, unused_port
from tests.helpers.sinks import ListSink, until

from wireyard.domain.event import Closed, Failed, Message, MessageRun, Note, Opened, Step
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, Network, Tls
from wireyard.engine.dial import dial
from wireyard.engine.errors import DialError
from wireyard.engine.resolve import Endpoint

CANCEL_S = 0.2
QUIET = Network(ping_interval_s=None, compression=False)


def request(url: str, **network: object) -> ConnectRequest:
    return ConnectRequest(url=url, network=Network(ping_interval_s=None, **network))  # type: ignore[arg-type]


async def fail(wanted: ConnectRequest, sink: ListSink | None = None) -> Failure:
    """Dial, expect a failure, and check that the sink and the exception agree."""
    sink = sink or ListSink()
    with pytest.raises(DialError) as caught:
        await dial(wanted, sink)
    assert sink.failure == caught.value.failure
    assert tuple(sink.all(Step)) == caught.value.steps
    assert isinstance(sink.events[-1], Failed)
    return caught.value.failure


async def accept(peer: Peer) -> None:
    await peer.accept()
    await peer.read_to_end()


# ------------------------------------------------------------------------------------------------------- success


async def test_a_connection_reports_its_steps_and_then_its_opening() -> None:
    sink = ListSink()
    begun: list[str] = []
    async with raw_server(accept) as server:
        url = f"ws://localhost:{server.port}/chat?room=1"
        link = await dial(request(url), sink, on_step=begun.append)
        link.drop()
        await link.wait_closed()
    assert begun == ["resolve", "tcp", "upgrade"]
    assert sink.steps == [("resolve", True), ("tcp", True), ("upgrade", True)]
    assert [type(event) for event in sink.events[:4]] == [Step, Step, Step, Opened]
    opened = sink.opened
    assert opened == link.opened
    assert (opened.status, opened.request_target) == (101, "/chat?room=1")
    assert opened.peer.endswith(f":{server.port}")
    assert ("Host", f"localhost:{server.port}") in opened.request_headers
    assert "upgrade" in [name.lower() for name, _ in opened.headers]
    assert opened.ms >= sum(step.ms for step in sink.all(Step)) * 0.9


async def test_the_opening_comes_before_a_frame_of_the_same_segment() -> None:
    sink = ListSink()

    async def greet(peer: Peer) -> None:
        await peer.accept(then=frame(TEXT, b"hello") * 3 + close_frame(1000, "that is all"))
        await peer.read_to_end()

    async with raw_server(greet) as server:
        link = await dial(request(server.url), sink)
        closed = await link.wait_closed()
    assert (closed.by, closed.code, closed.reason, closed.clean) == ("server", 1000, "that is all", True)
    kinds = [type(event) for event in sink.events]
    assert kinds.index(Opened) < kinds.index(MessageRun)
    assert kinds[-1] is Closed
    assert sink.received == [b"hello"] * 3


async def test_an_answer_that_drips_is_put_together() -> None:
    async def drip(peer: Peer) -> None:
        sent: list[bytes] = []
        original = peer.send

        async def one_by_one(data: bytes) -> None:
            sent.append(data)
            for byte in data:
                await original(bytes([byte]))
                await asyncio.sleep(0)

        peer.send = one_by_one
        await peer.accept(then=frame(TEXT, b"x"))
        await peer.read_to_end()

    sink = ListSink()
    async with raw_server(drip) as server:
        link = await dial(request(server.url), sink)
        await sink.until(lambda s: bool(s.all(Message)))
        link.drop()
        await link.wait_closed()
    assert sink.received == [b"x"]


async def test_an_interim_answer_is_passed_over() -> None:
    async def early_hints(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n")
        await accept(peer)

    async with raw_server(early_hints) as server:
        link = await dial(request(server.url), ListSink())
        link.drop()
        await link.wait_closed()


async def test_headers_subprotocols_and_user_name_go_out_as_written() -> None:
    async def choose(peer: Peer) -> None:
        await peer.accept("Sec-WebSocket-Protocol: chat")
        await peer.read_to_end()

    wanted = ConnectRequest(
        url="",
        headers=(("Origin", "https://example.com"), ("Cookie", "a=1"), ("Cookie", "b=2"), ("User-Agent", "me")),
        subprotocols=("superchat", "chat"),
        network=QUIET,
    )
    sink = ListSink()
    async with raw_server(choose) as server:
        wanted = ConnectRequest(
            url=f"ws://ann:s3cret@127.0.0.1:{server.port}/",
            headers=wanted.headers,
            subprotocols=wanted.subprotocols,
            network=QUIET,
        )
        link = await dial(wanted, sink)
        link.drop()
        await link.wait_closed()
    sent = server.requests[0].decode()
    assert "Origin: https://example.com\r\n" in sent
    assert sent.count("Cookie: ") == 2
    assert "User-Agent: me\r\n" in sent
    assert sent.count("User-Agent") == 1
    assert "Authorization: Basic YW5uOnMzY3JldA==\r\n" in sent
    assert "Sec-WebSocket-Protocol: superchat, chat\r\n" in sent
    assert "Sec-WebSocket-Extensions" not in sent
    assert sink.opened.subprotocol == "chat"
    assert "s3cret" not in sink.opened.url


async def test_no_subprotocol_chosen_is_no_failure() -> None:
    async with raw_server(accept) as server:
        wanted = ConnectRequest(url=server.url, subprotocols=("chat",), network=QUIET)
        sink = ListSink()
        link = await dial(wanted, sink)
        assert link.opened.subprotocol == ""
        (note,) = sink.all(Note)
        assert (note.topic, note.text) == (
            "no_subprotocol",
            "No subprotocol chosen: the server took none of chat.",
        )
        link.drop()
        await link.wait_closed()


# ------------------------------------------------------------------------------------------- address, name, tcp


async def test_a_bad_address_fails_before_any_step() -> None:
    sink = ListSink()
    failure = await fail(request("ws://host:99999/"), sink)
    assert (failure.code, failure.step, failure.facts["position"]) == ("bad_address", "address", "10")
    assert len(sink.events) == 1


async def test_a_header_with_a_line_break_is_not_sent() -> None:
    failure = await fail(ConnectRequest(url="ws://localhost/", headers=(("X-Note", "a\r\nEvil: yes"),)))
    assert (failure.code, failure.facts["header"]) == ("bad_header", "X-Note")


async def test_an_unknown_name() -> None:
    sink = ListSink()
    failure = await fail(request("ws://nowhere.invalid/"), sink)
    assert failure.code in {"name_not_found", "name_lookup_failed"}
    assert failure.facts["host"] == "nowhere.invalid"
    assert sink.steps == [("resolve", False)]


async def test_nothing_listens() -> None:
    sink = ListSink()
    port = unused_port()
    failure = await fail(request(f"ws://127.0.0.1:{port}/"), sink)
    assert (failure.code, failure.step, failure.facts["port"]) == ("refused", "tcp", str(port))
    assert sink.steps == [("resolve", True), ("tcp", False)]
    assert [attempt.error for attempt in sink.all(Step)[-1].attempts] == ["refused"]


async def test_the_open_timeout_covers_a_name_server_that_hangs() -> None:
    release = threading.Event()

    def slow(host: str, port: int) -> list[Endpoint]:
        release.wait(60)
        return []

    sink = ListSink()
    with pytest.raises(DialError) as caught:
        await dial(request("ws://slow.example/", open_timeout_s=0.05), sink, lookup=slow)
    release.set()
    failure = caught.value.failure
    assert (failure.code, failure.step, failure.facts["seconds"]) == ("timeout", "resolve", "0.05")
    assert sink.steps == [("resolve", False)]


async def test_ten_cancelled_lookups_hold_nothing_up() -> None:
    release = threading.Event()

    def slow(host: str, port: int) -> list[Endpoint]:
        release.wait(60)
        return []

    begun = time.monotonic()
    for _ in range(10):
        sink = ListSink()
        dialling = asyncio.create_task(dial(request("ws://slow.example/"), sink, lookup=slow))
        await asyncio.sleep(0)
        dialling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dialling
        assert (sink.failure.code, sink.failure.step) == ("cancelled", "resolve")
    assert time.monotonic() - begun < 1
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "wireyard-resolve")
    release.set()


# --------------------------------------------------------------------------------------------------------- cancel


async def cancel_during(wanted: ConnectRequest, step: str) -> ListSink:
    sink = ListSink()
    begun: list[str] = []
    dialling = asyncio.create_task(dial(wanted, sink, on_step=begun.append))
    await until(lambda: step in begun)
    await asyncio.sleep(0.02)
    at = time.monotonic()
    dialling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dialling
    assert time.monotonic() - at < CANCEL_S
    assert (sink.failure.code, sink.failure.step) == ("cancelled", step)
    assert sink.steps[-1] == (step, False)
    return sink


async def test_cancel_while_tls_hangs() -> None:
    async with raw_server(hang) as server:
        await cancel_during(request(f"wss://127.0.0.1:{server.port}/"), "tls")


async def test_cancel_while_the_upgrade_hangs() -> None:
    async with raw_server(hang) as server:
        sink = await cancel_during(request(server.url), "upgrade")
        await until(lambda: len(server.requests) == 1)
    assert sink.steps == [("resolve", True), ("tcp", True), ("upgrade", False)]


async def test_cancel_while_tcp_hangs() -> None:
    # 192.0.2.0/24 is for documentation (RFC 5737): packets to it are dropped, or refused where there is no route.
    sink = ListSink()
    begun: list[str] = []
    dialling = asyncio.create_task(dial(request("ws://192.0.2.1/"), sink, on_step=begun.append))
    await until(lambda: "tcp" in begun or dialling.done())
    at = time.monotonic()
    dialling.cancel()
    with pytest.raises((asyncio.CancelledError, DialError)):
        await dialling
    assert time.monotonic() - at < CANCEL_S


# -------------------------------------------------------------------------------------------------------- timeout


@pytest.mark.parametrize(("scheme", "step"), [("ws", "upgrade"), ("wss", "tls")])
async def test_the_open_timeout_names_the_step(scheme: str, step: str) -> None:
    async with raw_server(hang) as server:
        failure = await fail(request(f"{scheme}://127.0.0.1:{server.port}/", open_timeout_s=0.1))
    assert (failure.code, failure.step, failure.facts["seconds"]) == ("timeout", step, "0.1")


# ------------------------------------------------------------------------------------------------------------ tls


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


def secure(port: int, authority: Authority, host: str = "localhost", *, verify: bool = True) -> ConnectRequest:
    tls = Tls(verify=verify, ca_file=str(authority.ca_file))
    return ConnectRequest(url=f"wss://{host}:{port}/", network=QUIET, tls=tls)


def showing(chain: Path, key: Path, passphrase: str, ca_file: Path) -> Callable[[int], ConnectRequest]:
    tls = Tls(
        ca_file=str(ca_file),
        client_certificate=str(chain),
        client_key=str(key),
        client_key_password=passphrase,
    )
    return lambda port: ConnectRequest(url=f"wss://localhost:{port}/", network=QUIET, tls=tls)


async def test_a_verified_connection(authority: Authority) -> None:
    sink = ListSink()
    async with raw_server(accept, ssl_context=authority.context("localhost", "127.0.0.1")) as server:
        for host in ("localhost", "127.0.0.1"):
            link = await dial(secure(server.port, authority, host), sink)
            assert link.opened.tls_verified
            assert link.opened.tls_version == "TLSv1.3"
            link.drop()
            await link.wait_closed()
    assert sink.steps[:4] == [("resolve", True), ("tcp", True), ("tls", True), ("upgrade", True)]


async def test_an_unverified_connection_says_so(authority: Authority) -> None:
    async with raw_server(accept, ssl_context=authority.context("elsewhere.example", self_signed=True)) as server:
        link = await dial(secure(server.port, authority, verify=False), ListSink())
        assert not link.opened.tls_verified
        link.drop()
        await link.wait_closed()


async def test_a_certificate_of_another_host(authority: Authority) -> None:
    async with raw_server(accept, ssl_context=authority.context("one.example", "two.example")) as server:
        failure = await fail(secure(server.port, authority))
    assert (failure.code, failure.step) == ("tls_host_mismatch", "tls")
    assert failure.certificate is not None
    assert failure.certificate.names == ("one.example", "two.example")


async def test_a_self_signed_certificate(authority: Authority) -> None:
    async with raw_server(accept, ssl_context=authority.context("localhost", self_signed=True)) as server:
        failure = await fail(secure(server.port, authority))
    assert failure.code == "tls_untrusted"
    assert failure.certificate is not None
    assert failure.certificate.subject == failure.certificate.issuer == "CN=localhost"
    assert len(failure.certificate.sha256) == 64


async def test_an_unknown_issuer(authority: Authority) -> None:
    async with raw_server(accept, ssl_context=authority.context("localhost")) as server:
        failure = await fail(ConnectRequest(url=f"wss://localhost:{server.port}/", network=QUIET))
    assert failure.code == "tls_untrusted"


async def test_an_expired_certificate(authority: Authority) -> None:
    context = authority.context("localhost", begin=NOW - 9 * DAY, end=NOW - 3 * DAY)
    async with raw_server(accept, ssl_context=context) as server:
        failure = await fail(secure(server.port, authority))
    assert failure.code == "tls_expired"
    assert failure.certificate is not None
    assert failure.certificate.not_after == int((NOW - 3 * DAY).timestamp())


async def test_a_certificate_of_the_future(authority: Authority) -> None:
    context = authority.context("localhost", begin=NOW + 3 * DAY, end=NOW + 9 * DAY)
    async with raw_server(accept, ssl_context=context) as server:
        failure = await fail(secure(server.port, authority))
    assert failure.code == "tls_not_yet_valid"


async def test_a_plain_server_on_a_secure_address() -> None:
    async def plain(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await peer.read_to_end()

    async with raw_server(plain) as server:
        failure = await fail(request(f"wss://127.0.0.1:{server.port}/"))
    assert (failure.code, failure.step) == ("tls_not_spoken", "tls")


async def test_a_server_that_hangs_up_during_tls() -> None:
    async def hang_up(peer: Peer) -> None:
        await peer.reader.read(10)

    async with raw_server(hang_up) as server:
        failure = await fail(request(f"wss://127.0.0.1:{server.port}/"))
    assert (failure.code, failure.step) == ("reset", "tls")


async def test_a_server_that_wants_a_client_certificate(authority: Authority) -> None:
    context = authority.context("localhost")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.ca_file)
    async with raw_server(accept, ssl_context=context) as server:
        failure = await fail(secure(server.port, authority))
    assert (failure.code, failure.step) == ("tls_refused", "upgrade")
    assert failure.facts["client_certificate"] == "none sent"


async def test_a_client_certificate_is_shown(authority: Authority) -> None:
    context = authority.context("localhost")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.ca_file)
    chain, key = authority.client("alice", "open sesame")
    wanted = showing(chain, key, "open sesame", authority.ca_file)
    async with raw_server(accept, ssl_context=context) as server:
        link = await dial(wanted(server.port), ListSink())
        link.drop()
        await link.wait_closed()


async def test_a_client_certificate_that_the_server_does_not_accept(
    authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> None:
    context = authority.context("localhost")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.ca_file)
    chain, key = Authority(tmp_path_factory.mktemp("strangers")).client("mallory")
    wanted = showing(chain, key, "", authority.ca_file)
    async with raw_server(accept, ssl_context=context) as server:
        failure = await fail(wanted(server.port))
    assert (failure.code, failure.facts["client_certificate"]) == ("tls_refused", "sent")


async def test_a_client_certificate_that_can_t_be_used(authority: Authority) -> None:
    chain, key = authority.client("bob", "open sesame")
    async with raw_server(accept, ssl_context=authority.context("localhost")) as server:
        failure = await fail(showing(chain, key, "wrong", authority.ca_file)(server.port))
    assert (failure.code, failure.step, failure.facts["client_fault"]) == ("tls_failed", "tls", "wrong_passphrase")
    assert failure.facts["client_file"] == str(key)


async def test_a_server_that_answers_with_a_tls_alert() -> None:
    async def alert(peer: Peer) -> None:
        await peer.reader.read(100)
        await peer.send(b"\x15\x03\x03\x00\x02\x02\x46")  # fatal: protocol version
        await peer.read_to_end()

    async with raw_server(alert) as server:
        failure = await fail(request(f"wss://127.0.0.1:{server.port}/"))
    assert (failure.code, failure.step) == ("tls_refused", "tls")
    assert "ALERT_PROTOCOL_VERSION" in failure.facts["reason"]


async def test_a_ca_file_that_is_not_there(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.pem")
    async with raw_server(accept) as server:
        url = f"wss://127.0.0.1:{server.port}/"
        failure = await fail(ConnectRequest(url=url, network=QUIET, tls=Tls(ca_file=missing)))
    assert (failure.code, failure.step, failure.facts["ca_file"]) == ("tls_failed", "tls", missing)


# -------------------------------------------------------------------------------------------------------- upgrade


async def test_a_refusal_keeps_status_headers_and_body() -> None:
    async def refuse(peer: Peer) -> None:
        body = b'{"error": "no token"}\n'
        await peer.answer(
            "401 Unauthorized",
            "WWW-Authenticate: Bearer realm=x",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            body=body,
        )
        await peer.read_to_end()

    async with raw_server(refuse) as server:
        failure = await fail(ConnectRequest(url=server.url + "secret", headers=(("Origin", "http://o"),)))
    assert (failure.code, failure.step) == ("status", "upgrade")
    assert failure.answer is not None
    assert (failure.answer.status, failure.answer.reason) == (401, "Unauthorized")
    assert failure.answer.body == b'{"error": "no token"}\n'
    assert failure.answer.raw.startswith(b"HTTP/1.1 401")
    facts = failure.facts
    assert (facts["www_authenticate"], facts["authorization"]) == ("Bearer realm=x", "none")
    assert (facts["path"], facts["origin"]) == ("/secret", "http://o")
    assert facts["body_first_line"] == '{"error": "no token"}'


async def test_a_chunked_refusal_is_decoded() -> None:
    async def refuse(peer: Peer) -> None:
        await peer.answer(
            "503 Service Unavailable",
            "Transfer-Encoding: chunked",
            "Retry-After: 7",
            body=b"5\r\nstill\r\n9;x=y\r\n starting\r\n0\r\n\r\n",
        )
        await peer.read_to_end()

    async with raw_server(refuse) as server:
        failure = await fail(request(server.url))
    assert failure.answer is not None
    assert failure.answer.body == b"still starting"
    assert failure.facts["retry_after"] == "7"


async def test_a_refusal_without_a_length_ends_with_the_stream() -> None:
    async def refuse(peer: Peer) -> None:
        await peer.answer("404 Not Found", body=b"nothing here")

    async with raw_server(refuse) as server:
        failure = await fail(request(server.url))
    assert failure.answer is not None
    assert (failure.answer.status, failure.answer.body) == (404, b"nothing here")


async def test_a_refusal_whose_body_never_ends_is_told_after_two_seconds_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("wireyard.engine.handshake.BODY_WAIT_S", 0.05)

    async def refuse(peer: Peer) -> None:
        await peer.answer("403 Forbidden", "Content-Length: 1000", body=b"so far")
        await peer.read_to_end()

    async with raw_server(refuse) as server:
        failure = await fail(request(server.url))
    assert failure.answer is not None
    assert (failure.answer.status, failure.answer.body) == (403, b"so far")


async def test_a_body_is_kept_to_a_megabyte() -> None:
    async def refuse(peer: Peer) -> None:
        await peer.answer("500 Oops", body=b"x" * 3_000_000)
        await peer.read_to_end()

    async with raw_server(refuse) as server:
        failure = await fail(request(server.url))
    assert failure.answer is not None
    assert len(failure.answer.body) == 1024 * 1024


@pytest.mark.parametrize(
    ("status", "header"), [("200 OK", "Content-Type: text/html"), ("302 Found", "Location: https://elsewhere/")]
)
async def test_a_web_page_instead(status: str, header: str) -> None:
    async def page(peer: Peer) -> None:
        await peer.answer(status, header, "Content-Length: 6", body=b"<html>")
        await peer.read_to_end()

    async with raw_server(page) as server:
        failure = await fail(request(server.url))
    assert (failure.code, failure.facts["status"]) == ("not_websocket", status[:3])
    assert header.partition(": ")[2] in failure.facts.values()


@pytest.mark.parametrize(
    ("head", "header", "got", "expected"),
    [
        (
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong",
            "Sec-WebSocket-Accept",
            "wrong",
            "=",
        ),
        ("Upgrade: websocket\r\nConnection: Upgrade", "Sec-WebSocket-Accept", "", "="),
        ("Upgrade: h2c\r\nConnection: Upgrade", "Upgrade", "h2c", "websocket"),
        ("Upgrade: websocket\r\nConnection: close", "Connection", "close", "Upgrade"),
    ],
)
async def test_an_answer_that_is_wrong(head: str, header: str, got: str, expected: str) -> None:
    async def wrong(peer: Peer) -> None:
        await peer.answer("101 Switching Protocols", *head.split("\r\n"))
        await peer.read_to_end()

    async with raw_server(wrong) as server:
        failure = await fail(request(server.url))
    assert (failure.code, failure.facts["header"], failure.facts["got"]) == ("bad_answer", header, got)
    assert expected in failure.facts["expected"]
    assert failure.answer is not None


@pytest.mark.parametrize("data", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x00\x01\x02", b"HTTP/1.1 ok\r\n\r\n"])
async def test_an_answer_that_is_no_http(data: bytes) -> None:
    async def speak(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(data)
        await peer.read_to_end()

    async with raw_server(speak) as server:
        failure = await fail(request(server.url))
    assert (failure.code, failure.facts["header"]) == ("bad_answer", "Status line")


async def test_a_secure_server_on_a_plain_address() -> None:
    async def alert(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"\x15\x03\x01\x00\x02\x02\x46")

    async with raw_server(alert) as server:
        failure = await fail(request(server.url))
    assert (failure.code, failure.facts["speaks"]) == ("no_answer", "tls")


async def test_a_subprotocol_that_was_not_offered() -> None:
    async def choose(peer: Peer) -> None:
        await peer.accept("Sec-WebSocket-Protocol: mqtt")
        await peer.read_to_end()

    async with raw_server(choose) as server:
        failure = await fail(ConnectRequest(url=server.url, subprotocols=("chat", "stomp"), network=QUIET))
    assert failure.code == "subprotocol"
    assert (failure.facts["offered"], failure.facts["answered"]) == ("chat, stomp", "mqtt")


async def test_an_extension_that_was_not_offered() -> None:
    async def choose(peer: Peer) -> None:
        await peer.accept("Sec-WebSocket-Extensions: x-zip")
        await peer.read_to_end()

    async with raw_server(choose) as server:
        failure = await fail(request(server.url))
        plain = await fail(request(server.url, compression=False))
    assert (failure.code, failure.facts["answered"]) == ("extension", "x-zip")
    assert failure.facts["offered"].startswith("permessage-deflate")
    assert (plain.code, plain.facts["offered"]) == ("extension", "")


async def test_a_server_that_hangs_up_before_answering() -> None:
    async def hang_up(peer: Peer) -> None:
        await peer.read_request()

    async with raw_server(hang_up) as server:
        failure = await fail(request(server.url))
    assert (failure.code, failure.step, failure.facts["received"]) == ("no_answer", "upgrade", "0")


async def test_a_server_that_hangs_up_in_the_middle_of_its_headers() -> None:
    async def hang_up(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgr")

    async with raw_server(hang_up) as server:
        failure = await fail(request(server.url))
    assert failure.code == "no_answer"
    assert failure.answer is not None
    assert failure.answer.status == 101


async def test_a_reset_during_the_upgrade() -> None:
    async def reset(peer: Peer) -> None:
        await peer.read_request()
        peer.reset()

    async with raw_server(reset) as server:
        failure = await fail(request(server.url))
    assert (failure.code, failure.step) == ("reset", "upgrade")


@pytest.mark.parametrize(
    ("network", "answered", "objection"),
    [
        (Network(), "client_max_window_bits=8", "client_bits_8"),
        (Network(server_context_takeover=False), "server_max_window_bits=15", "server_takeover"),
    ],
)
async def test_compression_that_can_t_be_had(network: Network, answered: str, objection: str) -> None:
    async def insist(peer: Peer) -> None:
        await peer.accept(f"Sec-WebSocket-Extensions: permessage-deflate; {answered}")
        await peer.read_to_end()

    async with raw_server(insist) as server:
        failure = await fail(ConnectRequest(url=server.url, network=network))
    assert (failure.code, failure.step, failure.facts["objection"]) == ("extension", "upgrade", objection)
    assert answered in failure.facts["answered"]
