"""Servers that fail in every way of the table of failures, how each is asked, and what is then said."""

from __future__ import annotations

from dataclasses import dataclass

from tests.helpers.frames import TEXT, frame
from tests.helpers.proxies import Asked, http_proxy, socks5_proxy
from tests.helpers.raw_server import Handler, Peer, hang

from wireyard.domain.request import Network, Proxy

QUIET = Network(ping_interval_s=None, close_timeout_s=0.2)
HASTY = Network(open_timeout_s=0.1)
FOLLOWING = Network(max_redirects=3)


@dataclass
class Row:
    """A server, how it is asked, and what is then said."""

    number: int
    step: str
    title: str
    remedies: str
    handler: Handler = hang
    url: str = "ws://127.0.0.1:{port}/feed"
    tls: str = ""
    network: Network = QUIET
    proxy: Proxy | None = None
    subprotocols: tuple[str, ...] = ()
    trusts: bool = True
    is_open: bool = False

    def __str__(self) -> str:
        return f"{self.number}-{self.title[:30]}"


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


async def drops(peer: Peer) -> None:
    await peer.accept()


SECURE = "wss://127.0.0.1:{port}/feed"
NO_ROUTE = "ws://[2001:db8::1]:9/"
HTTP = Proxy(mode="http", host="127.0.0.1")
SOCKS = Proxy(mode="socks5", host="127.0.0.1")

