"""Client certificates in PKCS#12 files (.p12, .pfx; RFC 7292).

Python's ``ssl`` takes certificates from PEM files only. So the key is encrypted again, under a passphrase that is made
up for this one time and never leaves the process, into a file that only its owner can read; it is gone before the
handshake begins.
"""

from __future__ import annotations

import os
import secrets
import ssl
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

_SEQUENCE = 0x30
_VERSION_3 = b"\x02\x01\x03"
_PREFIX = "wireyard-"


class Unpacked(NamedTuple):
    """What was in the file: certificates as PEM, the client's own first, and the key as PEM under ``passphrase``."""

    certificates: bytes
    key: bytes
    passphrase: bytes


class MissingError(ValueError):
    """The file holds no certificate, or no key."""

    def __init__(self, what: Literal["certificate", "key"]) -> None:
        super().__init__(f"no {what}")
        self.what = what


def is_pkcs12(data: bytes) -> bool:
    """Whether it has the shape of such a file: a sequence that begins with the version, which is 3."""
    if len(data) < 2 or data[0] != _SEQUENCE:
        return False
    length_bytes = data[1] & 0x7F if data[1] & 0x80 else 0
    return data.startswith(_VERSION_3, 2 + length_bytes)


def unpack(data: bytes, passphrase: bytes) -> Unpacked:
    """Open the file. Raises `MissingError`, or ValueError when it is damaged or the passphrase is wrong."""
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
    from cryptography.hazmat.primitives.serialization import pkcs12 as reader

    try:
        key, certificate, others = reader.load_key_and_certificates(data, passphrase or None)
    except TypeError as error:  # a kind of key that it doesn't know
        raise ValueError(str(error)) from error
    if certificate is None:
        raise MissingError("certificate")
    if key is None:
        raise MissingError("key")
    once = secrets.token_urlsafe(32).encode()
    return Unpacked(
        certificates=b"".join(one.public_bytes(Encoding.PEM) for one in (certificate, *others)),
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(once)),
        passphrase=once,
    )


def load(context: ssl.SSLContext, unpacked: Unpacked) -> None:
    """Have the context show it. Raises ssl.SSLError when key and certificate don't fit, OSError when nothing can be
    written."""
    handle, path = tempfile.mkstemp(prefix=_PREFIX, suffix=".pem")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(unpacked.certificates + unpacked.key)
        context.load_cert_chain(path, password=unpacked.passphrase)
    finally:
        Path(path).unlink(missing_ok=True)
