"""Bad input by the command line: each ends in time, with its exit code and its own words, and leaves no socket."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority
from tests.helpers.command_line import CommandLine
from tests.helpers.failures import BAD_INPUT, HASTY, Row, own_files, server_context
from tests.helpers.raw_server import raw_server

IN_TIME_S = 6.0
OPTIONS = {
    "ca_file": "--cacert",
    "client_certificate": "--cert",
    "client_key": "--key",
    "client_key_password": "--pass",
    "pinned_sha256": "--pin",
}
CODES = {"address": 2, "proxy": 13, "tls": 14, "upgrade": 15}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def files(authority: Authority) -> dict[str, Path]:
    return own_files(authority)


def options_of(row: Row, port: int, authority: Authority, files: dict[str, Path]) -> list[str]:
    options = [] if "ca_file" in row.own else ["--cacert", str(authority.ca_file)]
    for name, value in row.own.items():
        options += [OPTIONS[name], value.format(**files)]
    for header in row.headers:
        options += ["-H", ": ".join(header)]
    for name in row.subprotocols:
        options += ["--subprotocol", name]
    if row.proxy is not None:
        options += ["-x", f"127.0.0.1:{port}"]
    if row.network is HASTY:
        options += ["--connect-timeout", "0.1"]
    return options


@pytest.mark.parametrize("row", [row for row in BAD_INPUT if not row.own.get("client_certificate", "").startswith("/")],
                         ids=str)  # fmt: skip
async def test_it_ends_in_time_with_its_own_words(
    wireyard: CommandLine, row: Row, authority: Authority, files: dict[str, Path]
) -> None:
    begun = time.monotonic()
    async with raw_server(row.handler, ssl_context=server_context(authority, row.tls)) as server:
        url = row.url.format(port=server.port, free=0)
        outcome = await wireyard.run("record", url, *options_of(row, server.port, authority, files))
    assert time.monotonic() - begun < IN_TIME_S
    assert outcome.code == (14 if row.code == "tls_refused" else CODES[row.step]), outcome.stderr
    assert row.title.format(port=server.port) in outcome.stderr
    assert row.says in outcome.stderr


async def test_a_file_that_is_not_there_is_a_matter_of_usage(wireyard: CommandLine) -> None:
    outcome = await wireyard.run("record", "wss://127.0.0.1:1/", "--cert", "/nowhere/c.pem")
    assert outcome.code == 2
    assert "'/nowhere/c.pem' does not exist" in outcome.stderr
