"""Signing in over real sockets: Digest on the upgrade, and OAuth 2 against a server that checks what it is sent."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.helpers.certificates import Authority
from tests.helpers.guarded_server import knows, takes
from tests.helpers.oauth_server import CLIENT, PASSWORD, SECRET, USER, Browser, Form, OAuthServer, browse, oauth_server
from tests.helpers.proxies import Asked, http_proxy
from tests.helpers.raw_server import Peer, hang, raw_server, unused_port
from tests.helpers.sinks import ListSink, until

from wireyard.domain.auth import DigestLogin, Login, OAuthLogin
from wireyard.domain.event import Note, Opened, Step
from wireyard.domain.failure import Failure
from wireyard.domain.request import ConnectRequest, Network, Proxy, Tls
from wireyard.engine.errors import DialError
from wireyard.session.auth.sign_in import SignIn
from wireyard.session.auth.tokens import Tokens
from wireyard.session.wording import words

QUIET = Network(ping_interval_s=None, compression=False, open_timeout_s=5)
NO_PROXY = Proxy(mode="none")
DIGEST = DigestLogin(user="ann", password="p:w")


def to(url: str, login: Login | None, **more: object) -> ConnectRequest:
    return ConnectRequest(url=url, login=login, **({"network": QUIET, "proxy": NO_PROXY} | more))  # type: ignore[arg-type]


def asks(server: OAuthServer, **more: object) -> OAuthLogin:
    """A login of a client that the server knows."""
    said = {"grant": "client_credentials", "client_id": CLIENT, "client_secret": SECRET, "token_url": server.token_url}
    return OAuthLogin(**(said | more))  # type: ignore[arg-type]


class NotingSink(ListSink):
    """Also hears of secrets, and of how many events had come by then."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: list[str] = []
        self.known_at: list[int] = []

    def note_secrets(self, values: tuple[str, ...]) -> None:
        self.secrets += values
        self.known_at.append(len(self.events))


async def opened(sign_in: SignIn, wanted: ConnectRequest, sink: ListSink | None = None) -> ListSink:
    sink = sink or ListSink()
    link = await sign_in.dial(wanted, sink)
    link.drop()
    await link.wait_closed()
    return sink


async def failure(sign_in: SignIn, wanted: ConnectRequest, sink: ListSink | None = None) -> Failure:
    sink = sink or ListSink()
    with pytest.raises(DialError) as caught:
        await sign_in.dial(wanted, sink)
    assert sink.failure == caught.value.failure
    assert tuple(sink.all(Step)) == caught.value.steps
    said = words(caught.value.failure)
    assert said.remedies[0].id == "open_auth"
    assert len(said.remedies) <= 3
    return caught.value.failure


# -------------------------------------------------------------------------------------------------------------- digest


@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"])
async def test_digest_answers_the_401_on_a_new_connection(algorithm: str) -> None:
    challenge = f'Digest realm="r", nonce="n1", qop="auth", algorithm={algorithm}'
    async with raw_server(takes(knows(algorithm), challenge)) as server:
        sink = await opened(SignIn(), to(f"{server.url}chat?room=1", DIGEST))
        assert server.connections == 2
    assert b"Authorization" not in server.requests[0]
    names = [(step.name, step.ok, step.detail.partition(" ")[0]) for step in sink.all(Step)]
    assert [name for name in names if name[0] == "upgrade"] == [("upgrade", True, "401"), ("upgrade", True, "101")]
    assert sink.all(Note)[0].text == f"The server asked for Digest ({algorithm})."
    assert ("Authorization" in dict(sink.one(Opened).request_headers)) is True


async def test_a_wrong_password_ends_after_one_answer() -> None:
    challenge = 'Digest realm="r", nonce="n1", qop="auth"'
    async with raw_server(takes(knows(password="other"), challenge)) as server:
        failed = await failure(SignIn(), to(server.url, DIGEST))
        assert server.connections == 2
    assert (failed.code, failed.step) == ("auth_failed", "upgrade")
    assert failed.answer is not None
    assert (failed.answer.status, failed.answer.body) == (401, b"who?")
    assert words(failed).title == "The user name or password was not accepted"


