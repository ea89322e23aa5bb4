"""The certificate that we show to a server which asks for one, and what is wrong with its files."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Literal

from wireyard.domain.request import Tls
from wireyard.engine.errors import EngineError

ClientCertificateFault = Literal[
    "unreadable", "no_certificate", "no_key", "mismatch", "no_passphrase", "wrong_passphrase"
]

_CERTIFICATE_MARKS = (b"-----BEGIN CERTIFICATE-----", b"-----BEGIN X509 CERTIFICATE-----", b"-----BEGIN TRUSTED CERT")
_KEY_MARK = b"PRIVATE KEY-----"
_MAX_FILE_BYTES = 1024 * 1024
_MAX_PASSPHRASE_BYTES = 1000  # OpenSSL takes no longer one


class ClientCertificateError(EngineError):
    """The certificate or its key can't be used: which ``file`` it is about, and what is the matter."""

    def __init__(self, file: str, fault: ClientCertificateFault, detail: str = "") -> None:
        super().__init__(f"{file}: {detail or fault.replace('_', ' ')}")
        self.file = file
        self.fault: ClientCertificateFault = fault


def load_client_certificate(context: ssl.SSLContext, tls: Tls) -> None:
    """Have the context show the certificate. Raises `ClientCertificateError`."""
    key_file = tls.client_key or tls.client_certificate
    certificate = _read(tls.client_certificate)
    if not any(mark in certificate for mark in _CERTIFICATE_MARKS):
        raise ClientCertificateError(tls.client_certificate, "no_certificate")
    if _KEY_MARK not in _read(key_file):
        raise ClientCertificateError(key_file, "no_key")
    was_asked = False

    def passphrase() -> bytes:
        # Without it OpenSSL would ask on the terminal.
        nonlocal was_asked
        was_asked = True
        return tls.client_key_password.encode("utf-8", "surrogatepass")[:_MAX_PASSPHRASE_BYTES]

    try:
        context.load_cert_chain(tls.client_certificate, key_file, passphrase)
    except ssl.SSLError as error:
        detail = error.reason or str(error)
        if error.reason == "KEY_VALUES_MISMATCH" or error.reason == "KEY_TYPE_MISMATCH":
            raise ClientCertificateError(key_file, "mismatch", detail) from error
        if was_asked:
            fault = "wrong_passphrase" if tls.client_key_password else "no_passphrase"
            raise ClientCertificateError(key_file, fault, detail) from error
        raise _broken(tls.client_certificate, key_file, detail) from error
    except OSError as error:
        raise ClientCertificateError(tls.client_certificate, "unreadable", error.strerror or str(error)) from error


def _broken(certificate_file: str, key_file: str, detail: str) -> ClientCertificateError:
    """Which of the two files holds something that can't be read: the certificate alone is tried again."""
    from cryptography import x509  # here: only a file that can't be used needs it

    try:
        x509.load_pem_x509_certificates(_read(certificate_file))
    except ValueError:
        return ClientCertificateError(certificate_file, "no_certificate", detail)
    return ClientCertificateError(key_file, "no_key", detail)


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(_MAX_FILE_BYTES)
    except (OSError, ValueError) as error:
        detail = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        raise ClientCertificateError(path, "unreadable", detail) from error
