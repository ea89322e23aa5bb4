"""Client certificates in PKCS#12 files."""

from __future__ import annotations

import os
import ssl
import stat
import tempfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12 as writer
from tests.helpers.certificates import DAY, NOW, Authority

from wireyard.domain.request import Tls
from wireyard.engine import pkcs12
from wireyard.engine.client_certificate import ClientCertificateError, load_client_certificate


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("pkcs12"))


def load(file: Path, passphrase: str = "") -> int:
    tls = Tls(client_certificate=str(file), client_key_password=passphrase)
    return load_client_certificate(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), tls)


def fault(file: Path, passphrase: str = "") -> str:
    with pytest.raises(ClientCertificateError) as caught:
        load(file, passphrase)
    assert caught.value.file == str(file)
    return caught.value.fault


@pytest.mark.parametrize("passphrase", ["", "open sesame", "Grüße"])
def test_files_are_taken_with_their_passphrase(authority: Authority, passphrase: str) -> None:
    assert load(authority.pkcs12("alice", passphrase), passphrase) == int((NOW + DAY).timestamp())


def test_each_fault_is_told(authority: Authority, tmp_path: Path) -> None:
    locked = authority.pkcs12("locked", "open sesame")
    assert fault(locked) == "no_passphrase"
    assert fault(locked, "wrong") == "wrong_passphrase"
    torn = tmp_path / "torn.p12"
    torn.write_bytes(locked.read_bytes()[:200])
    assert fault(torn, "open sesame") == "wrong_passphrase"
    der = tmp_path / "certificate.der"
    der.write_bytes(ssl.PEM_cert_to_DER_cert(authority.ca_file.read_text()))
    assert fault(der) == "no_certificate"


def test_a_file_without_its_key_or_certificate(authority: Authority, tmp_path: Path) -> None:
    ca = x509.load_pem_x509_certificate(authority.ca_file.read_bytes())
    file = tmp_path / "half.p12"
    file.write_bytes(writer.serialize_key_and_certificates(None, None, None, [ca], serialization.NoEncryption()))
    assert fault(file) == "no_certificate"
    file.write_bytes(
        writer.serialize_key_and_certificates(b"k", authority.key, None, None, serialization.NoEncryption())
    )
    assert fault(file) == "no_certificate"


def test_a_key_of_another_certificate(authority: Authority) -> None:
    unpacked = pkcs12.unpack(authority.pkcs12("bob").read_bytes(), b"")
    stranger = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(unpacked.passphrase),
    )
    with pytest.raises(ssl.SSLError, match="KEY_VALUES_MISMATCH"):
        pkcs12.load(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), unpacked._replace(key=stranger))


def test_the_key_is_encrypted_in_a_private_file_that_is_gone_afterwards(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, bytes]] = []

    class Watching(ssl.SSLContext):
        def load_cert_chain(self, certfile: str, keyfile: str | None = None, password: object = None) -> None:  # type: ignore[override]
            mode = stat.S_IMODE(Path(certfile).stat().st_mode)
            seen.append((mode, Path(certfile).read_bytes()))
            super().load_cert_chain(certfile, keyfile, password)  # type: ignore[arg-type]

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tls = Tls(client_certificate=str(authority.pkcs12("carol", "open sesame")), client_key_password="open sesame")
    load_client_certificate(Watching(ssl.PROTOCOL_TLS_CLIENT), tls)
    [(mode, content)] = seen
    assert os.name == "nt" or mode == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in content
    assert b"BEGIN PRIVATE KEY" not in content
    assert not list(tmp_path.iterdir())


def test_the_file_is_gone_also_when_it_can_t_be_used(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    unpacked = pkcs12.unpack(authority.pkcs12("dave").read_bytes(), b"")
    with pytest.raises(ssl.SSLError):
        pkcs12.load(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), unpacked._replace(passphrase=b"wrong"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x80", b"-----BEGIN CERTIFICATE-----", b"\x30\x82\x01\x00\x30"])
def test_what_is_no_such_file(data: bytes) -> None:
    assert not pkcs12.is_pkcs12(data)


def test_both_ways_to_tell_a_length(authority: Authority) -> None:
    assert pkcs12.is_pkcs12(b"\x30\x80\x02\x01\x03")
    assert pkcs12.is_pkcs12(authority.pkcs12("erin").read_bytes())