async def test_a_nonce_that_was_too_old_is_answered_again() -> None:
    challenge = 'Digest realm="r", nonce="n1", qop="auth", stale=true'
    seen: list[bool] = []

    def second_time(peer: Peer) -> bool:
        seen.append(knows()(peer))
        return len([each for each in seen if each]) == 2

    async with raw_server(takes(second_time, challenge)) as server:
        await opened(SignIn(), to(server.url, DIGEST))
    assert seen == [False, True, True]


async def test_a_server_that_always_says_stale_is_left_in_the_end() -> None:
    async with raw_server(takes(lambda _: False, 'Digest realm="r", nonce="n1", qop="auth", stale=true')) as server:
        failed = await failure(SignIn(), to(server.url, DIGEST))
        assert server.connections < 6
    assert failed.facts["auth_fault"] == "digest_password"


@pytest.mark.parametrize(
    ("challenge", "title"),
    [
        ("Digest realm=r, nonce=n, algorithm=SHA3-512", "The server's Digest can't be answered"),
        ("Digest realm=r, nonce=n, qop=token", "The server's Digest can't be answered"),
        ("Digest realm=r", "The server's Digest challenge is incomplete"),
        ("Basic realm=r", "The server does not want Digest"),
    ],
)
async def test_what_digest_cannot_answer_has_its_own_words(challenge: str, title: str) -> None:
    async with raw_server(takes(lambda _: False, challenge)) as server:
        failed = await failure(SignIn(), to(server.url, DIGEST))
        assert server.connections == 1
    assert words(failed).title == title


async def test_both_rounds_share_one_open_timeout() -> None:
    rounds: list[int] = []

    async def serve(peer: Peer) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            await peer.answer("401 Unauthorized", "WWW-Authenticate: Digest realm=r, nonce=n", "Content-Length: 0")
        else:
            await peer.read_to_end()

    async with raw_server(serve) as server:
        wanted = to(server.url, DIGEST, network=replace(QUIET, open_timeout_s=0.4))
        with pytest.raises(DialError) as caught:
            await SignIn().dial(wanted, ListSink())
    assert (caught.value.failure.code, caught.value.failure.step) == ("timeout", "upgrade")
    assert len(rounds) == 2


async def test_a_redirect_to_another_server_gets_no_answer() -> None:
    async with raw_server(takes(lambda _: False, "Digest realm=r, nonce=n")) as other:

        async def serve(peer: Peer) -> None:
            await peer.answer("302 Found", f"Location: http://127.0.0.1:{other.port}/", "Content-Length: 0")

        async with raw_server(serve) as server:
            wanted = to(server.url, DIGEST, network=replace(QUIET, max_redirects=3))
            with pytest.raises(DialError) as caught:
                await SignIn().dial(wanted, ListSink())
        assert other.connections == 1
    assert caught.value.failure.code == "status"
    assert b"Digest" not in other.requests[0]


# --------------------------------------------------------------------------------------------------------------- OAuth


async def test_client_credentials_get_a_token_that_goes_along() -> None:
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        sink = NotingSink()
        login = asks(server, scope="read write", audience="https://api", extra=(("resource", "x y"),))
        await opened(SignIn(), to(ws.url, login), sink)
        pair = base64.b64encode(b"wire+yard:s3%3Acret%26").decode()
        assert server.logins == [f"Basic {pair}"]
        assert server.forms == [
            {
                "grant_type": "client_credentials",
                "scope": "read write",
                "audience": "https://api",
                "resource": "x y",
            }
        ]
    first = sink.all(Step)[0]
    assert (first.name, first.ok, first.detail) == ("auth", True, "token for 3,600 s")
    assert sink.secrets == ["token-1-of-client_credentials"]
    assert sink.known_at == [0]


async def test_the_client_may_be_named_in_the_form() -> None:
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        await opened(SignIn(), to(ws.url, asks(server, client_auth="post")))
        assert server.logins == [""]
        assert (server.forms[0]["client_id"], server.forms[0]["client_secret"]) == (CLIENT, SECRET)


async def test_the_token_may_go_in_the_query() -> None:
    def is_right(peer: Peer) -> bool:
        return peer.request.split(b" ")[1] == b"/x?a=1&access_token=token-1-of-client_credentials"

    async with oauth_server() as server, raw_server(takes(is_right)) as ws:
        sink = await opened(SignIn(), to(f"{ws.url}x?a=1", asks(server, query_name="access_token")))
        assert "Authorization" not in dict(sink.one(Opened).request_headers)


