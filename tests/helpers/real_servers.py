"""Servers and proxies that others wrote, on free ports of loopback: nginx, tinyproxy, microsocks, npm ws.

Where one is not installed, the test that wants it is skipped and says what it misses.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.certificates import DAY, NOW, Authority, fingerprint
from tests.helpers.raw_server import unused_port

from wireyard.domain.request import Proxy

TESTS = Path(__file__).resolve().parents[1]
DEADLINE_S = 10.0
USER, PASSWORD = "me", "sesame"
IDLE_CUT_MS = 1100

# npm ws that compresses as its path says, in JSON.
WS_WITH_OPTIONS = r"""
const http = require("http"), { WebSocketServer } = require("ws");
const server = http.createServer();
server.on("upgrade", (request, socket, head) => {
  const options = JSON.parse(decodeURIComponent(request.url.slice(1)) || "{}");
  const one = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0, ...options } });
  one.handleUpgrade(request, socket, head, (peer) => {
    peer.on("message", (data, isBinary) => peer.send(data, { binary: isBinary }));
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
"""

# Which certificate a port of nginx has, and what else is said of it.
_SECURE = {
    "good": "",
    "mtls12": "ssl_protocols TLSv1.2; ssl_verify_client on; ssl_client_certificate {ca};",
    "mtls13": "ssl_protocols TLSv1.3; ssl_verify_client on; ssl_client_certificate {ca};",
    "other": "",
    "expired": "",
    "self_signed": "",
}
_CONFIGURATION = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; default_type application/json; proxy_temp_path {folder}/proxy; client_body_temp_path {folder}/body;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;
  proxy_set_header Host $host;
  upstream echo {{ server 127.0.0.1:{upstream}; }}
  {servers}
}}
"""
_PLACES = """
    location / {{ proxy_pass http://echo; }}
    location = /idle {{ proxy_pass http://echo; proxy_read_timeout {idle_cut_ms}ms; }}
    location = /302 {{ return 302 http://127.0.0.1:{plain}/moved; }}
    location = /400 {{ return 400; }}
    location = /401 {{ auth_basic "the lab"; auth_basic_user_file {folder}/users; proxy_pass http://echo;
      error_page 401 @sign_in; }}
    location @sign_in {{ return 401 '{{"error": "sign in first"}}'; }}
    location = /403 {{ if ($http_origin != "https://app.example") {{ return 403; }} proxy_pass http://echo; }}
    location = /404 {{ return 404; }}
    location = /426 {{ add_header Upgrade h2c always; return 426 "no such version"; }}
    location = /429 {{ add_header Retry-After 7 always; return 429 "slow down"; }}
    location = /503 {{ add_header Retry-After 9 always; return 503; }}
"""


@contextlib.contextmanager
def running(port: int, *command: str) -> Iterator[None]:
    """Run a program until the test is over; returns when it listens."""
    program = shutil.which(command[0]) or shutil.which(command[0], path="/usr/sbin")
    if program is None:
        pytest.skip(f"{command[0]} is not installed: tests/system-packages.txt names its package")
    with subprocess.Popen([program, *command[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.kill()  # tinyproxy takes seconds to end otherwise


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"{process.args!r} does not listen, exit code {process.poll()}")
        time.sleep(0.02)


@contextlib.contextmanager
def npm_ws(script: str = "") -> Iterator[int]:
    """npm ws: the echo server beside this file, or a script of one's own that prints its port. Gives the port."""
    node = shutil.which("node")
    if node is None or not (TESTS / "node_modules" / "ws").exists():
        pytest.skip("npm ws is not installed: npm ci --prefix tests")
    # The file lies where node finds no modules: it is read, and run as if it lay beside them.
    source = script or (TESTS / "helpers" / "ws_echo.mjs").read_text(encoding="utf-8")
    kind = [] if script else ["--input-type=module"]
    with subprocess.Popen([node, *kind, "-e", source], cwd=TESTS, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


@contextlib.contextmanager
def tinyproxy(folder: Path, *lines: str) -> Iterator[Proxy]:
    """An HTTP proxy; ``lines`` go into its configuration."""
    port = unused_port()
    file = folder / "tinyproxy.conf"
    file.write_text("\n".join([f"Port {port}", "Listen 127.0.0.1", "MaxClients 20", *lines, ""]))
    with running(port, "tinyproxy", "-d", "-c", str(file)):
        yield Proxy(mode="http", host="127.0.0.1", port=port)


@contextlib.contextmanager
def microsocks(*options: str) -> Iterator[Proxy]:
    """A SOCKS 5 proxy."""
    port = unused_port()
    with running(port, "microsocks", "-i", "127.0.0.1", "-p", str(port), *options):
        yield Proxy(mode="socks5", host="127.0.0.1", port=port)


class Nginx:
    """nginx in front of npm ws, with a private authority: one port without TLS and one for each certificate."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder)
        self.folder = folder
        self.ports = {name: unused_port() for name in ("plain", *_SECURE)}

    @property
    def values(self) -> dict[str, object]:
        """What stands for the names in a case: ports, files, fingerprints."""
        authority, values = self.authority, dict[str, object](self.ports)
        values["ca"] = authority.ca_file
        values["alice"], values["alice_key"] = authority.client("alice")
        values["late"], values["late_key"] = authority.client("late", end=NOW - DAY)
        values["bundle"] = authority.pkcs12("bundle", "hush")
        return values | {f"{name}_pin": fingerprint(name, authority) for name in _SECURE}

    def configure(self, upstream: int) -> Path:
        """Write the configuration, certificates and users; gives the file."""
        for name in _SECURE:
            self.authority.server(
                name,
                "other.example" if name == "other" else "127.0.0.1",
                begin=NOW - 9 * DAY,
                end=NOW - 2 * DAY if name == "expired" else NOW + DAY,
                self_signed=name == "self_signed",
            )
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        names = {"folder": self.folder, "upstream": upstream, "idle_cut_ms": IDLE_CUT_MS, "plain": self.ports["plain"]}
        servers = "\n".join(self._server(name) for name in self.ports).format(**names)
        file = self.folder / "nginx.conf"
        file.write_text(_CONFIGURATION.format(servers=servers, **names))
        return file

    def _server(self, name: str) -> str:
        certificate, listen = "", f"listen 127.0.0.1:{self.ports[name]}"
        if name in _SECURE:
            files = self.folder / name
            more = _SECURE[name].format(ca=self.authority.ca_file)
            certificate = f"ssl_certificate {files}.pem; ssl_certificate_key {files}.key; {more}"
            listen += " ssl"
        return f"server {{{{ {listen}; {certificate} {_PLACES} }}}}"


@contextlib.contextmanager
def nginx(folder: Path) -> Iterator[Nginx]:
    """Run it."""
    lab = Nginx(folder)
    with npm_ws() as upstream:
        file = lab.configure(upstream)
        errors = str(folder / "error.log")
        with running(lab.ports["plain"], "nginx", "-p", str(folder), "-c", str(file), "-e", errors):
            yield lab
