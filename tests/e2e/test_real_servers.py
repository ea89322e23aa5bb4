"""The command line against nginx: what `record` says and ends with, which step `probe` names, and what mends it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.helpers.command_line import CommandLine
from tests.helpers.lab_cases import NGINX, Case
from tests.helpers.raw_server import unused_port
from tests.helpers.real_servers import PASSWORD, USER, WS_WITH_OPTIONS, microsocks, nginx, npm_ws, tinyproxy

from wireyard.domain.request import Proxy

Values = dict[str, Any]


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Values]:
    with nginx(tmp_path_factory.mktemp("nginx")) as lab:
        yield lab.values


@pytest.mark.parametrize("case", [case for case in NGINX if not case.code], ids=str)
async def test_it_opens(wireyard: CommandLine, values: Values, case: Case) -> None:
    url, options = case.url.format(**values), case.options.format(**values).split()
    outcome = await wireyard.run("record", url, *options, "--send", "hello", "--count", "1")
    assert outcome.code == 0, outcome.stderr
    texts = [record["text"] for record in outcome.of_kind("message") if record["dir"] == "receive"]
    assert texts == ["hello"]


@pytest.mark.parametrize("case", [case for case in NGINX if case.code], ids=str)
async def test_it_fails_with_its_code_its_words_and_what_helps(
    wireyard: CommandLine, values: Values, case: Case
) -> None:
    url, options = case.url.format(**values), case.options.format(**values).split()
    mended = case.mended.format(**values).split()
    runs = [wireyard.run("record", url, *options, "-o", "-"), wireyard.run("probe", url, *options, "--json")]
    recorded, probed, *after = await asyncio.gather(*runs, *([wireyard.run("probe", url, *mended)] if mended else []))
    report = json.loads(probed.stdout)
    title = case.title.format(**values)
    assert (recorded.code, probed.code) == (case.code, case.code), recorded.stderr
    assert (report["failure"]["step"], report["failure"]["title"]) == (case.step, title)
    assert title in recorded.stderr
    assert [each.code for each in after] == [0] * len(after), after[0].stderr


async def test_an_idle_connection_that_is_cut_is_16(wireyard: CommandLine, values: Values) -> None:
    outcome = await wireyard.run("record", "ws://127.0.0.1:{plain}/idle".format(**values))
    assert outcome.code == 16
    assert "The connection dropped without a goodbye" in outcome.stderr


def proxied(proxy: Proxy, login: str = "") -> str:
    """The proxy as -x takes it."""
    return f"{'socks5h' if proxy.mode == 'socks5' else 'http'}://{login}127.0.0.1:{proxy.port}"


@pytest.mark.parametrize("kind", ["tinyproxy", "microsocks"])
async def test_a_proxy_without_a_password(wireyard: CommandLine, values: Values, tmp_path: Path, kind: str) -> None:
    url, secure = ("ws://127.0.0.1:{plain}/".format(**values), "wss://127.0.0.1:{good}/".format(**values))
    with tinyproxy(tmp_path) if kind == "tinyproxy" else microsocks() as proxy:
        outcomes = await asyncio.gather(
            wireyard.run("record", url, "-x", proxied(proxy), "--send", "hello", "--count", "1"),
            wireyard.run("probe", secure, "-x", proxied(proxy), "--cacert", str(values["ca"]), "--json"),
            wireyard.run("probe", f"ws://127.0.0.1:{unused_port()}/", "-x", proxied(proxy)),
        )
    assert [outcome.code for outcome in outcomes] == [0, 0, 13], outcomes[0].stderr
    assert [step["name"] for step in json.loads(outcomes[1].stdout)["steps"]] == [
        *("resolve", "tcp", "proxy", "tls", "upgrade")
    ]
    assert "Your server was never reached." in outcomes[2].stderr


@pytest.mark.parametrize("kind", ["tinyproxy", "microsocks"])
async def test_a_proxy_with_a_password(wireyard: CommandLine, values: Values, tmp_path: Path, kind: str) -> None:
    url = "ws://127.0.0.1:{plain}/".format(**values)
    locked = tinyproxy(tmp_path, f"BasicAuth {USER} {PASSWORD}")
    with locked if kind == "tinyproxy" else microsocks("-u", USER, "-P", PASSWORD) as proxy:
        none, wrong, right = await asyncio.gather(
            wireyard.run("probe", url, "-x", proxied(proxy)),
            wireyard.run("record", url, "-x", proxied(proxy, f"{USER}:barley@")),
            wireyard.run("probe", url, "-x", proxied(proxy, f"{USER}:{PASSWORD}@")),
        )
    assert (none.code, wrong.code, right.code) == (13, 13, 0), right.stderr
    assert "The proxy 127.0.0.1 wants a user name and password" in none.stderr
    assert "The proxy 127.0.0.1 did not accept the user name and password" in wrong.stderr
    assert "barley" not in wrong.stderr
    assert PASSWORD not in right.stdout.decode()


NETWORK = """wireyard: 1
url: ws://127.0.0.1:{port}/{path}
network:
  server_window_bits: "9"
  client_window_bits: "12"
  server_context_takeover: false
  client_context_takeover: false