ROWS = [
    Row(1, "resolve", "“nowhere.test” could not be found", "edit_url", url="ws://nowhere.test/"),
    Row(
        1,
        "resolve",
        "“four.test” has no IPv6 address",
        "edit_network",
        url="ws://four.test/",
        network=Network(ip_version="6"),
    ),
    Row(2, "tcp", "Nothing is listening on 127.0.0.1:{free}", "retry edit_url", url="ws://127.0.0.1:{free}/"),
    Row(3, "upgrade", "No answer in 0.1 s while waiting for the upgrade", "retry wait_longer", network=HASTY),
    Row(3, "tls", "No answer in 0.1 s while setting up TLS", "retry", url=SECURE, network=HASTY),
    Row(
        3, "proxy", "No answer in 0.1 s while asking the proxy", "retry edit_proxy no_proxy", proxy=HTTP, network=HASTY
    ),
    Row(
        4,
        "tls",
        "The certificate belongs to a different host",
        "edit_url use_server_name skip_verify",
        url=SECURE,
        tls="other",
    ),
    Row(
        5,
        "tls",
        "This certificate's issuer is not trusted",
        "edit_setting pin skip_verify",
        url=SECURE,
        tls="self-signed",
        trusts=False,
    ),
    Row(
        5,
        "tls",
        "This certificate's issuer is not trusted",
        "edit_setting pin skip_verify",
        url=SECURE,
        tls="good",
        trusts=False,
    ),
    Row(6, "tls", "The certificate expired", "retry skip_verify", url=SECURE, tls="expired"),
    Row(6, "tls", "The certificate is not valid yet", "retry skip_verify", url=SECURE, tls="future"),
    Row(
        7,
        "upgrade",
        "The server wants you to sign in",
        "open_auth",
        answers("401 Unauthorized", "WWW-Authenticate: Basic"),
    ),
    Row(8, "upgrade", "Signed in or not, this is not allowed", "edit_headers open_auth", answers("403 Forbidden")),
    Row(9, "upgrade", "No WebSocket at /feed", "edit_url use_path copy_answer", answers("404 Not Found", body=b"no")),
    Row(
        10,
        "upgrade",
        "The server wants another protocol version",
        "edit_url",
        answers("426 Upgrade Required", "Upgrade: h2c"),
    ),
    Row(11, "upgrade", "The service is not ready", "retry", answers("503 Service Unavailable", "Retry-After: 3")),
    Row(11, "upgrade", "The service is not ready", "retry", answers("502 Bad Gateway")),
    Row(11, "upgrade", "The service is not ready", "retry", answers("504 Gateway Timeout")),
    Row(
        12,
        "upgrade",
        "The server did not accept any subprotocol you offered",
        "use_subprotocol offer_no_subprotocol",
        opens_and_sends(b"", "Sec-WebSocket-Protocol: v9"),
        subprotocols=("v1",),
    ),
    Row(
        13,
        "proxy",
        "The proxy 127.0.0.1 wants a user name and password",
        "sign_in_to_proxy no_proxy copy_answer",
        http_proxy(Asked(), to_port=1, login="Basic x"),
        proxy=HTTP,
    ),
    Row(
        13,
        "proxy",
        "The proxy 127.0.0.1 did not accept the user name and password",
        "sign_in_to_proxy no_proxy",
        socks5_proxy(Asked(), to_port=1, login=("me", "right")),
        proxy=Proxy(mode="socks5", host="127.0.0.1", user="me", password="x"),
    ),
    Row(14, "address", "This is not a WebSocket address", "edit_url", url="ws://127.0.0.1:99999/"),
    Row(
        15,
        "open",
        "A message passed the limit of 10 bytes",
        "reconnect raise_limit",
        opens_and_sends(frame(TEXT, b"x" * 99)),
        network=Network(max_message_bytes=10, close_timeout_s=0.2),
        is_open=True,
    ),
    Row(
        16,
        "open",
        "A text message was not valid UTF-8",
        "reconnect",
        opens_and_sends(frame(TEXT, b"ab\xff")),
        is_open=True,
    ),
    Row(
        17,
        "open",
        "The other side broke the WebSocket rules",
        "reconnect compression_off",
        opens_and_sends(b"\x83\x00"),
        is_open=True,
    ),
    Row(
        17,
        "open",
        "The other side broke the WebSocket rules",
        "reconnect",
        opens_and_sends(b"junk that is no frame " * 9),
        is_open=True,
    ),
    Row(18, "open", "The connection dropped without a goodbye", "reconnect", drops, is_open=True),
    Row(21, "upgrade", "The server sent a web page instead", "edit_url copy_answer", answers("200 OK", body=b"<html>")),
    Row(
        21,
        "upgrade",
        "The server points somewhere else",
        "edit_url follow copy_answer",
        answers("302 Found", "Location: /new"),
    ),
    Row(
        21,
        "upgrade",
        "The server points somewhere else",
        "edit_url copy_answer",
        answers("302 Found", "Location: http://127.0.0.1/"),
        url=SECURE,
        tls="good",
        network=FOLLOWING,
    ),
    Row(
        21,
        "upgrade",
        "The server points somewhere else",
        "edit_url copy_answer",
        answers("302 Found", "Location: /feed"),
        network=FOLLOWING,
    ),
    Row(22, "upgrade", "The server closed the line before answering", "retry use_wss", hangs_up),
    Row(22, "upgrade", "This port speaks TLS", "use_wss", answers_with_alert),
    Row(23, "tls", "Port {port} does not speak TLS", "edit_url use_ws", speaks_plain, url=SECURE),
    Row(
        24,
        "upgrade",
        "The server refused the request",
        "edit_url client_certificate copy_answer",
        answers("400 Bad Request", body=b"No cert"),
        url=SECURE,
        tls="good",
    ),
    Row(25, "upgrade", "The server's upgrade answer is wrong", "retry", wrong_accept),
    Row(
        26, "upgrade", "The server closed after the TLS handshake", "client_certificate retry", url=SECURE, tls="client"
    ),
    Row(27, "tcp", "There is no route to 2001:db8::1", "retry", url=NO_ROUTE),
    Row(28, "upgrade", "The connection was cut while waiting for the upgrade", "retry", resets),
    Row(
        29,
        "resolve",
        "The proxy nowhere.test could not be found",
        "edit_proxy no_proxy",
        proxy=Proxy(mode="http", host="nowhere.test", port=1),
    ),
    Row(
        29,
        "tcp",
        "The proxy 127.0.0.1:{free} is not listening",
        "edit_proxy no_proxy",
        proxy=Proxy(mode="socks4", host="127.0.0.1", port=-1),
    ),
    Row(
        29,
        "proxy",
        "The proxy 127.0.0.1:{port} refused: HTTP 403 Forbidden",
        "edit_proxy no_proxy copy_answer",
        answers("403 Forbidden", body=b"no"),
        proxy=HTTP,
    ),
    Row(
        29,
        "proxy",
        "The proxy 127.0.0.1:{port} refused: connection refused by the server",
        "edit_proxy no_proxy",
        socks5_proxy(Asked(), to_port=1, reply=5),
        proxy=SOCKS,
    ),
    Row(
        29,
        "proxy",
        "127.0.0.1:{port} is no HTTP proxy",
        "edit_proxy no_proxy copy_answer",
        answers("200 OK", "Content-Type: text/html", body=b"<title>Hello</title>"),
        proxy=HTTP,
    ),
    Row(30, "upgrade", "The server refused the upgrade", "retry", answers("429 Too Many Requests", "Retry-After: 9")),
    Row(30, "upgrade", "The server refused the upgrade", "retry", answers("500 Internal Server Error")),
    Row(
        31,
        "upgrade",
        "The server chose an extension you did not offer",
        "compression_off",
        opens_and_sends(b"", "Sec-WebSocket-Extensions: x-own"),
    ),
]
