"""Signing in on the command line: options in curl's spelling, saved requests, and a browser that is somewhere else."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from pathlib import Path

from tests.helpers.command_line import CommandLine, Finished, finished, interrupted
from tests.helpers.guarded_server import knows, takes
from tests.helpers.oauth_server import CLIENT, SECRET, OAuthServer, browse, oauth_server
from tests.helpers.raw_server import raw_server
from tests.helpers.scripted_server import echo, serving

DIGEST = 'Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256'


def workspace(tmp_path: Path, auth: str) -> str:
    """A workspace with one request; ``auth`` is the block's lines."""
    (tmp_path / "team" / "Shop").mkdir(parents=True)
    (tmp_path / "team" / "wireyard.yaml").write_text("wireyard: 1\n")
    block = "".join(f"  {line}\n" for line in auth.splitlines())
    (tmp_path / "team" / "Shop" / "Orders.ws.yaml").write_text(f"url: '{{{{base}}}}'\nauth:\n{block}")
    return str(tmp_path / "team")


async def run(wireyard: CommandLine, root: str, base: str, *more: str) -> Finished:
    return await wireyard.run("record", "Shop/Orders", "--workspace", root, "--set", f"base={base}", *more)


async def test_digest_is_answered(wireyard: CommandLine) -> None:
    async with raw_server(takes(knows("SHA-256"), DIGEST)) as server:
        outcome = await wireyard.run("record", server.url, "-u", "ann:p:w", "--digest", "--max-time", "0.1")
        assert server.connections == 2
    assert outcome.code == 0, outcome.stderr
    assert [step["detail"] for step in outcome.of_kind("step") if step["name"] == "upgrade"] == [
        "401 Unauthorized",
        "101 Switching Protocols",
    ]
    assert b"p:w" not in outcome.stdout


async def test_a_wrong_password_has_its_words_and_its_code(wireyard: CommandLine) -> None:
    async with raw_server(takes(knows("SHA-256"), DIGEST)) as server:
        outcome = await wireyard.run("probe", server.url, "-u", "ann:wrong", "--digest")
    assert outcome.code == 20
    assert outcome.stderr.startswith("wireyard: Not signed in: The user name or password was not accepted\n")
    assert "--digest" in outcome.stderr


async def test_a_bearer_is_sent_and_said_nowhere(wireyard: CommandLine) -> None:
    async with raw_server(takes(lambda peer: peer.header("Authorization") == "Bearer t0p-s3cret")) as server:
        outcome = await wireyard.run("record", server.url, "--oauth2-bearer", "t0p-s3cret", "--max-time", "0.1")
    assert outcome.code == 0, outcome.stderr
    assert b"t0p-s3cret" not in outcome.stdout


async def test_options_that_don_t_go_together(wireyard: CommandLine) -> None:
    for words in (("--digest",), ("-u", "a:b", "--digest", "--basic"), ("-u", "a:b", "--oauth2-bearer", "x")):
        assert (await wireyard.run("probe", "ws://127.0.0.1:9/", *words)).code == 2


def client(server: OAuthServer, *more: str) -> str:
    lines = ("kind: oauth2", f"token_url: {server.token_url}", f"client_id: {CLIENT}")
    return "\n".join([*lines, "client_secret: '{{client_secret}}'", *more])


async def test_a_saved_request_fetches_its_token(wireyard: CommandLine, tmp_path: Path) -> None:
    async with oauth_server() as oauth, raw_server(takes(lambda peer: b"access_token=token-1" in peer.request)) as ws:
        root = workspace(tmp_path, client(oauth, "sent_in: query"))
        outcome = await run(wireyard, root, ws.url, "--set", f"client_secret={SECRET}", "--max-time", "0.1")
    assert outcome.code == 0, outcome.stderr
    assert (outcome.of_kind("step")[0]["name"], outcome.of_kind("step")[0]["ok"]) == ("auth", True)
    assert outcome.of_kind("open")
    assert b"token-1-of" not in outcome.stdout
    (session,) = json.loads((await wireyard.run("sessions", "--json")).stdout)
    log = tmp_path / "log.jsonl"
    exported = await wireyard.run("export", session["id"], "-o", str(log))
    assert exported.code == 0, exported.stderr
    assert "token-1-of" not in log.read_text()


