"""What the settings of a request are called, what helps to choose, and which control each has; in seven groups."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication

from wireyard.gui.request.setting_kinds import (
    AnyRow,
    ChecksRow,
    ChipsRow,
    Group,
    TextRow,
    choice,
    number,
    switch,
    whole,
)
from wireyard.settings.model import MIB
from wireyard.settings.rows import Choice, row

_PEM = ["Certificates and keys (*.pem *.crt *.cer *.key)", "*"]
_IDENTITY = ["Certificates (*.pem *.crt *.cer *.p12 *.pfx)", "*"]
_BITS = ("15", "14", "13", "12", "11", "10", "9")


def groups() -> list[Group]:
    """All settings, in the order they are shown."""
    return [
        Group(_tr("Subprotocols"), [_subprotocols()]),
        Group(_tr("TLS"), _tls()),
        Group(_tr("Network"), _network()),
        Group(_tr("Proxy"), _proxy()),
        Group(_tr("Compression"), _compression()),
        Group(_tr("Limits"), _limits()),
        Group(_tr("Keepalive and reconnect"), [*_keepalive(), *_reconnect(), _on_open()]),
    ]


def _subprotocols() -> ChipsRow:
    words = _tr("The best first; Enter or a comma adds one. The server chooses one.")
    return ChipsRow(("", "subprotocols"), _tr("Offered to the server"), words, "graphql-transport-ws", "protocols")


def _tls() -> list[AnyRow]:
    return [
        switch(
            "tls.verify",
            _tr("Check the certificate"),
            _tr("Without the check anybody in between can read and change everything."),
        ),
        TextRow(("tls", "ca_file"), _tr("CA file"), _tr("Trusted besides the system's own authorities."), files=_PEM),
        TextRow(
            ("tls", "client_certificate"),
            _tr("Client certificate"),
            _tr("Shown to servers that ask for one: PEM with its chain, or PKCS#12 with the key in it."),
            files=_IDENTITY,
        ),
        TextRow(
            ("tls", "client_key"),
            _tr("Client key"),
            _tr("Empty where it is in the certificate's file."),
            files=_PEM,
        ),
        TextRow(
            ("tls", "client_key_password"),
            _tr("Key's passphrase"),
            _tr("Name a secret variable: what is typed here stands in the file."),
            "{{key_passphrase}}",
        ),
        TextRow(
            ("tls", "pinned_sha256"),
            _tr("Pinned certificate"),
            _tr("Its SHA-256 fingerprint. Any other certificate is refused, and nothing else is checked of this one."),
        ),
        TextRow(
            ("tls", "server_name"),
            _tr("Server name"),
            _tr("Asked for in TLS, and looked for in the certificate, instead of the address's host."),
        ),
        choice(
            "tls.minimum_version",
            _tr("Lowest version"),
            _tr("Servers that speak older TLS only are refused."),
            ("1.2", _tr("TLS 1.2")),
            ("1.3", _tr("TLS 1.3")),
        ),
        TextRow(
            ("tls", "alpn"),
            _tr("ALPN"),
            _tr("Protocols offered in TLS, the best first. Empty offers none."),
            "http/1.1",
            form="names",
        ),
    ]


def _network() -> list[AnyRow]:
    rows: list[AnyRow] = [
        TextRow(
            ("network", "resolve_to"),
            _tr("Resolve to"),
            _tr("IP addresses of the host, with commas between them; its name is then not looked up."),
            "10.0.0.5",
            form="names",
        ),
        choice(
            "network.ip_version",
            _tr("IP version"),
            _tr("Which of the host's addresses are tried."),
            ("any", _tr("IPv4 and IPv6")),
            ("4", _tr("IPv4 only")),
            ("6", _tr("IPv6 only")),
        ),
    ]
    if sys.platform != "win32":
        rows.append(
            TextRow(
                ("network", "unix_socket"),
                _tr("Unix socket"),
                _tr("Its path. Then there is no name to look up, no TCP and no proxy."),
                "/run/app.sock",
            )
        )
    rows += [
        whole(
            "network.max_redirects",
            _tr("Redirects"),
            _tr("How many to follow. Cookies and logins don't go along to another host."),
            (0, 50),
            off=_tr("Not followed"),
        ),
        switch(
            "network.cookies",
            _tr("Cookies"),
            _tr("Keep what the server sets, and send it with the next handshake. See the Cookies pane."),
        ),
        TextRow(
            ("", "removed_headers"),
            _tr("Headers left out"),
            _tr("Names of headers that are otherwise sent by themselves, with commas between them."),
            "User-Agent",
            form="names",
        ),
    ]
    return rows


def _proxy() -> list[AnyRow]:
    return [
        choice(
            "proxy.mode",
            _tr("Proxy"),
            _tr("The rows of this group are inherited together."),
            ("system", _tr("As the system says")),
            ("none", _tr("None")),
            ("http", _tr("HTTP (CONNECT)")),
            ("socks4", _tr("SOCKS 4")),
            ("socks5", _tr("SOCKS 5")),
        ),
        TextRow(("proxy", "address"), _tr("Address"), _tr("The proxy's host and port."), "proxy.example:3128"),
        TextRow(("proxy", "user"), _tr("User"), _tr("Where the proxy wants to know who you are.")),
        TextRow(
            ("proxy", "password"),
            _tr("Password"),
            _tr("Name a secret variable: what is typed here stands in the file."),
            "{{proxy_password}}",
        ),
        switch("proxy.remote_names", _tr("Proxy looks names up"), _tr("Otherwise this computer does.")),
        TextRow(
            ("proxy", "bypass"),
            _tr("Not for"),
            _tr("Hosts that are reached without it, spelled as in NO_PROXY."),
            "localhost, .internal, 10.0.0.0/8",
            form="names",
        ),
    ]


def _compression() -> list[AnyRow]:
    bits = [("any", _tr("Any")), *((each, each) for each in _BITS)]
    return [
        row("network.compression"),
        choice("network.server_window_bits", _tr("Server's window"), _tr("Bits; fewer need less memory."), *bits),
        choice("network.client_window_bits", _tr("Our window"), _tr("Bits; fewer need less memory."), *bits),
        switch(
            "network.server_context_takeover",
            _tr("Server keeps its context"),
            _tr("What it sent before makes the next message smaller."),
        ),
        switch(
            "network.client_context_takeover",
            _tr("We keep our context"),
            _tr("What was sent before makes the next message smaller."),
        ),
    ]


def _limits() -> list[AnyRow]:
    waiting = whole(
        "network.waiting_bytes",
        _tr("Waiting for the disk"),
        _tr("Nothing more is read from the server while as much is still to be stored."),
        (2**16, 2**31 - 1),
        unit=_tr("bytes"),
        step=MIB,
    )
    return [*(row(f"network.{name}") for name in ("open_timeout_s", "close_timeout_s", "max_message_bytes")), waiting]


def _keepalive() -> list[AnyRow]:
    return [
        row("network.ping_interval_s"),
        row("network.pong_timeout_s"),
        TextRow(
            ("network", "ping_payload"),
            _tr("Payload of pings"),
            _tr("At most 125 bytes. Empty: four random ones."),
        ),
        switch(
            "network.auto_pong",
            _tr("Answer pings"),
            _tr("Switched off, the server's pings get no pong, and it may end the connection."),
        ),
    ]


def _reconnect() -> list[AnyRow]:
    return [
        whole(
            "reconnect.attempts",
            _tr("Reconnect"),
            _tr("Attempts in a row after a connection was lost. Disconnect always ends them."),
            (0, 1_000_000),
            off=_tr("Never"),
        ),
        switch("reconnect.endless", _tr("Reconnect without end"), _tr("Only Disconnect ends the attempts.")),
        number("reconnect.first_delay_s", _tr("First wait"), _tr("Before the first attempt."), (0, 3600), unit="s"),
        number("reconnect.factor", _tr("Longer by"), _tr("Each wait is as many times the last one."), (1, 10)),
        number("reconnect.max_delay_s", _tr("Longest wait"), _tr("No wait is longer."), (0, 3600), unit="s"),
        whole(
            "reconnect.jitter_percent",
            _tr("Spread"),
            _tr("Waits differ by up to this share, so that not all clients come back at once."),
            (0, 100),
            unit="%",
            step=5,
        ),
        TextRow(
            ("reconnect", "close_codes"),
            _tr("After the codes"),
            _tr("Closes that are followed by an attempt; 1006 is a connection cut without a close."),
            "1001, 1006",
            form="codes",
        ),
        ChecksRow(
            ("reconnect", "failures"),
            _tr("After failures"),
            _tr("Failures of an attempt that are followed by another one."),
            tuple(Choice(code, words) for code, words in _failures()),
        ),
        TextRow(
            ("reconnect", "statuses"),
            _tr("After the statuses"),
            _tr("Of a refused upgrade, where that counts: what a server says when it is busy or starting."),
            "503, 429",
            form="statuses",
        ),
        switch(
            "reconnect.from_start",
            _tr("Also the first attempt"),
            _tr("Try again too where the server could not be reached at all."),
        ),
    ]


def _on_open() -> ChipsRow:
    words = _tr("Sent after every opening, in this order: signing in, subscribing. Enter adds a text.")
    return ChipsRow(("", "on_open"), _tr("Sent on opening"), words, _tr("A text, or a saved message"), "messages")


def _failures() -> list[tuple[str, str]]:
    return [
        ("name_not_found", _tr("Name not found")),
        ("name_lookup_failed", _tr("Lookup failed")),
        ("refused", _tr("Refused")),
        ("unreachable", _tr("Unreachable")),
        ("reset", _tr("Reset")),
        ("timeout", _tr("Timed out")),
        ("no_answer", _tr("No answer")),
        ("status", _tr("Upgrade refused")),
        ("bad_answer", _tr("Garbled answer")),
        ("not_websocket", _tr("No WebSocket")),
        ("proxy_failed", _tr("Proxy failed")),
        ("tls_failed", _tr("TLS failed")),
        ("unix_socket", _tr("Unix socket failed")),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPane", text)
