"""Which certificates are trusted: one SSL context per connection, from the operating system's store.

truststore asks the system as browsers do (Keychain, CryptoAPI, the distribution's bundle); without it the standard
library's own defaults serve. Nothing is injected into ``ssl``.
"""

from __future__ import annotations

import ssl

from wireyard.domain.request import Tls
from wireyard.engine.client_certificate import load_client_certificate
from wireyard.engine.errors import EngineError

_ALPN = ["http/1.1"]  # what browsers offer for WebSocket: without it some front ends speak HTTP/2


class TrustError(EngineError):
    """The extra CA file can't be used."""

    def __init__(self, ca_file: str, cause: Exception) -> None:
        super().__init__(f"{ca_file}: {cause}")
        self.ca_file = ca_file


def make_context(tls: Tls) -> ssl.SSLContext:
    """Make the context for one connection. Reads files: call it off the event loop.

    Raises `TrustError` or `ClientCertificateError`.
    """
    context = _trusting_context(tls) if tls.verify else unverified_context()
    if tls.client_certificate:
        load_client_certificate(context, tls)
    return context


def _trusting_context(tls: Tls) -> ssl.SSLContext:
    context = _system_context()
    context.set_alpn_protocols(_ALPN)
    if tls.ca_file:
        try:
            context.load_verify_locations(cafile=tls.ca_file)
        except (OSError, ValueError) as error:
            raise TrustError(tls.ca_file, error) from error
    return context


def unverified_context() -> ssl.SSLContext:
    """A context that takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(_ALPN)
    return context


def _system_context() -> ssl.SSLContext:
    try:
        import truststore  # here: ws has no need of it
    except ImportError:
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
