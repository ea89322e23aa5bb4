"""What the inspector says about a handshake: what was agreed, and the certificates that the server showed."""

from __future__ import annotations

from typing import Any

from wireyard.domain.event import Failed, Opened
from wireyard.domain.failure import Certificate, Chain, Failure
from wireyard.gui.inspector.details import Details, describe
from wireyard.recording.kinds import RowKind
from wireyard.recording.row import Row

LEAF = Certificate(names=("h.example",), subject="CN=h.example", issuer="CN=Middle", sha256="ab" * 32)
MIDDLE = Certificate(subject="CN=Middle", issuer="CN=Root", sha256="cd" * 32)


def opened(**more: Any) -> Details:
    event = Opened(
        ts_ns=1, mono_ns=1, url="wss://h/", request_target="/", status=101, reason="Switching Protocols",
        request_headers=(("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=10"),),
        headers=(), tls_version="TLSv1.3", tls_verified=True, **more,
    )  # fmt: skip
    return describe(Row(1, 0, 0, RowKind.OPEN, detail=event))


def value(details: Details, name: str) -> str:
    return next(field.value for section in details.sections for field in section.fields if field.name == name)


def certificates(details: Details) -> list[str]:
    return [section.title for section in details.sections if "ertificate" in section.title]


def test_the_chain_is_told_certificate_by_certificate() -> None:
    details = opened(chain=Chain(certificates=(LEAF, MIDDLE)))
    assert certificates(details) == ["Certificate received", "Certificate 2 of the chain"]
    assert "CN=Root" in details.as_text()
    assert value(details, "Valid for") == "h.example"


def test_where_only_the_leaf_is_known_it_says_so() -> None:
    details = opened(chain=Chain(certificates=(LEAF,), is_leaf_only=True))
    assert certificates(details) == ["Certificate received; others of its chain can't be told"]


def test_a_failure_tells_of_the_chain_too() -> None:
    failure = Failure(code="tls_untrusted", step="tls", certificate=LEAF, chain=Chain(certificates=(LEAF, MIDDLE)))
    details = describe(Row(1, 0, 0, RowKind.ERROR, detail=Failed(ts_ns=1, mono_ns=1, failure=failure)))
    assert certificates(details) == ["Certificate received", "Certificate 2 of the chain"]


def test_compression_is_told_in_full() -> None:
    details = opened(extensions="permessage-deflate; server_no_context_takeover; client_max_window_bits=10")
    assert value(details, "Server compresses") == "window of 15 bits, context not kept"
    assert value(details, "We compress") == "window of 10 bits, context kept"


def test_a_pin_and_the_chosen_protocol_are_told() -> None:
    details = opened(tls_pinned=True, alpn="http/1.1")
    assert value(details, "TLS") == "TLSv1.3, certificate pinned"
    assert value(details, "ALPN") == "http/1.1"
