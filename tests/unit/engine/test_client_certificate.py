"""The certificate that we show, and what is wrong with its files."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from tests.helpers.certificates import DAY, NOW, Authority

from wireyard.domain.request import Tls
from wireyard.engine.client_certificate import ClientCertificateError, load_client_certificate
from wireyard.engine.trust import make_trust

BROKEN_CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
BROKEN_KEY = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"


def fault(certificate: Path, key: Path | str = "", passphrase: str = "") -> tuple[str, str]:
    tls = Tls(client_certificate=str(certificate), client_key=str(key), client_key_password=passphrase)
    with pytest.raises(ClientCertificateError) as caught:
        load_client_certificate(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), tls)
    return Path(caught.value.file).name, caught.value.fault


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("client")
    authority = Authority(folder)
    chain, key = authority.client("alice")
    locked_chain, locked_key = authority.client("locked", "open sesame")
    both = folder / "both.pem"
    both.write_bytes(chain.read_bytes() + key.read_bytes())
    junk, broken, broken_key = folder / "junk.pem", folder / "broken.pem", folder / "broken.key"
    junk.write_text("not a certificate")
    broken.write_text(BROKEN_CERTIFICATE)
    broken_key.write_text(BROKEN_KEY)
    return {path.name: path for path in (chain, key, locked_chain, locked_key, both, junk, broken, broken_key)}


@pytest.mark.parametrize(
    ("certificate", "key", "passphrase"),
    [
        ("alice.pem", "alice.key", ""),
        ("alice.pem", "alice.key", "not needed"),
        ("both.pem", "", ""),
        ("locked.pem", "locked.key", "open sesame"),
    ],
)
@pytest.mark.parametrize("verify", [True, False])
def test_files_that_fit_are_taken(
    files: dict[str, Path], certificate: str, key: str, passphrase: str, verify: bool
) -> None:
    tls = Tls(
        verify=verify,
        client_certificate=str(files[certificate]),
        client_key=str(files[key]) if key else "",
        client_key_password=passphrase,
    )
    assert make_trust(tls).client_not_after == int((NOW + DAY).timestamp())


def test_each_fault_is_told_with_its_file(files: dict[str, Path], tmp_path: Path) -> None:
    alice, key = files["alice.pem"], files["alice.key"]
    assert fault(tmp_path / "gone.pem", key) == ("gone.pem", "unreadable")
    assert fault(alice, tmp_path / "gone.key") == ("gone.key", "unreadable")
    assert fault(tmp_path, key) == (tmp_path.name, "unreadable")
    assert fault(files["junk.pem"], key) == ("junk.pem", "no_certificate")
    assert fault(files["broken.pem"], key) == ("broken.pem", "no_certificate")
    assert fault(alice, files["junk.pem"]) == ("junk.pem", "no_key")
    assert fault(alice, files["broken.key"]) == ("broken.key", "no_key")
    assert fault(alice) == ("alice.pem", "no_key")
    assert fault(files["locked.pem"], key) == ("alice.key", "mismatch")
    assert fault(files["locked.pem"], files["locked.key"]) == ("locked.key", "no_passphrase")
    assert fault(files["locked.pem"], files["locked.key"], "wrong") == ("locked.key", "wrong_passphrase")
    assert fault(files["locked.pem"], files["locked.key"], "long" * 1000) == ("locked.key", "wrong_passphrase")
