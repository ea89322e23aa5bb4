"""Which certificates are trusted: one SSL context per connection, from the operating system's store.

truststore asks the system as browsers do (Keychain, CryptoAPI, the distribution's bundle); without it the standard
library's own defaults serve. Nothing is injected into ``ssl``.
"""

from __future__ import annotations

import re
import ssl
from typing import Final, NamedTuple

from wireyard.domain.request import Tls, TlsVersion
from wireyard.engine.client_certificate import load_client_certificate
from wireyard.engine.errors import EngineError

_VERSIONS: Final[dict[TlsVersion, ssl.TLSVersion]] = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")
_MAX_ALPN_BYTES: Final = 255


class TrustError(EngineError):
    """The extra CA file can't be used."""

    def __init__(self, ca_file: str, cause: Exception) -> None:
        super().__init__(f"{ca_file}: {cause}")
        self.ca_file = ca_file


class TlsSettingError(EngineError):
    """A setting of TLS can't be used: its ``name`` in `Tls`, and a sentence about it."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(fault)
        self.name = name


class Trust(NamedTuple):
    """The context for one connection, and the last moment of the certificate that we show (0: none, or not known)."""

    context: ssl.SSLContext
    client_not_after: int = 0


def make_trust(tls: Tls) -> Trust:
    """Make the context for one connection. Reads files: call it off the event loop.

    With a pinned certificate nothing is checked here: whoever shakes hands compares it before anything is sent.
    Raises `TrustError`, `TlsSettingError` or `ClientCertificateError`.
    """
    check_settings(tls)
    context = unverified_context(tls) if tls.pinned_sha256 or not tls.verify else _trusting_context(tls)
    return Trust(context, load_client_certificate(context, tls) if tls.client_certificate else 0)


def unverified_context(tls: Tls) -> ssl.SSLContext:
    """A context that takes any certificate, and shows none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return _prepared(context, tls)


def check_settings(tls: Tls) -> None:
    """Raise `TlsSettingError` for what can't be meant."""
    if tls.pinned_sha256 and not _FINGERPRINT.fullmatch(normal_fingerprint(tls.pinned_sha256)):
        raise TlsSettingError(
            "pinned_sha256", "The pinned fingerprint is no SHA-256: it should have 64 digits from 0 to f."
        )
    for name in tls.alpn:
        if not name.isascii() or not 0 < len(name) <= _MAX_ALPN_BYTES:
            fault = f"“{name[:40]}” can't be offered by ALPN: 1 to 255 ASCII characters can."
            raise TlsSettingError("alpn", fault)


def normal_fingerprint(text: str) -> str:
    """A fingerprint as it is compared: lower case, without colons, blanks and a name of the hash before it."""
    text = re.sub(r"(?i)^\s*sha-?256(?:\s+fingerprint)?\s*[=:/]", "", text)
    return re.sub(r"[\s:]", "", text).lower()


def _trusting_context(tls: Tls) -> ssl.SSLContext:
    context = _prepared(_system_context(), tls)
    if tls.ca_file:
        try:
            context.load_verify_locations(cafile=tls.ca_file)
        except (OSError, ValueError) as error:
            raise TrustError(tls.ca_file, error) from error
    return context


def _prepared(context: ssl.SSLContext, tls: Tls) -> ssl.SSLContext:
    context.minimum_version = _VERSIONS[tls.minimum_version]
    if tls.alpn:
        context.set_alpn_protocols(tls.alpn)
    return context


def _system_context() -> ssl.SSLContext:
    try:
        import truststore  # here: ws has no need of it
    except ImportError:
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