async def test_a_wrong_client_secret_ends_before_the_server_is_asked(wireyard: CommandLine, tmp_path: Path) -> None:
    async with oauth_server() as oauth, raw_server(takes(lambda _: False)) as ws:
        root = workspace(tmp_path, client(oauth))
        outcome = await run(wireyard, root, ws.url, "--set", "client_secret=wrong")
        assert ws.connections == 0
    assert outcome.code == 20
    assert "The client ID or secret was not accepted" in outcome.stderr
    assert "The WebSocket server was not asked." in outcome.stderr


async def test_a_person_signs_in_elsewhere_while_the_command_waits(wireyard: CommandLine, tmp_path: Path) -> None:
    async with oauth_server() as oauth, raw_server(takes(lambda peer: oauth.takes(peer.header("Authorization")))) as ws:
        more = ("grant: authorization_code", f"authorization_url: {oauth.authorization_url}")
        root = workspace(tmp_path, client(oauth, *more))
        process = await wireyard.start(
            *("record", "Shop/Orders", "--workspace", root, "--set", f"base={ws.url}", "--max-time", "0.1"),
            *("--set", f"client_secret={SECRET}"),
        )
        assert "Signed in" in await browse(await asked(process))
        outcome = await finished(process)
    assert outcome.code == 0, outcome.stderr
    assert outcome.of_kind("open")


async def test_ctrl_c_ends_the_waiting(wireyard: CommandLine, tmp_path: Path) -> None:
    async with oauth_server() as oauth:
        more = ("grant: authorization_code", f"authorization_url: {oauth.authorization_url}")
        root = workspace(tmp_path, client(oauth, *more))
        for command in ("probe", "record"):
            process = await wireyard.start(
                *(command, "Shop/Orders", "--workspace", root, "--set", "base=ws://unused.test/"),
                *("--set", f"client_secret={SECRET}"),
            )
            await asked(process)
            outcome, seconds = await interrupted(process, signal.SIGINT)
            assert outcome.code == 130
            assert seconds < 5


async def test_a_first_message_signs_in(wireyard: CommandLine, tmp_path: Path) -> None:
    root = workspace(tmp_path, 'kind: message\nbody: \'{"token": "{{token}}"}\'')
    async with serving(echo) as url:
        outcome = await run(wireyard, root, url, "--set", "token=t1", "--send", "then this", "--count", "2")
    texts = [each["text"] for each in outcome.of_kind("message") if each["dir"] == "send"]
    assert texts == ['{"token": "t1"}', "then this"]


async def test_show_hides_what_is_secret_and_tells_who_says_how(wireyard: CommandLine, tmp_path: Path) -> None:
    root = workspace(tmp_path, "kind: basic\nuser: ann\npassword: hunter2")
    written = await wireyard.run("show", "Shop/Orders", "--workspace", root, "--json")
    assert json.loads(written.stdout)["auth"] == {"kind": "basic", "user": "ann", "password": "(hidden)"}
    await wireyard.run("env", "set", "Local", "base", "ws://h/", "--create", "--workspace", root)
    resolved = await wireyard.run("show", "Shop/Orders", "--workspace", root, "--resolved", "-e", "Local", "--json")
    said = json.loads(resolved.stdout)
    assert said["auth"] == {"kind": "basic", "user": "ann", "password": "(hidden)", "source": None}
    assert said["headers"] == [{"name": "Authorization", "value": "(hidden)", "source": None}]
    assert "hunter2" not in written.stdout.decode() + resolved.stdout.decode()


async def asked(process: asyncio.subprocess.Process) -> str:
    """The address that is printed on stderr."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while line := (await process.stderr.readline()).decode():
            found = re.search(r"http://127\.0\.0\.1:\d+/authorize\S+", line)
            if found is not None:
                return found[0]
    raise AssertionError("no address was printed")
