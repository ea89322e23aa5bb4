"""Which certificates are trusted."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from tests.helpers.certificates import Authority

from wireyard.domain.request import Tls
from wireyard.engine.trust import TrustError, make_context


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
