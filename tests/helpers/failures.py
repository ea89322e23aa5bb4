"""Servers that fail in every way of the table of failures, how each is asked, and what is then said."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.certificates import DAY, NOW, Authority
from tests.helpers.frames import TEXT, frame
from tests.helpers.proxies import Asked, http_proxy, socks5_proxy
from tests.helpers.raw_server import Handler, Peer, hang

from wireyard.domain.auth import DigestLogin, Login, OAuthLogin
from wireyard.domain.failure import FailureCode
from wireyard.domain.request import Network, Proxy

QUIET = Network(ping_interval_s=None, close_timeout_s=0.2)
HASTY = Network(open_timeout_s=0.1)
FOLLOWING = Network(max_redirects=3)


@dataclass
class Row:
    """A server, how it is asked, and what is then said: all remedies, in their order.

    ``number`` is the row's in the table of failures; 0 is what only settings can bring about, which it leaves to us.
    """

    number: int
    code: FailureCode
    step: str
    title: str
    remedies: str
    handler: Handler = hang
    url: str = "ws://127.0.0.1:{port}/feed"
    tls: str = ""
    network: Network = QUIET
    proxy: Proxy | None = None
    subprotocols: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    trusts: bool = True
    # Fields of `Tls`; names in braces stand for files of the test.
    own: dict[str, str] = field(default_factory=dict[str, str])
    says: str = ""
    is_open: bool = False
    login: Login | None = None

    def __str__(self) -> str:
        return f"{self.number}-{self.code}-{(self.says or self.title)[:24]}"


def server_context(authority: Authority, kind: str) -> ssl.SSLContext | None:
    """What the server of a row shows of itself."""
    if not kind:
        return None
    if kind == "other":
        return authority.context("other.example")
    if kind == "expired":
        return authority.context("127.0.0.1", begin=NOW - 2 * DAY, end=NOW - DAY)
    if kind == "future":
        return authority.context("127.0.0.1", begin=NOW + DAY, end=NOW + 2 * DAY)
    made = authority.context("127.0.0.1", self_signed=kind == "self-signed")
    if kind == "client":
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(authority.ca_file)
        made.minimum_version = ssl.TLSVersion.TLSv1_3
    return made


def own_files(authority: Authority) -> dict[str, Path]:
    """Certificates and keys of ours, good and bad, and a file that is neither."""
    found: dict[str, Path] = {"junk": authority.folder / "junk.pem"}
    found["junk"].write_text("This is a letter and no certificate.\n")
    found["alice"], found["alice_key"] = authority.client("alice")
    found["bob"], found["bob_key"] = authority.client("bob")
    found["late"], found["late_key"] = authority.client("late", end=NOW - DAY)
    found["locked"], found["locked_key"] = authority.client("locked", "hush")
    found["bundle"] = authority.pkcs12("bundle", "hush")
    return found


def answers(status: str, *headers: str, body: bytes = b"") -> Handler:
    return lambda peer: peer.answer(status, *headers, f"Content-Length: {len(body)}", body=body)


def opens_and_sends(data: bytes, *headers: str) -> Handler:
    async def serve(peer: Peer) -> None:
        await peer.accept(*headers, then=data)
        await peer.read_to_end()

    return serve


async def speaks_plain(peer: Peer) -> None:
    await peer.reader.read(1)
    await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def hangs_up(peer: Peer) -> None:
    await peer.read_request()


async def answers_with_alert(peer: Peer) -> None:
    await peer.read_request()
    await peer.send(b"\x15\x03\x01\x00\x02\x02\x16")


async def resets(peer: Peer) -> None:
    await peer.read_request()
    peer.reset()


async def wrong_accept(peer: Peer) -> None:
    await peer.read_request()
    await peer.send(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: wrong\r\n\r\n"
    )


async def drips(peer: Peer) -> None:
    """One byte a moment, of an answer that would be a good one."""
    await peer.read_request()
    for byte in b"HTTP/1.1 101 Switching Protocols\r\n" * 99:
        await peer.send(bytes([byte]))
        await asyncio.sleep(0.02)


async def never_ends(peer: Peer) -> None:
    await peer.read_request()
    await peer.send(b"HTTP/1.1 404 Not Found\r\n\r\n")
    while True:
        await peer.send(b"x" * 65536)


async def drops(peer: Peer) -> None:
    await peer.accept()


SECURE = "wss://127.0.0.1:{port}/feed"
NO_ROUTE = "ws://[2001:db8::1]:9/"
HTTP = Proxy(mode="http", host="127.0.0.1")
SOCKS = Proxy(mode="socks5", host="127.0.0.1")

ROWS = [
    Row(1, "name_not_found", "resolve", "“nowhere.test” could not be found", "edit_url retry",
        url="ws://nowhere.test/"),
    Row(1, "name_not_found", "resolve", "“four.test” has no IPv6 address", "edit_network edit_url",
        url="ws://four.test/",
        network=Network(ip_version="6")),
    Row(2, "refused", "tcp", "Nothing is listening on 127.0.0.1:{free}", "retry edit_url",
        url="ws://127.0.0.1:{free}/"),
    Row(3, "timeout", "upgrade", "No answer in 0.1 s while waiting for the upgrade", "retry wait_longer edit_url",
        network=HASTY),
    Row(3, "timeout", "tls", "No answer in 0.1 s while setting up TLS", "retry wait_longer edit_url", url=SECURE,
        network=HASTY),
    Row(3, "timeout", "proxy", "No answer in 0.1 s while asking the proxy", "retry edit_proxy no_proxy", proxy=HTTP,
        network=HASTY),
    Row(4, "tls_host_mismatch", "tls", "The certificate belongs to a different host",
        "edit_url use_server_name skip_verify", url=SECURE, tls="other"),
    Row(5, "tls_untrusted", "tls", "This certificate's issuer is not trusted", "edit_setting pin skip_verify",
        url=SECURE, tls="self-signed", trusts=False),
    Row(5, "tls_untrusted", "tls", "This certificate's issuer is not trusted", "edit_setting pin skip_verify",
        url=SECURE, tls="good", trusts=False),
    Row(6, "tls_expired", "tls", "The certificate expired", "retry skip_verify", url=SECURE, tls="expired"),
    Row(6, "tls_not_yet_valid", "tls", "The certificate is not valid yet", "retry skip_verify", url=SECURE,
        tls="future"),
    Row(7, "status", "upgrade", "The server wants you to sign in", "open_auth retry copy_answer",
        answers("401 Unauthorized",
        "WWW-Authenticate: Basic")),
    Row(8, "status", "upgrade", "Signed in or not, this is not allowed", "edit_headers open_auth copy_answer",
        answers("403 Forbidden")),
    Row(9, "status", "upgrade", "No WebSocket at /feed", "edit_url use_path copy_answer", answers("404 Not Found",
        body=b"no")),
    Row(10, "status", "upgrade", "The server wants another protocol version", "edit_url retry copy_answer",
        answers("426 Upgrade Required", "Upgrade: h2c")),
    Row(11, "status", "upgrade", "The service is not ready", "retry_after auto_reconnect copy_answer",
        answers("503 Service Unavailable",
        "Retry-After: 3")),
    Row(11, "status", "upgrade", "The service is not ready", "retry auto_reconnect copy_answer",
        answers("502 Bad Gateway")),
    Row(11, "status", "upgrade", "The service is not ready", "retry auto_reconnect copy_answer",
        answers("504 Gateway Timeout")),
    Row(12, "subprotocol", "upgrade", "The server did not accept any subprotocol you offered",
        "use_subprotocol offer_no_subprotocol copy_answer", opens_and_sends(b"", "Sec-WebSocket-Protocol: v9"),
        subprotocols=("v1",)),
    Row(13, "proxy_auth", "proxy", "The proxy 127.0.0.1 wants a user name and password",
        "sign_in_to_proxy no_proxy copy_answer", http_proxy(Asked(), to_port=1, login="Basic x"), proxy=HTTP),
    Row(13, "proxy_auth", "proxy", "The proxy 127.0.0.1 did not accept the user name and password",
        "sign_in_to_proxy no_proxy", socks5_proxy(Asked(), to_port=1, login=("me", "right")),
        proxy=Proxy(mode="socks5", host="127.0.0.1", user="me", password="x")),
    Row(14, "bad_address", "address", "This is not a WebSocket address", "edit_url", url="ws://127.0.0.1:99999/"),
    Row(15, "too_big", "open", "A message passed the limit of 10 bytes", "reconnect raise_limit",
        opens_and_sends(frame(TEXT, b"x" * 99)), network=Network(max_message_bytes=10, close_timeout_s=0.2),
        is_open=True),
    Row(16, "invalid_text", "open", "A text message was not valid UTF-8", "reconnect", opens_and_sends(frame(TEXT,
        b"ab\xff")), is_open=True),
    Row(17, "protocol_error", "open", "The other side broke the WebSocket rules",
        "reconnect compression_off copy_technical",
        opens_and_sends(b"\x83\x00"), is_open=True),
    Row(17, "protocol_error", "open", "The other side broke the WebSocket rules",
        "reconnect compression_off copy_technical",
        opens_and_sends(b"junk that is no frame " * 9), is_open=True),
    Row(18, "lost", "open", "The connection dropped without a goodbye", "reconnect auto_reconnect", drops,
        is_open=True),
    Row(21, "not_websocket", "upgrade", "The server sent a web page instead", "edit_url copy_answer",
        answers("200 OK", body=b"<html>")),
    Row(21, "not_websocket", "upgrade", "The server points somewhere else", "edit_url follow copy_answer",
        answers("302 Found", "Location: /new")),
    Row(21, "not_websocket", "upgrade", "The server points somewhere else", "edit_url copy_answer",
        answers("302 Found", "Location: http://127.0.0.1/"), url=SECURE, tls="good", network=FOLLOWING),
    Row(21, "not_websocket", "upgrade", "The server points somewhere else", "edit_url copy_answer",
        answers("302 Found", "Location: /feed"), network=FOLLOWING),
    Row(22, "no_answer", "upgrade", "The server closed the line before answering", "retry use_wss edit_url", hangs_up),
    Row(22, "no_answer", "upgrade", "This port speaks TLS", "use_wss edit_url", answers_with_alert),
    Row(23, "tls_not_spoken", "tls", "Port {port} does not speak TLS", "edit_url use_ws", speaks_plain, url=SECURE),
    Row(24, "status", "upgrade", "The server refused the request", "edit_url client_certificate copy_answer",
        answers("400 Bad Request", body=b"No cert"), url=SECURE, tls="good"),
    Row(25, "bad_answer", "upgrade", "The server's upgrade answer is wrong", "retry edit_url copy_answer",
        wrong_accept),
    Row(26, "tls_refused", "upgrade", "The server closed after the TLS handshake",
        "client_certificate retry copy_technical",
        url=SECURE, tls="client"),
    Row(27, "unreachable", "tcp", "There is no route to 2001:db8::1", "retry edit_url edit_network", url=NO_ROUTE),
    Row(28, "reset", "upgrade", "The connection was cut while waiting for the upgrade", "retry edit_url", resets),
    Row(29, "proxy_failed", "resolve", "The proxy nowhere.test could not be found", "edit_proxy no_proxy",
        proxy=Proxy(mode="http", host="nowhere.test", port=1)),
    Row(29, "proxy_failed", "tcp", "The proxy 127.0.0.1:{free} is not listening", "edit_proxy no_proxy",
        proxy=Proxy(mode="socks4", host="127.0.0.1", port=-1)),
    Row(29, "proxy_failed", "proxy", "The proxy 127.0.0.1:{port} refused: HTTP 403 Forbidden",
        "edit_proxy no_proxy copy_answer", answers("403 Forbidden", body=b"no"), proxy=HTTP),
    Row(29, "proxy_failed", "proxy", "The proxy 127.0.0.1:{port} refused: connection refused by the server",
        "edit_proxy no_proxy", socks5_proxy(Asked(), to_port=1, reply=5), proxy=SOCKS),
    Row(29, "proxy_failed", "proxy", "127.0.0.1:{port} is no HTTP proxy", "edit_proxy no_proxy copy_answer",
        answers("200 OK", "Content-Type: text/html", body=b"<title>Hello</title>"), proxy=HTTP),
    Row(30, "status", "upgrade", "The server refused the upgrade", "retry_after edit_url copy_answer",
        answers("429 Too Many Requests",
        "Retry-After: 9")),
    Row(30, "status", "upgrade", "The server refused the upgrade", "retry edit_url copy_answer",
        answers("500 Internal Server Error")),
    Row(31, "extension", "upgrade", "The server chose an extension you did not offer", "compression_off copy_answer",
        opens_and_sends(b"", "Sec-WebSocket-Extensions: x-own")),
    Row(0, "bad_header", "address", "A header can't be sent as it is", "edit_headers",
        headers=(("X-Id", "a\r\nEvil: b"),), says="X-Id has a line break"),
    Row(0, "bad_header", "address", "A header can't be sent as it is", "edit_headers", headers=(("X Id", "a"),),
        says="“X Id” can't be a header's name"),
    Row(0, "bad_header", "address", "A header can't be sent as it is", "edit_setting", subprotocols=("a, b",),
        says="can't be a subprotocol's name"),
    Row(0, "name_lookup_failed", "resolve", "The address of “broken.test” could not be looked up", "retry edit_url",
        url="ws://broken.test/"),
    Row(0, "unix_socket", "tcp", "There is no Unix socket at /nowhere/s", "edit_network retry",
        network=Network(unix_socket="/nowhere/s")),
    Row(0, "tls_pin_mismatch", "tls", "This is not the pinned certificate", "retry pin unpin", url=SECURE, tls="good",
        own={"pinned_sha256": "ab" * 32}),
    Row(0, "tls_failed", "tls", "A TLS setting can't be used", "edit_setting retry", url=SECURE, tls="good",
        own={"pinned_sha256": "abc"}, says="64 digits"),
    Row(0, "tls_failed", "tls", "The CA file can't be used", "edit_setting retry copy_technical", url=SECURE,
        tls="good", own={"ca_file": "{junk}"}, says="holds no certificate"),
    Row(0, "tls_failed", "tls", "The client certificate can't be used", "client_certificate retry copy_technical",
        url=SECURE, tls="good", own={"client_certificate": "{junk}"}, says="holds no certificate"),
    Row(0, "tls_failed", "tls", "The client certificate can't be used", "client_certificate retry copy_technical",
        url=SECURE, tls="good", own={"client_certificate": "/nowhere/c.pem"}, says="can't be read"),
    Row(0, "tls_failed", "tls", "The client certificate can't be used", "client_certificate retry copy_technical",
        url=SECURE, tls="good", own={"client_certificate": "{alice}", "client_key": "{junk}"}, says="no private key"),
    Row(0, "tls_failed", "tls", "The client certificate can't be used", "client_certificate retry copy_technical",
        url=SECURE, tls="good", own={"client_certificate": "{alice}", "client_key": "{bob_key}"},
        says="belongs to another certificate"),
    Row(0, "tls_failed", "tls", "The client certificate can't be used", "client_certificate retry copy_technical",
        url=SECURE, tls="good", own={"client_certificate": "{locked}", "client_key": "{locked_key}"},
        says="is encrypted, and no passphrase is set"),
    Row(0, "tls_failed", "tls", "The client certificate can't be used", "client_certificate retry copy_technical",
        url=SECURE, tls="good", says="The passphrase for the key in",
        own={"client_certificate": "{locked}", "client_key": "{locked_key}", "client_key_password": "no"}),
    Row(0, "tls_failed", "tls", "The client certificate can't be used", "client_certificate retry copy_technical",
        url=SECURE, tls="good", says="The passphrase for the key in",
        own={"client_certificate": "{bundle}", "client_key_password": "no"}),
    Row(26, "tls_refused", "upgrade", "The server closed after the TLS handshake", "retry copy_technical", url=SECURE,
        tls="client", own={"client_certificate": "{late}", "client_key": "{late_key}"},
        says="The client certificate expired on"),
    Row(3, "timeout", "upgrade", "No answer in 0.1 s while waiting for the upgrade", "retry wait_longer edit_url",
        drips, network=HASTY),
    Row(9, "status", "upgrade", "No WebSocket at /feed", "edit_url use_path copy_answer", never_ends),
    Row(25, "bad_answer", "upgrade", "The server's upgrade answer is wrong", "retry edit_url copy_answer",
        answers("101 Switching Protocols", "X-More: " + "y" * (1 << 20)), says="at most 256 KiB"),
    Row(25, "bad_answer", "upgrade", "This port does not speak HTTP", "edit_url use_wss copy_technical",
        says="“SSH-2.0", handler=lambda peer: peer.send(b"SSH-2.0-x\r\n" * 9)),
    Row(
        0,
        "auth_failed",
        "upgrade",
        "The user name or password was not accepted",
        "open_auth retry copy_answer",
        answers("401 Unauthorized", "WWW-Authenticate: Digest realm=r, nonce=n, qop=auth"),
        login=DigestLogin(user="ann", password="wrong"),
    ),
    Row(
        0,
        "auth_failed",
        "auth",
        "The token endpoint 127.0.0.1 could not be asked",
        "open_auth retry copy_technical",
        says="Nothing is listening on 127.0.0.1:",
        login=OAuthLogin(grant="client_credentials", token_url="http://127.0.0.1:{free}/token"),
    ),
]  # fmt: skip

# What people give and servers do that is no good: each ends in time, with its own words, and the next attempt works.
BAD_INPUT = [
    row
    for row in ROWS
    if row.code in ("bad_header", "tls_failed", "tls_not_spoken", "bad_answer")
    or row.handler in (drips, never_ends, answers_with_alert)
    or row.own.get("client_certificate") == "{late}"
    or row.title in ("127.0.0.1:{port} is no HTTP proxy", "The server sent a web page instead")
]
