"""Failures are told apart by type and number, on every system; over sockets see test_dial.py."""

from __future__ import annotations

import errno
import socket
import ssl
import time

import pytest

from wireyard.domain.failure import Certificate, Chain
from wireyard.engine.blame import blame_lookup, blame_tcp, blame_tls, blame_trust
from wireyard.engine.resolve import Endpoint
from wireyard.engine.trust import TrustError

FACTS = {"host": "h.example", "port": "443", "secure": "yes"}
V4 = Endpoint(socket.AF_INET, ("127.0.0.1", 1))
V6 = Endpoint(socket.AF_INET6, ("::1", 1, 0, 0))


def verify_error(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


def ssl_error(reason: str, kind: type[ssl.SSLError] = ssl.SSLError) -> ssl.SSLError:
    error = kind(1, "text that nobody reads")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (socket.EAI_NONAME, "name_not_found"),
        (socket.EAI_AGAIN, "name_lookup_failed"),
        (socket.EAI_FAIL, "name_lookup_failed"),
    ],
)
def test_a_name_that_is_unknown_and_a_lookup_that_failed(number: int, code: str) -> None:
    failure = blame_lookup(socket.gaierror(number, ""), FACTS)
    assert (failure.code, failure.step, failure.facts["host"]) == (code, "resolve", "h.example")


def test_a_name_that_can_t_be_asked_for() -> None:
    assert blame_lookup(UnicodeError("label too long"), FACTS).code == "name_not_found"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefusedError(), "refused"),
        (ConnectionResetError(), "reset"),
        (TimeoutError(errno.ETIMEDOUT, ""), "timeout"),
        (OSError(errno.ENETUNREACH, ""), "unreachable"),
        (OSError(errno.EHOSTUNREACH, ""), "unreachable"),
    ],
)
def test_tcp(error: OSError, code: str) -> None:
    assert blame_tcp(error, [V4], FACTS).code == code


def test_which_kinds_of_address_were_tried() -> None:
    error = OSError(errno.ENETUNREACH, "")
    versions = [blame_tcp(error, tried, FACTS).facts["ip_version"] for tried in ([V4], [V6], [V4, V6])]
    assert versions == ["4", "6", "both"]


@pytest.mark.parametrize(
    ("verify_code", "code"),
    [
        (62, "tls_host_mismatch"),
        (64, "tls_host_mismatch"),
        (18, "tls_untrusted"),
        (19, "tls_untrusted"),
        (20, "tls_untrusted"),
        (10, "tls_expired"),
        (9, "tls_not_yet_valid"),
        (23, "tls_failed"),
        (-67602, "tls_host_mismatch"),
        (-67843, "tls_untrusted"),
        (-67818, "tls_expired"),
        (0x800B010F, "tls_host_mismatch"),
        (0x800B0109, "tls_untrusted"),
        (0x800B0101, "tls_expired"),
    ],
)
def test_certificates_by_the_codes_of_three_systems(verify_code: int, code: str) -> None:
    failure = blame_tls(verify_error(verify_code), FACTS)
    assert (failure.code, failure.facts["verify_code"]) == (code, str(verify_code))


def test_windows_has_one_code_for_too_early_and_too_late() -> None:
    certificate = Certificate(not_before=int(time.time()) + 1000)
    assert blame_tls(verify_error(0x800B0101), FACTS, Chain(certificates=(certificate,))).code == "tls_not_yet_valid"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ssl_error("WRONG_VERSION_NUMBER"), "tls_not_spoken"),
        (ssl_error("RECORD_LAYER_FAILURE"), "tls_not_spoken"),
        (ssl_error("TLSV1_ALERT_PROTOCOL_VERSION"), "tls_refused"),
        (ssl_error("SSLV3_ALERT_HANDSHAKE_FAILURE"), "tls_refused"),
        (ssl_error("NO_SHARED_CIPHER"), "tls_failed"),
        (ssl_error("UNEXPECTED_EOF_WHILE_READING", ssl.SSLEOFError), "reset"),
        (ConnectionResetError(), "reset"),
        (BrokenPipeError(), "reset"),
        (TimeoutError(), "timeout"),
    ],
)
def test_the_tls_handshake(error: OSError, code: str) -> None:
    failure = blame_tls(error, FACTS)
    assert (failure.code, failure.step) == (code, "tls")
    assert failure.technical.startswith(type(error).__name__)


def test_a_ca_file_that_can_t_be_used() -> None:
    failure = blame_trust(TrustError("ca.pem", FileNotFoundError("no such file")), FACTS)
    assert (failure.code, failure.facts["ca_file"]) == ("tls_failed", "ca.pem")