async def test_a_password_gets_a_token() -> None:
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        await opened(SignIn(), to(ws.url, asks(server, grant="password", user=USER, password=PASSWORD)))
        assert (server.forms[0]["username"], server.forms[0]["password"]) == (USER, PASSWORD)


async def test_a_token_is_asked_for_once_and_shared() -> None:
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        sign_in, wanted = SignIn(), to(ws.url, asks(server))
        await asyncio.gather(*(opened(sign_in, wanted) for _ in range(4)))
        assert len(server.forms) == 1


async def test_a_code_comes_by_the_browser_and_is_proved() -> None:
    browser = Browser()
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        login = asks(
            server,
            grant="authorization_code",
            authorization_url=server.authorization_url,
            client_id="public",
            client_secret="",
            scope="openid",
        )
        sink = await opened(SignIn(browser), to(ws.url, login))
        await browser.rest()
        asked, form = server.asked[0], server.forms[0]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/callback", asked["redirect_uri"])
    assert (asked["response_type"], asked["client_id"], asked["scope"], asked["tenant"]) == (
        "code",
        "public",
        "openid",
        "1",
    )
    assert (asked["code_challenge_method"], form["redirect_uri"]) == ("S256", asked["redirect_uri"])
    assert 43 <= len(form["code_verifier"]) <= 128
    assert "Signed in" in browser.pages[0]
    assert sink.all(Note)[0].text.startswith("Sign in with the browser. http://127.0.0.1:")


async def test_a_token_is_renewed_before_it_ends() -> None:
    time = [1000.0]
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        sign_in = SignIn(tokens=Tokens(lambda: time[0]))
        wanted = to(ws.url, asks(server, grant="password", user=USER, password=PASSWORD))
        await opened(sign_in, wanted)
        time[0] += 3600 - 29
        await opened(sign_in, wanted)
        assert [form["grant_type"] for form in server.forms] == ["password", "refresh_token"]


async def test_a_refresh_token_that_is_used_up_leads_to_a_new_sign_in() -> None:
    time = [1000.0]
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        sign_in = SignIn(tokens=Tokens(lambda: time[0]))
        wanted = to(ws.url, asks(server, grant="password", user=USER, password=PASSWORD))
        await opened(sign_in, wanted)
        server.refresh_tokens.clear()
        time[0] += 4000
        await opened(sign_in, wanted)
        assert [form["grant_type"] for form in server.forms] == ["password", "refresh_token", "password"]


async def test_a_401_renews_the_token_once() -> None:
    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        sign_in, wanted = SignIn(), to(ws.url, asks(server))
        await opened(sign_in, wanted)
        server.revoked.update(server.tokens)
        sink = NotingSink()
        await opened(sign_in, wanted, sink)
        assert sink.all(Note)[0].text == "The token was renewed."
        assert sink.secrets == ["token-1-of-client_credentials", "token-2-of-client_credentials"]
        assert len(server.forms) == 2


async def test_a_second_401_is_the_servers_word() -> None:
    async with oauth_server() as server, raw_server(takes(lambda _: False)) as ws:
        failed = await failure(SignIn(), to(ws.url, asks(server)))
        assert (len(server.forms), ws.connections) == (2, 2)
    assert (failed.code, failed.step) == ("status", "upgrade")


async def test_a_401_sends_nobody_to_a_browser_again() -> None:
    browser = Browser()
    async with oauth_server() as server, raw_server(takes(lambda _: False)) as ws:
        server.gives_refresh = False
        login = asks(server, grant="authorization_code", authorization_url=server.authorization_url)
        sign_in = SignIn(browser)
        await failure(sign_in, to(ws.url, login))
        await browser.rest()
        assert len(browser.addresses) == 1
        assert sign_in.tokens.of(login) is None


async def test_the_endpoint_is_reached_by_the_requests_own_way(tmp_path: Path) -> None:
    authority, asked = Authority(tmp_path), Asked()
    async with (
        oauth_server(ssl_context=authority.context("login.test")) as server,
        raw_server(http_proxy(asked, to_port=server.port)) as proxy,
    ):
        login = asks(server, token_url="https://login.test/token")
        wanted = to(
            "ws://unused.test/",
            login,
            proxy=Proxy(mode="http", host="127.0.0.1", port=proxy.port),
            # What is chosen for the WebSocket's own server says nothing of this one.
            tls=Tls(ca_file=str(authority.ca_file), server_name="other", pinned_sha256="ab" * 32),
        )
        token = await SignIn().token(wanted, login)
    assert token.access == "token-1-of-client_credentials"
    assert asked.places == [("login.test", 443)]