"""


async def test_every_parameter_of_compression_as_it_is_saved(wireyard: CommandLine, tmp_path: Path) -> None:
    with npm_ws(WS_WITH_OPTIONS) as port:
        refused = quote(json.dumps({"clientMaxWindowBits": 8}))
        (tmp_path / "w" / "Lab").mkdir(parents=True)
        (tmp_path / "w" / "wireyard.yaml").write_text("wireyard: 1\nname: Lab\n")
        (tmp_path / "w" / "Lab" / "Good.ws.yaml").write_text(NETWORK.format(port=port, path=""))
        report, bits_8, without = await asyncio.gather(
            wireyard.run("probe", "Lab/Good", "--workspace", str(tmp_path / "w"), "--json"),
            wireyard.run("record", f"ws://127.0.0.1:{port}/{refused}"),
            wireyard.run("probe", f"ws://127.0.0.1:{port}/{refused}", "--no-compression"),
        )
    agreed = set(json.loads(report.stdout)["open"]["extensions"].split("; "))
    assert agreed == {
        *("permessage-deflate", "server_max_window_bits=9", "client_max_window_bits=12"),
        *("server_no_context_takeover", "client_no_context_takeover"),
    }
    assert (bits_8.code, without.code) == (15, 0)
    assert "The server's compression can't be used" in bits_8.stderr
    assert "--no-compression offers none." in bits_8.stderr


EACH: list[tuple[dict[str, str], set[str]]] = [
    *(
        (
            {"server_window_bits": f'"{bits}"', "client_window_bits": f'"{24 - bits}"'},
            {f"server_max_window_bits={bits}", f"client_max_window_bits={24 - bits}"},
        )
        for bits in range(9, 16)
    ),
    ({"client_context_takeover": "false"}, {"client_no_context_takeover"}),
    ({"server_context_takeover": "false"}, {"server_no_context_takeover"}),
]


async def test_each_parameter_of_compression_alone_and_messages_through_it(
    wireyard: CommandLine, tmp_path: Path
) -> None:
    root = tmp_path / "w"
    (root / "Lab").mkdir(parents=True)
    (root / "wireyard.yaml").write_text("wireyard: 1\nname: Lab\n")
    with npm_ws(WS_WITH_OPTIONS) as port:
        for number, (settings, _) in enumerate(EACH):
            lines = "".join(f"  {name}: {value}\n" for name, value in settings.items())
            text = f"wireyard: 1\nurl: ws://127.0.0.1:{port}/\nnetwork:\n{lines}"
            (root / "Lab" / f"{number}.ws.yaml").write_text(text)
        outcomes = await asyncio.gather(
            *(
                wireyard.run(
                    *("record", f"Lab/{number}", "--workspace", str(root)),
                    *("--send", "hello " * 50, "--send", "hello " * 50, "--count", "2"),
                )
                for number in range(len(EACH))
            )
        )
    for (_, agreed), outcome in zip(EACH, outcomes, strict=True):
        records = [json.loads(line) for line in outcome.stdout.splitlines()]
        extensions = next(record["extensions"] for record in records if record["kind"] == "open")
        assert outcome.code == 0, outcome.stderr
        assert agreed <= set(extensions.split("; ")), extensions
        assert [record["text"] for record in records if record["kind"] == "message"] == ["hello " * 50] * 4
