"""What the real servers do to one who connects: how it is asked for on the command line and by the panes of the window,
what is then said, and what mends it. One table for both, so that neither has a case the other lacks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.helpers.real_servers import PASSWORD, USER

from wireyard.session.wording.model import RemedyId

Settings = dict[str, str]
"""What is typed into rows of the Settings pane, by ``group.name``; a choice is typed as its label."""


@dataclass(frozen=True)
class Case:
    """One way to connect to a port of nginx. ``code`` 0 is a connection that opens."""

    name: str
    port: str
    code: int
    step: str = ""
    title: str = ""
    path: str = "/"
    options: str = ""
    settings: Settings = field(default_factory=Settings)
    remedy: RemedyId | None = None
    # What the remedy leaves to fill in, and how the command line says the same.
    fill_in: Settings = field(default_factory=Settings)
    # The options with which it connects; empty where there are none, or nobody on this side can mend it.
    mended: str = ""
    scheme: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """With the port's name in braces."""
        scheme = self.scheme or ("ws" if self.port == "plain" else "wss")
        return f"{scheme}://127.0.0.1:{{{self.port}}}{self.path}"


_CA: Settings = {"tls.ca_file": "{ca}"}
_ALICE: Settings = {"tls.client_certificate": "{alice}", "tls.client_key": "{alice_key}"}
_REFUSED = "The server refused the request"
_OFTEN = "--cacert {ca}"
_WITH_ALICE = f"{_OFTEN} --cert {{alice}} --key {{alice_key}}"

NGINX = [
    Case("private authority", "good", 0, options=_OFTEN, settings=_CA),
    Case("mTLS with a PKCS#12 file", "mtls13", 0, options=f"{_OFTEN} --cert {{bundle}} --pass hush",
         settings=_CA | {"tls.client_certificate": "{bundle}", "tls.client_key_password": "hush"}),
    Case("mTLS under TLS 1.2, first without a certificate", "mtls12", 15, "upgrade", _REFUSED, options=_OFTEN,
         settings=_CA, remedy="client_certificate", fill_in=_ALICE, mended=_WITH_ALICE),
    Case("mTLS under TLS 1.3, first without a certificate", "mtls13", 15, "upgrade", _REFUSED, options=_OFTEN,
         settings=_CA, remedy="client_certificate", fill_in=_ALICE, mended=_WITH_ALICE),
    Case("mTLS and an expired certificate", "mtls13", 15, "upgrade", _REFUSED,
         options=f"{_OFTEN} --cert {{late}} --key {{late_key}}",
         settings=_CA | {"tls.client_certificate": "{late}", "tls.client_key": "{late_key}"}),
    Case("TLS 1.3 wanted, 1.2 spoken", "mtls12", 14, "tls", "The server refused the TLS handshake",
         options=f"{_OFTEN} --tlsv1.3 --cert {{alice}} --key {{alice_key}}",
         settings=_CA | _ALICE | {"tls.minimum_version": "TLS 1.3"},
         remedy="older_tls", mended=f"{_OFTEN} --tlsv1.2 --cert {{alice}} --key {{alice_key}}"),
    Case("issuer not trusted", "good", 14, "tls", "This certificate's issuer is not trusted",
         remedy="pin", mended="--pin {good_pin}"),
    Case("wrong name", "other", 14, "tls", "The certificate belongs to a different host", options=_OFTEN, settings=_CA,
         remedy="use_server_name", mended=f"{_OFTEN} --server-name other.example"),
    Case("expired", "expired", 14, "tls", "The certificate expired 2 days ago", options=_OFTEN, settings=_CA,
         remedy="skip_verify", mended="-k"),
    Case("self-signed", "self_signed", 14, "tls", "This certificate's issuer is not trusted", options=_OFTEN,
         settings=_CA, remedy="pin", mended="--pin {self_signed_pin}"),
    Case("plain port on wss", "plain", 14, "tls", "Port {plain} does not speak TLS", remedy="use_ws", scheme="wss"),
    Case("TLS port on ws", "good", 15, "upgrade", _REFUSED, remedy="use_wss", scheme="ws", settings=_CA),
    Case("302", "plain", 15, "upgrade", "The server points somewhere else", "/302", remedy="follow", mended="-L"),
    Case("302 that is followed", "plain", 0, path="/302", options="-L", settings={"network.max_redirects": "3"}),
    Case("400", "plain", 15, "upgrade", _REFUSED, "/400"),
    Case("401", "plain", 15, "upgrade", "The server wants you to sign in", "/401", remedy="open_auth",
         mended=f"-u {USER}:{PASSWORD}"),
    Case("403", "plain", 15, "upgrade", "Signed in or not, this is not allowed", "/403", remedy="edit_headers",
         mended="-H Origin:https://app.example"),
    Case("404", "plain", 15, "upgrade", "No WebSocket at /404", "/404", remedy="use_path"),
    Case("426", "plain", 15, "upgrade", "The server wants another protocol version", "/426"),
    Case("429", "plain", 15, "upgrade", "The server refused the upgrade", "/429"),
    Case("503", "plain", 15, "upgrade", "The service is not ready", "/503"),
]  # fmt: skip