async def test_a_token_endpoint_with_an_unknown_certificate_is_refused(tmp_path: Path) -> None:
    async with oauth_server(ssl_context=Authority(tmp_path).context("127.0.0.1")) as server:
        failed = await failure(SignIn(), to("ws://unused.test/", asks(server)))
        assert server.forms == []
    said = words(failed)
    assert said.title == "The token endpoint 127.0.0.1 could not be asked"
    assert said.explanation.startswith("This certificate's issuer is not trusted.")


_JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("change", "fault", "title"),
    [
        ({"client_secret": "wrong"}, "client", "The client ID or secret was not accepted"),
        (
            {"grant": "password", "user": USER, "password": "no"},
            "grant",
            "127.0.0.1 did not accept the user name and password",
        ),
        ({"token_url": "http://127.0.0.1:{port}/nowhere"}, "no_token", "127.0.0.1 is no token endpoint"),
        (
            {"token_url": "http://127.0.0.1:{free}/token"},
            "unreachable",
            "The token endpoint 127.0.0.1 could not be asked",
        ),
    ],
    ids=["client", "password", "path", "port"],
)
async def test_no_token_has_its_own_words(change: Form, fault: str, title: str) -> None:
    async with oauth_server() as server:
        change = {name: each.format(port=server.port, free=unused_port()) for name, each in change.items()}
        sink = ListSink()
        failed = await failure(SignIn(), to("ws://unused.test/", asks(server, **change)), sink)
    assert (failed.code, failed.step, failed.facts["auth_fault"]) == ("auth_failed", "auth", fault)
    assert words(failed).title == title
    assert [step.name for step in sink.all(Step)] == ["auth"]
    assert SECRET not in repr(failed)


@pytest.mark.parametrize(
    ("answer", "title", "explanation"),
    [
        (
            ("400 Bad Request", _JSON, b'{"error":"invalid_scope","error_description":"no such\\u0007 scope"}'),
            "127.0.0.1 gave no token",
            "It says “invalid_scope”: “no such scope”.",
        ),
        (("200 OK", _JSON, b'{"token_type":"Bearer"}'), "127.0.0.1 is no token endpoint", "It answered HTTP 200"),
        (("200 OK", _JSON, b'["x"]'), "127.0.0.1 is no token endpoint", "It answered HTTP 200"),
        (("200 OK", _JSON, b'{"access_token":5}'), "127.0.0.1 is no token endpoint", "It answered HTTP 200"),
        (
            ("302 Found", {"Location": "http://127.0.0.1:9/"}, b""),
            "127.0.0.1 is no token endpoint",
            "It answered HTTP 302",
        ),
    ],
    ids=["scope", "nothing", "list", "number", "redirect"],
)
async def test_what_an_endpoint_may_answer(answer: tuple[str, Form, bytes], title: str, explanation: str) -> None:
    async with oauth_server() as server:
        server.answer = answer
        said = words(await failure(SignIn(), to("ws://unused.test/", asks(server))))
    assert said.title == title
    assert said.explanation.startswith(explanation)


async def test_a_token_in_an_odd_place_is_not_recorded() -> None:
    async with oauth_server() as server:
        server.answer = "200 OK", _JSON, b'{"data": {"access_token": "t0p-s3cret"}}'
        sink = ListSink()
        failed = await failure(SignIn(), to("ws://unused.test/", asks(server)), sink)
    assert failed.facts["auth_fault"] == "no_token"
    assert "t0p-s3cret" not in repr(sink.events)


async def test_an_older_server_may_answer_with_a_form() -> None:
    async with oauth_server() as server:
        server.answer = "200 OK", {"Content-Type": "application/x-www-form-urlencoded"}, b"access_token=t&expires_in=9"
        token = await SignIn(tokens=Tokens(lambda: 100.0)).token(to("ws://unused.test/", None), asks(server))
    assert (token.access, token.expires_at) == ("t", 109.0)


