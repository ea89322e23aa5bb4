"""``wireyard probe`` as people run it, and the options of connecting that it shares with ``record``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.command_line import CommandLine, interrupted
from tests.helpers.proxies import Asked, http_proxy, socks5_proxy
from tests.helpers.raw_server import Peer, hang, raw_server, unused_port
from tests.helpers.sinks import until


async def accept(peer: Peer) -> None:
    await peer.accept("Sec-WebSocket-Protocol: chat", "Set-Cookie: sid=sesame")
    await peer.read_frame()
    await peer.send(b"\x88\x02\x03\xe8")
    await peer.read_to_end()


async def test_a_probe_tells_each_step_and_what_was_agreed_on(wireyard: CommandLine) -> None:
    async with raw_server(accept) as server:
        outcome = await wireyard.run("probe", server.url, "--subprotocol", "chat")
    text = outcome.stdout.decode()
    assert outcome.code == 0, outcome.stderr
    for words in (
        "✓ DNS",
        "✓ TCP",
        "✓ Upgrade",
        "101 Switching Protocols",
        "Total",
        "Subprotocol   chat",
        "Set-Cookie: ",
    ):
        assert words in text
    assert "sesame" not in text
    assert outcome.stderr == ""


async def test_a_probe_leaves_no_session(wireyard: CommandLine) -> None:
    async with raw_server(accept) as server:
        await wireyard.run("probe", server.url, "--subprotocol", "chat")
    outcome = await wireyard.run("sessions", "--json")
    assert json.loads(outcome.stdout) == []


async def test_a_probe_for_programs(wireyard: CommandLine, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with raw_server(accept, ssl_context=authority.context("127.0.0.1")) as server:
        url = f"wss://127.0.0.1:{server.port}/?token=sesame"
        outcome = await wireyard.run(
            "probe", url, "--cacert", str(authority.ca_file), "--json", "--subprotocol", "chat"
        )
    report = json.loads(outcome.stdout)
    assert [step["name"] for step in report["steps"]] == ["resolve", "tcp", "tls", "upgrade"]
    assert all(step["ok"] and step["ms"] >= 0 for step in report["steps"])
    assert (report["ok"], report["exit_code"], report["failure"]) == (True, 0, None)
    assert report["open"]["subprotocol"] == "chat"
    assert report["open"]["tls_verified"] is True
    assert report["open"]["chain"]["certificates"][0]["names"] == ["127.0.0.1"]
    assert report["close"]["code"] == 1000
    assert "sesame" not in outcome.stdout.decode()


async def test_a_refused_certificate_is_shown(wireyard: CommandLine, tmp_path: Path) -> None:
    async with raw_server(hang, ssl_context=Authority(tmp_path).context("127.0.0.1")) as server:
        outcome = await wireyard.run("probe", f"wss://127.0.0.1:{server.port}/")
    assert outcome.code == 14
    assert "✗ TLS" in outcome.stdout.decode()
    assert "Issuer        CN=Wireyard test authority" in outcome.stdout.decode()
    assert "issuer is not trusted" in outcome.stderr


async def test_a_pinned_certificate_is_taken_and_told(wireyard: CommandLine, tmp_path: Path) -> None:
    async with raw_server(accept, ssl_context=Authority(tmp_path).context("127.0.0.1")) as server:
        url = f"wss://127.0.0.1:{server.port}/"
        refused = await wireyard.run("probe", url)
        pin = next(line.split()[-1] for line in refused.stdout.decode().splitlines() if "SHA-256" in line)
        outcome = await wireyard.run("probe", url, "--pin", pin, "--subprotocol", "chat")
    assert f"--pin {pin} takes this certificate only." in refused.stderr
    assert outcome.code == 0, outcome.stderr
    assert "pinned" in outcome.stdout.decode()
    assert f"SHA-256       {pin}" in outcome.stdout.decode()


async def test_a_refusal_is_shown_with_its_body(wireyard: CommandLine) -> None:
    async def refuse(peer: Peer) -> None:
        await peer.answer("403 Forbidden", "Content-Length: 13", body=b"not from here")

    async with raw_server(refuse) as server:
        outcome = await wireyard.run("probe", server.url)
        as_json = await wireyard.run("probe", server.url, "--json")
    assert outcome.code == as_json.code == 15
    assert "HTTP 403 Forbidden" in outcome.stdout.decode()
    assert "not from here" in outcome.stdout.decode()
    failure = json.loads(as_json.stdout)["failure"]
    assert (failure["code"], failure["step"], failure["answer"]["text"]) == ("status", "upgrade", "not from here")
    assert failure["title"] == "Signed in or not, this is not allowed"


async def test_a_saved_request_is_probed_on_the_built_in_server(wireyard: CommandLine) -> None:
    outcome = await wireyard.run("probe", "Local playground/Echo")
    assert outcome.code == 0, outcome.stderr
    assert "/echo\n" in outcome.stdout.decode()


async def test_a_probe_ends_in_time_and_by_ctrl_c(wireyard: CommandLine) -> None:
    async with raw_server(hang) as server:
        outcome = await wireyard.run("probe", server.url, "--max-time", "0.3")
        assert outcome.code == 15
        assert "No answer in 0.3 s" in outcome.stderr
        process = await wireyard.start("probe", server.url)
        await until(lambda: server.connections == 2)
        stopped, seconds = await interrupted(process)
    assert stopped.code == 130
    assert seconds < 1


async def test_a_proxy_is_gone_through_and_13_where_it_fails(wireyard: CommandLine) -> None:
    asked = Asked()
    async with raw_server(accept) as server:
        async with raw_server(http_proxy(asked, to_port=server.port, login="Basic bWU6c2VzYW1l")) as through:
            place = f"127.0.0.1:{through.port}"
            good = await wireyard.run(
                "probe", "ws://server.test/", "-x", f"http://me:sesame@{place}", "--subprotocol", "chat"
            )
            bad = await wireyard.run("probe", "ws://server.test/", "-x", place)
        async with raw_server(socks5_proxy(asked, to_port=server.port, login=("me", "sesame"))) as through:
            place = f"127.0.0.1:{through.port}"
            socks = await wireyard.run("record", "ws://server.test/", "-x", f"socks5h://me:wrong1@{place}")
    none = await wireyard.run("record", "ws://server.test/", "-x", f"127.0.0.1:{unused_port()}")
    assert good.code == 0, good.stderr
    assert "✓ Proxy" in good.stdout.decode()
    assert asked.places[0] == ("server.test", 80)
    assert "sesame" not in good.stdout.decode()
    assert (bad.code, socks.code, none.code) == (13, 13, 13)
    assert "The proxy 127.0.0.1 wants a user name and password" in bad.stderr
    assert "did not accept the user name and password" in socks.stderr
    assert "wrong1" not in socks.stderr + socks.stdout.decode()
    assert "is not listening" in none.stderr


async def test_redirects_addresses_and_headers(wireyard: CommandLine) -> None:
    async with raw_server(accept) as server:

        async def away(peer: Peer) -> None:
            await peer.answer("302 Found", f"Location: http://other.test:{server.port}/b", "Content-Length: 0")

        async with raw_server(away) as first:
            outcome = await wireyard.run(
                *("probe", f"ws://first.test:{first.port}/", "-L", "-u", "me:sesame", "-b", "a=1", "-H", "User-Agent:"),
                *("--resolve", f"first.test:{first.port}:127.0.0.1", "--subprotocol", "chat"),
                *("--resolve", f"other.test:{server.port}:127.0.0.1"),
            )
            followed = await wireyard.run("probe", first.url)
    assert outcome.code == 0, outcome.stderr
    assert f"Redirected (302 Found) to ws://other.test:{server.port}/b" in outcome.stdout.decode()
    assert b"Authorization: Basic bWU6c2VzYW1l\r\nCookie: a=1\r\n" in first.requests[0]
    assert b"Authorization" not in server.requests[0]
    assert b"User-Agent" not in first.requests[0] + server.requests[0]
    assert followed.code == 15
    assert "-L follows it." in followed.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Python has no Unix sockets on Windows")
async def test_a_unix_socket_that_is_missing_is_12(wireyard: CommandLine, tmp_path: Path) -> None:
    outcome = await wireyard.run("probe", "ws://h/", "--unix-socket", str(tmp_path / "s"))
    assert outcome.code == 12
    assert "There is no Unix socket at" in outcome.stderr
