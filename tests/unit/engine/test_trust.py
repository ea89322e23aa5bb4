"""Which certificates are trusted."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority

from wireyard.domain.request import Tls
from wireyard.engine.trust import TlsSettingError, TrustError, make_trust, normal_fingerprint


def make_context(tls: Tls) -> ssl.SSLContext:
    return make_trust(tls).context


def test_verification_is_on_unless_switched_off() -> None:
    strict, lax = make_context(Tls()), make_context(Tls(verify=False))
    assert (strict.verify_mode, strict.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert (lax.verify_mode, lax.check_hostname) == (ssl.CERT_NONE, False)


def test_each_connection_has_a_context_of_its_own() -> None:
    assert make_context(Tls()) is not make_context(Tls())


def test_an_extra_authority_is_taken(tmp_path: Path) -> None:
    make_context(Tls(ca_file=str(Authority(tmp_path).ca_file)))


def test_a_ca_file_that_holds_no_certificate(tmp_path: Path) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("not a certificate")
    for path in (junk, tmp_path / "missing.pem"):
        with pytest.raises(TrustError) as caught:
            make_context(Tls(ca_file=str(path)))
        assert caught.value.ca_file == str(path)


def test_without_truststore_the_standard_library_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "truststore", None)
    context = make_context(Tls())
    assert type(context) is ssl.SSLContext
    assert context.verify_mode == ssl.CERT_REQUIRED


def test_the_lowest_version_is_the_one_that_was_set() -> None:
    for verify in (True, False):
        assert make_context(Tls(verify=verify)).minimum_version is ssl.TLSVersion.TLSv1_2
        assert make_context(Tls(verify=verify, minimum_version="1.3")).minimum_version is ssl.TLSVersion.TLSv1_3


def test_with_a_pin_the_authorities_don_t_count() -> None:
    assert make_context(Tls(pinned_sha256="ab" * 32)).verify_mode == ssl.CERT_NONE


@pytest.mark.parametrize(
    "text", ["AB:" * 31 + "AB", "ab " * 32, "sha256:" + "ab" * 32, "SHA256 Fingerprint=" + "AB" * 32]
)
def test_a_fingerprint_is_taken_as_other_programs_print_it(text: str) -> None:
    assert normal_fingerprint(text) == "ab" * 32


def test_settings_that_can_t_be_meant() -> None:
    for tls in (Tls(pinned_sha256="abc"), Tls(pinned_sha256="xy" * 32), Tls(alpn=("",)), Tls(alpn=("é",))):
        with pytest.raises(TlsSettingError):
            make_context(tls)