async def test_an_endpoint_that_says_nothing_ends_at_the_open_timeout() -> None:
    async with raw_server(hang) as server:
        login = OAuthLogin(grant="client_credentials", token_url=f"http://127.0.0.1:{server.port}/")
        failed = await failure(SignIn(), to("ws://unused.test/", login, network=replace(QUIET, open_timeout_s=0.1)))
    assert words(failed).explanation.startswith("No answer in 0.1 s")


def another_state(back: Form) -> Form:
    return back | {"state": "forged"}


def refusal(back: Form) -> Form:
    return {"state": back["state"], "error": "access_denied", "error_description": "not today"}


def nothing(back: Form) -> Form:
    return {"state": back["state"]}


@pytest.mark.parametrize(
    ("spoil", "title"),
    [
        (another_state, "The browser's answer does not belong to this sign-in"),
        (refusal, "The sign-in was refused in the browser"),
        (nothing, "The browser came back without a code"),
    ],
)
async def test_what_a_browser_may_bring(spoil: Callable[[Form], Form], title: str) -> None:
    browser = Browser()
    async with oauth_server() as server:
        server.spoil = spoil
        login = asks(server, grant="authorization_code", authorization_url=server.authorization_url)
        failed = await failure(SignIn(browser), to("ws://unused.test/", login))
        await browser.rest()
        assert server.forms == []
    assert words(failed).title == title
    assert "Not signed in" in browser.pages[0]


def _waiting(server: OAuthServer) -> OAuthLogin:
    return asks(server, grant="authorization_code", authorization_url=server.authorization_url)


async def test_a_browser_that_does_not_come_back_is_not_waited_for_for_ever() -> None:
    async with oauth_server() as server:
        sink = ListSink()
        failed = await failure(SignIn(browser_wait_s=0.1), to("ws://unused.test/", _waiting(server)), sink)
    assert words(failed).title == "Nobody signed in within 0.1 s"
    assert sink.all(Note)[0].text.startswith("No browser could be opened. Sign in at this address: http://127.0.0.1:")


async def test_strangers_at_the_port_change_nothing() -> None:
    pages: list[str] = []
    tasks: list[Awaitable[None]] = []

    async def go(address: str) -> None:
        back = re.search(r"redirect_uri=http%3A%2F%2F127.0.0.1%3A(\d+)", address)
        assert back is not None
        pages.append(await browse(f"http://127.0.0.1:{back[1]}/favicon.ico"))
        reader, writer = await asyncio.open_connection("127.0.0.1", int(back[1]))
        writer.write(b"\x16\x03\x01nonsense\r\n\r\n")
        pages.append((await reader.read()).decode())
        writer.close()
        await writer.wait_closed()
        pages.append(await browse(address))

    def show(address: str) -> bool:
        tasks.append(asyncio.ensure_future(go(address)))
        return True

    async with (
        oauth_server() as server,
        raw_server(takes(lambda peer: server.takes(peer.header("Authorization")))) as ws,
    ):
        await opened(SignIn(show), to(ws.url, _waiting(server)))
        await asyncio.gather(*tasks)
    assert ["404" in pages[0], "404" in pages[1], "Signed in" in pages[2]] == [True, True, True]


@pytest.mark.parametrize("grant", ["client_credentials", "authorization_code"])
async def test_cancelling_leaves_nothing_behind(grant: str) -> None:
    async with raw_server(hang) as endpoint:
        url = f"http://127.0.0.1:{endpoint.port}/"
        login = OAuthLogin(grant=grant, token_url=url, authorization_url=url, client_id="x")  # type: ignore[arg-type]
        shown: list[str] = []
        begun: list[str] = []

        def show(address: str) -> bool:
            shown.append(address)
            return True

        sink = ListSink()
        dialling = asyncio.create_task(SignIn(show).dial(to("ws://unused.test/", login), sink, on_step=begun.append))
        await until(lambda: bool(shown or endpoint.connections))
        dialling.cancel()
        async with asyncio.timeout(0.2):
            with pytest.raises(asyncio.CancelledError):
                await dialling
    assert begun == ["auth"]
    assert sink.failure is not None
    assert (sink.failure.code, sink.failure.step) == ("cancelled", "auth")
    if shown:
        port = re.search(r"127.0.0.1%3A(\d+)", shown[0])
        assert port is not None
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", int(port[1]))
