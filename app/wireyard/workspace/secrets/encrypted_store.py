"""Secrets in one encrypted file of the profile, behind a passphrase, for machines without a keyring.

The key comes from the passphrase by scrypt (RFC 7914), the values are sealed with AES-GCM together with the head of the
file. A checksum over everything and a check of the key tell a damaged file from a wrong passphrase. A file that can't
be read is never written over.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from wireyard.workspace.secrets.errors import DamagedSecrets, SecretError, WrongPassphrase
from wireyard.workspace.secrets.store import SecretKey
from wireyard.workspace.secrets.turns import one_at_a_time

VERSION = 1
MAX_FILE_BYTES = 16 * 1024 * 1024
_KEY_BYTES = 32
_CHECK = b"wireyard secrets"

# Replaces a file at once and as a whole, readable by this user only.
Write = Callable[[Path, bytes], None]


class Cost(msgspec.Struct, frozen=True):
    """What one guess at the passphrase costs: about 64 MiB and a quarter of a second. Limited when it is read."""

    n: Annotated[int, Meta(ge=2, le=2**20)] = 2**16
    r: Annotated[int, Meta(ge=1, le=16)] = 8
    p: Annotated[int, Meta(ge=1, le=16)] = 2


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    cost: Cost
    salt: bytes
    check: bytes
    nonce: bytes
    kdf: Literal["scrypt"] = "scrypt"
    cipher: Literal["aes-256-gcm"] = "aes-256-gcm"


class _File(msgspec.Struct, frozen=True, kw_only=True):
    wireyard_secrets: int = VERSION
    head: _Head
    sealed: bytes
    sha256: str


class EncryptedStore:
    """Reads the file when it is made, and again whenever it has changed; another process may write it too.

    Making one takes the time of the key: do it on a worker. Raises `SecretError`, of which `WrongPassphrase` and
    `DamagedSecrets` say what is the matter. A file that is not there is made by the first value.
    """

    def __init__(self, path: Path, passphrase: str, write: Write, *, cost: Cost | None = None) -> None:
        if not passphrase:
            raise SecretError("An empty passphrase protects nothing: type one.")
        self._path = path
        self._passphrase = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        self._write = write
        self._cost = cost or Cost()
        self._salt = b""
        self._key = b""
        self._stamp: tuple[int, int, int] | None = None
        self._values: dict[str, str] = {}
        self._read()

    @property
    def label(self) -> str:
        """See `SecretStore`."""
        return "an encrypted file on this machine"

    def get(self, key: SecretKey) -> str | None:
        """The value, or None. Raises `SecretError`."""
        self._read()
        return self._values.get(key.text)

    def set(self, key: SecretKey, value: str) -> None:
        """Keep a value. Raises `SecretError`."""
        with one_at_a_time(self._path):
            self._read()
            self._store(self._values | {key.text: value})

    def delete(self, key: SecretKey) -> None:
        """Forget a value; it need not be there. Raises `SecretError`."""
        with one_at_a_time(self._path):
            self._read()
            if key.text in self._values:
                self._store({text: value for text, value in self._values.items() if text != key.text})

    def _read(self) -> None:
        try:
            stamp = _stamp(self._path)
            if stamp is None:
                self._stamp, self._values = None, {}
                return
            if stamp == self._stamp:
                return
            if stamp[1] > MAX_FILE_BYTES:
                raise self._damaged("it is too large")
            data = self._path.read_bytes()
        except OSError as error:
            raise SecretError(f"{self._path} can't be read: {error.strerror or error}.") from error
        self._values = self._opened(self._parsed(data))
        self._stamp = stamp

    def _parsed(self, data: bytes) -> _File:
        with contextlib.suppress(msgspec.DecodeError):
            version = msgspec.json.decode(data, type=_Version).wireyard_secrets
            if version > VERSION:
                raise SecretError(f"{self._path} is from a newer version of Wireyard.")
        try:
            file = msgspec.json.decode(data, type=_File)
        except msgspec.DecodeError as error:
            raise self._damaged("it is not in the form that Wireyard writes") from error
        if file.sha256 != _checksum(file.head, file.sealed):
            raise self._damaged("its checksum is wrong")
        return file

    def _opened(self, file: _File) -> dict[str, str]:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, key = file.head.salt, self._key
        if not key or salt != self._salt or file.head.cost != self._cost:
            key = _derive(self._passphrase, salt, file.head.cost)
        if not hmac.compare_digest(file.head.check, _check(key)):
            raise WrongPassphrase("The passphrase is not the one of this file.")
        try:
            clear = AESGCM(key[:_KEY_BYTES]).decrypt(file.head.nonce, file.sealed, msgspec.json.encode(file.head))
            values = msgspec.json.decode(clear, type=dict[str, str])
        except (InvalidTag, ValueError) as error:
            raise self._damaged("its seal is broken") from error
        self._salt, self._key, self._cost = salt, key, file.head.cost
        return values

    def _store(self, values: dict[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not self._key:
            self._salt = os.urandom(16)
            self._key = _derive(self._passphrase, self._salt, self._cost)
        head = _Head(cost=self._cost, salt=self._salt, check=_check(self._key), nonce=os.urandom(12))
        clear = msgspec.json.encode(values)
        sealed = AESGCM(self._key[:_KEY_BYTES]).encrypt(head.nonce, clear, msgspec.json.encode(head))
        file = _File(head=head, sealed=sealed, sha256=_checksum(head, sealed))
        data = msgspec.json.format(msgspec.json.encode(file)) + b"\n"
        if len(data) > MAX_FILE_BYTES:
            raise SecretError("The encrypted file would be over 16 MiB.")
        try:
            self._write(self._path, data)
            self._stamp = _stamp(self._path)
        except OSError as error:
            raise SecretError(f"{self._path} can't be written: {error.strerror or error}.") from error
        self._values = values

    def _damaged(self, why: str) -> DamagedSecrets:
        return DamagedSecrets(
            f"{self._path} is damaged: {why}. It was left as it is; put a copy of yours back, or move it away and type "
            "the secrets again."
        )


class _Version(msgspec.Struct):
    wireyard_secrets: int


def _derive(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    try:
        return Scrypt(salt=salt, length=2 * _KEY_BYTES, n=cost.n, r=cost.r, p=cost.p).derive(passphrase)
    except (ValueError, MemoryError) as error:
        raise SecretError("The key of the encrypted file can't be made on this machine.") from error


def _check(key: bytes) -> bytes:
    return hmac.digest(key[_KEY_BYTES:], _CHECK, "sha256")


def _checksum(head: _Head, sealed: bytes) -> str:
    return hashlib.sha256(msgspec.json.encode(head) + sealed).hexdigest()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
