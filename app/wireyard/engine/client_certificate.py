"""The certificate that we show to a server which asks for one, and what is wrong with its files."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Literal

from wireyard.domain.request import Tls
from wireyard.engine import pkcs12
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


def load_client_certificate(context: ssl.SSLContext, tls: Tls) -> int:
    """Have the context show the certificate, and give its last moment in seconds since 1970, 0 where that can't be
    told. One that has expired is shown all the same: to see it refused may be what is tested.

    Raises `ClientCertificateError`.
    """
    certificate = _read(tls.client_certificate)
    passphrase = tls.client_key_password.encode("utf-8", "surrogatepass")[:_MAX_PASSPHRASE_BYTES]
    if pkcs12.is_pkcs12(certificate):
        return _load_pkcs12(context, tls.client_certificate, certificate, passphrase)
    key_file = tls.client_key or tls.client_certificate
    if not any(mark in certificate for mark in _CERTIFICATE_MARKS):
        raise ClientCertificateError(tls.client_certificate, "no_certificate")
    if _KEY_MARK not in _read(key_file):
        raise ClientCertificateError(key_file, "no_key")
    _load_files(context, tls.client_certificate, key_file, passphrase)
    return _last_moment(certificate)


def _load_files(context: ssl.SSLContext, certificate_file: str, key_file: str, passphrase: bytes) -> None:
    was_asked = False

    def answer() -> bytes:
        # Without it OpenSSL would ask on the terminal.
        nonlocal was_asked
        was_asked = True
        return passphrase

    try:
        context.load_cert_chain(certificate_file, key_file, answer)
    except ssl.SSLError as error:
        detail = error.reason or str(error)
        if error.reason == "KEY_VALUES_MISMATCH" or error.reason == "KEY_TYPE_MISMATCH":
            raise ClientCertificateError(key_file, "mismatch", detail) from error
        if was_asked:
            fault = "wrong_passphrase" if passphrase else "no_passphrase"
            raise ClientCertificateError(key_file, fault, detail) from error
        raise _broken(certificate_file, key_file, detail) from error
    except OSError as error:
        raise ClientCertificateError(certificate_file, "unreadable", error.strerror or str(error)) from error


def _load_pkcs12(context: ssl.SSLContext, file: str, data: bytes, passphrase: bytes) -> int:
    try:
        unpacked = pkcs12.unpack(data, passphrase)
    except pkcs12.MissingError as error:
        raise ClientCertificateError(file, "no_key" if error.what == "key" else "no_certificate") from error
    except ValueError as error:
        # It has the shape of such a file, so it is damaged, or far more often the passphrase is not the right one.
        raise ClientCertificateError(file, "wrong_passphrase" if passphrase else "no_passphrase", str(error)) from error
    try:
        pkcs12.load(context, unpacked)
    except ssl.SSLError as error:
        raise ClientCertificateError(file, "mismatch", error.reason or str(error)) from error
    except OSError as error:
        detail = f"no temporary file: {error.strerror or error}"
        raise ClientCertificateError(file, "unreadable", detail) from error
    return _last_moment(unpacked.certificates)


def _last_moment(certificates: bytes) -> int:
    from cryptography import x509  # here: only who shows a certificate needs it

    try:
        return int(x509.load_pem_x509_certificate(certificates).not_valid_after_utc.timestamp())
    except ValueError:
        return 0


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
