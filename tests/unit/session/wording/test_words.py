"""Every failure has its words, in the tone of the window: short, plain, with real numbers."""

from __future__ import annotations

import re
import time
from typing import get_args

import pytest

from wireyard.domain.failure import Answer, Certificate, Failure, FailureCode, FailureStep
from wireyard.session.wording import FailureWords, words

NOW = int(time.time())
HOUR, DAY = 3600, 86400
PROXIED = {"proxy": "p.example:3128", "proxy_host": "p.example", "proxy_kind": "HTTP", "reason": "HTTP 403"}
PLACE = {"host": "h.example", "port": "8080", "secure": "no"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is still the second in which the cases were written down, however long the tests before this one take."""
    monkeypatch.setattr(time, "time", lambda: float(NOW))


def answer(status: int, reason: str = "", body: bytes = b"", **headers: str) -> Answer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status=status, reason=reason, headers=named, body=body)


def failure(code: FailureCode, step: FailureStep = "tcp", **facts: str) -> Failure:
    return Failure(code=code, step=step, facts=PLACE | facts)


def refused(
    status: int, reason: str = "", facts: dict[str, str] | None = None, body: bytes = b"", **headers: str
) -> Failure:
    code: FailureCode = "status" if status >= 400 else "not_websocket"
    shown = answer(status, reason, body, **headers)
    return Failure(code=code, step="upgrade", facts=PLACE | {"path": "/ws?x=1"} | (facts or {}), answer=shown)


def certified(code: FailureCode, **certificate: object) -> Failure:
    return Failure(code=code, step="tls", facts=PLACE, certificate=Certificate(**certificate))  # type: ignore[arg-type]


CASES: list[tuple[Failure, str, str, str, list[str]]] = [
    (
        failure("bad_address", "address", fault="Port 99999 is too high."),
        "Check address",
        "This is not a WebSocket address",
        "Port 99999 is too high.",
        ["edit_url"],
    ),
    (
        failure("bad_header", "address", fault="A header has no name."),
        "Check headers",
        "A header",
        "no name",
        ["edit_headers"],
    ),
    (
        failure("bad_header", "address", header="Sec-WebSocket-Protocol", fault="“a b” can't be a subprotocol's name."),
        "Check headers",
        "A header can't be sent as it is",
        "“a b” can't",
        ["edit_setting"],
    ),
    (
        failure("name_not_found", "resolve"),
        "No such host",
        "“h.example” could not be found",
        "no address",
        ["edit_url"],
    ),
    (failure("name_lookup_failed", "resolve"), "Lookup failed", "“h.example”", "did not answer", ["retry"]),
    (failure("refused"), "Refused", "Nothing is listening on h.example:8080", "no program accepts", ["retry"]),
    (failure("refused", host="::1"), "Refused", "Nothing is listening on [::1]:8080", "", ["retry"]),
    (failure("refused", port="80"), "Refused", "h.example:80", "", ["retry", "edit_url", "use_wss"]),
    (failure("unreachable"), "Unreachable", "There is no route to h.example", "network or VPN", ["retry"]),
    (failure("unreachable", ip_version="6"), "Unreachable", "", "IPv6 address only", ["retry"]),
    (failure("reset", "upgrade"), "Reset", "cut while waiting for the upgrade", "firewall", ["retry"]),
    (
        failure("reset", "tls"),
        "Reset",
        "cut while setting up TLS",
        "may not speak TLS",
        ["retry", "edit_url", "use_ws"],
    ),
    (
        failure("timeout", "tcp", seconds="10"),
        "Timed out",
        "No answer in 10 s while connecting",
        "firewall",
        ["retry", "wait_longer", "edit_url"],
    ),
    (
        failure("timeout", "resolve", seconds="0.5"),
        "Timed out",
        "No answer in 0.5 s while looking up",
        "VPN",
        ["retry"],
    ),
    (
        certified("tls_host_mismatch", names=("a.example", "b.example")),
        "TLS failed",
        "belongs to a different host",
        "Valid for: a.example, b.example.",
        ["edit_url", "use_server_name", "skip_verify"],
    ),
    (failure("tls_host_mismatch", "tls"), "TLS failed", "", "not valid for h.example.", ["edit_url", "skip_verify"]),
    (
        failure("tls_host_mismatch", "tls", server_name="other.example"),
        "TLS failed",
        "",
        "not valid for other.example.",
        ["edit_url", "skip_verify"],
    ),
    (
        certified("tls_untrusted", sha256="ab" * 32),
        "TLS failed",
        "issuer is not trusted",
        "",
        ["edit_setting", "pin", "skip_verify"],
    ),
    (
        failure("tls_pin_mismatch", "tls", pinned="ab" * 32, got="cd" * 32),
        "TLS failed",
        "not the pinned certificate",
        "Pinned is AB:AB:AB:AB:AB:AB:AB:AB…, the server showed CD:CD:CD:CD:CD:CD:CD:CD….",
        ["retry", "unpin"],
    ),
    (
        failure("extension", "upgrade", objection="client_bits_8", answered="x; client_max_window_bits=8"),
        "Compression refused",
        "can't be used",
        "a window of 8 bits: 9 is the smallest",
        ["compression_off", "copy_answer"],
    ),
    (failure("tls_failed", "tls", tls_setting="No."), "TLS failed", "A TLS setting can't be used", "No.", ["retry"]),
    (
        failure("tls_refused", "tls", reason="TLSV1_ALERT_PROTOCOL_VERSION", minimum_version="1.3"),
        "TLS refused",
        "refused the TLS handshake",
        "does not speak TLS 1.3 or later",
        ["older_tls", "retry"],
    ),
    (
        failure("tls_refused", "upgrade", client_certificate="sent", client_not_after="86400"),
        "TLS refused",
        "closed after",
        "The client certificate expired on 1970-01-0",
        ["retry", "copy_technical"],
    ),
    (
        certified("tls_untrusted", issuer="Corp CA"),
        "TLS failed",
        "issuer is not trusted",
        "Issued by Corp CA.",
        ["edit_setting", "skip_verify"],
    ),
    (
        certified("tls_expired", not_after=NOW - 3 * DAY - 60),
        "TLS failed",
        "The certificate expired 3 days ago",
        "your clock says",
        ["retry", "skip_verify"],
    ),
    (certified("tls_expired", not_after=NOW - 2 * HOUR), "TLS failed", "expired 2 h ago", "Until ", ["retry"]),
    (certified("tls_expired", not_after=NOW + DAY), "TLS failed", "of the chain has expired", "", ["retry"]),
    (failure("tls_expired", "tls"), "TLS failed", "has expired", "Your clock says", ["retry"]),
    (certified("tls_not_yet_valid", not_before=NOW + DAY), "TLS failed", "not valid yet", "From ", ["retry"]),
    (failure("tls_not_spoken", "tls"), "TLS failed", "Port 8080 does not speak TLS", "", ["edit_url", "use_ws"]),
    (
        failure("tls_refused", "tls", reason="TLSV13_ALERT_CERTIFICATE_REQUIRED"),
        "TLS refused",
        "refused the TLS handshake",
        "alert: certificate required. It may want a client certificate: none was sent.",
        ["client_certificate", "retry"],
    ),
    (
        failure("tls_refused", "upgrade", client_certificate="sent"),
        "TLS refused",
        "closed after",
        "It may not accept the client certificate.",
        ["retry"],
    ),
    *(
        (
            failure("tls_failed", "tls", client_file="/x/c.pem", client_fault=fault),
            "TLS failed",
            "client cert",
            said,
            ["client_certificate", "retry"],
        )
        for fault, said in (
            ("no_certificate", "/x/c.pem holds no certificate"),
            ("no_key", "/x/c.pem holds no private key"),
            ("mismatch", "The key in /x/c.pem belongs to another certificate"),
            ("no_passphrase", "no passphrase is set"),
            ("wrong_passphrase", "passphrase for the key in /x/c.pem is wrong"),
            ("unreadable", "/x/c.pem can't be read"),
        )
    ),
    (
        failure("tls_refused", "upgrade"),
        "TLS refused",
        "closed after the TLS handshake",
        "",
        ["client_certificate", "retry"],
    ),
    (failure("tls_failed", "tls"), "TLS failed", "could not be set up", "", ["retry"]),
    (
        failure("tls_failed", "tls", ca_file="/x/ca.pem"),
        "TLS failed",
        "The CA file",
        "/x/ca.pem",
        ["edit_setting", "retry"],
    ),
    (
        failure("tls_failed", "tls", tls_setting="No SHA-256.", tls_setting_name="pinned_sha256"),
        "TLS failed",
        "A TLS setting can't be used",
        "No SHA-256.",
        ["edit_setting", "retry"],
    ),
    (
        refused(401, "Unauthorized", {"authorization": "sent"}, WWW_Authenticate="Bearer"),
        "401 Unauthorized",
        "The server wants you to sign in",
        "An Authorization header was sent; it asks for “Bearer”.",
        ["open_auth", "retry", "copy_answer"],
    ),
    (refused(401, facts={"authorization": "none"}), "401 Unauthorized", "", "No Authorization header", ["open_auth"]),
    (
        refused(403, facts={"origin": "http://o"}),
        "403 Forbidden",
        "not allowed",
        "Origin sent: http://o.",
        ["edit_headers", "open_auth"],
    ),
    (refused(404), "404 Not found", "No WebSocket at /ws", "the path does not", ["edit_url", "copy_answer"]),
    (refused(404, facts={"path": "/"}), "404 Not found", "No WebSocket at /", "", ["edit_url", "use_path"]),
    (refused(426, Upgrade="h2c"), "426 Upgrade required", "another protocol version", "Upgrade h2c", ["edit_url"]),
    (
        refused(503, Retry_After="7"),
        "503 Unavailable",
        "not ready",
        "Retry-After: 7 s.",
        ["retry_after", "auto_reconnect", "copy_answer"],
    ),
    (refused(503, Retry_After="Fri, 31 Dec 1999 23:59:59 GMT"), "503 Unavailable", "not ready", "1999", ["retry"]),
    (refused(503, Retry_After="86400"), "503 Unavailable", "not ready", "86400 s", ["retry"]),
    (refused(502), "502 Bad gateway", "not ready", "", ["retry"]),
    (
        refused(400, body=b"no token\nmore"),
        "400 Bad request",
        "refused the request",
        "“no token”",
        ["edit_url", "use_wss"],
    ),
    (
        refused(400, facts={"secure": "yes"}),
        "400 Bad request",
        "",
        "A client certificate",
        ["edit_url", "client_certificate"],
    ),
    (
        refused(500, "Internal Server Error", body=b"<html><title>Oh dear</title>"),
        "500 Internal Server",
        "refused the upgrade",
        "“Oh dear”",
        ["retry"],
    ),
    (refused(200, "OK"), "Not a WebSocket", "a web page instead", "HTTP 200", ["edit_url", "copy_answer"]),
    (
        refused(302, Location="/new"),
        "Not a WebSocket",
        "points somewhere else",
        "HTTP 302, redirected to /new",
        ["edit_url", "follow", "copy_answer"],
    ),
    (
        Failure(
            code="bad_answer",
            step="upgrade",
            facts={"header": "Upgrade", "got": "h2c", "expected": "websocket"},
            answer=answer(101),
        ),
        "Bad answer",
        "upgrade answer is wrong",
        "Upgrade: got “h2c”, expected “websocket”.",
        ["retry"],
    ),
    (
        failure("reset", "upgrade", **PROXIED),
        "Reset",
        "The connection was cut",
        "",
        ["retry", "edit_url", "edit_proxy"],
    ),
    (
        failure("no_answer", "upgrade", **PROXIED),
        "No answer",
        "closed the line",
        "",
        ["retry", "use_wss", "edit_proxy"],
    ),
    (failure("bad_answer", "upgrade", got="SSH-2.0"), "Not a WebSocket", "not speak HTTP", "“SSH-2.0”", ["edit_url"]),
    (failure("no_answer", "upgrade"), "No answer", "closed the line", "wss is expected", ["retry", "use_wss"]),
    (failure("no_answer", "upgrade", secure="yes"), "No answer", "closed the line", "", ["retry", "edit_url"]),
    (failure("no_answer", "upgrade", speaks="tls"), "No answer", "speaks TLS", "", ["use_wss"]),
    (
        failure("subprotocol", "upgrade", offered="v1, v2", answered="v9"),
        "No common subprotocol",
        "did not accept any",
        "Offered v1, v2; answered “v9”.",
        ["use_subprotocol", "offer_no_subprotocol", "copy_answer"],
    ),
    (failure("extension", "upgrade", answered="x-foo"), "Extension refused", "", "“x-foo”", ["compression_on"]),
    (
        failure("too_big", "open", limit="16777216", size="20000000", refused_by="us"),
        "Message too big",
        "passed the limit of 16 MiB",
        "Refused by you, size 19.1 MiB.",
        ["reconnect", "raise_limit"],
    ),
    (
        failure("invalid_text", "open", offset="1234", hex="ff fe", side="server"),
        "Invalid text",
        "not valid UTF-8",
        "Byte 1,234: ff fe. Sent by the server",
        ["reconnect"],
    ),
    (
        failure("invalid_text", "open", where="close reason", offset="2", hex="ff"),
        "Invalid text",
        "A close reason",
        "Byte 2",
        ["reconnect"],
    ),
    (
        failure("protocol_error", "open", rule="masked frame from server"),
        "Protocol error",
        "broke the WebSocket rules",
        "Masked frame from server.",
        ["reconnect"],
    ),
    (
        failure("lost", "open", last_message="12.3", last_pong="0.4"),
        "Lost",
        "without a goodbye",
        "No close frame; last message 12 s ago, last pong 0.4 s ago.",
        ["reconnect"],
    ),
    (
        failure("lost", "open", open="60.2"),
        "Lost",
        "without a goodbye",
        "no message had come",
        ["reconnect", "keepalive", "auto_reconnect"],
    ),
    (failure("lost", "open", open="60.2", auto_pong="off"), "Lost", "", "", ["reconnect", "edit_setting"]),
    (failure("lost", "open", open="60.2", last_message="0.1"), "Lost", "", "", ["reconnect", "auto_reconnect"]),
    (failure("lost", "open", pong_timeout="20"), "Lost", "No pong came within 20 s", "given up", ["reconnect"]),
    (failure("cancelled"), "Cancelled", "cancelled", "", ["retry"]),
    (
        failure("storage", "storage", what="The disk is full.", path="/p", advice="Choose another folder."),
        "Not recorded",
        "can't be recorded",
        "The disk is full. At /p. Choose another folder.",
        ["retry"],
    ),
    (
        failure("unix_socket", unix_socket="/run/s", fault="missing"),
        "No Unix socket",
        "There is no Unix socket at /run/s",
        "makes it when it starts",
        ["edit_network", "retry"],
    ),
    (failure("unix_socket", unix_socket="/s", fault="unsupported"), "No Unix socket", "on this system", "Windows", []),
    (
        failure("name_not_found", "resolve", ip_version="6"),
        "No such host",
        "“h.example” has no IPv6 address",
        "IPv6 only",
        ["edit_network", "edit_url"],
    ),
    (
        Failure(code="proxy_auth", step="proxy", facts=PROXIED | {"proxy_login": "none"}, answer=answer(407)),
        "Proxy sign-in",
        "The proxy p.example wants a user name and password",
        "Your server was never reached.",
        ["sign_in_to_proxy", "no_proxy", "copy_answer"],
    ),
    (
        failure("proxy_auth", "proxy", **(PROXIED | {"proxy_login": "sent", "reason": "HTTP 407"})),
        "Proxy sign-in",
        "The proxy p.example did not accept the user name and password",
        "It says: HTTP 407. Your server was never reached.",
        ["sign_in_to_proxy", "no_proxy"],
    ),
    *(
        (
            failure("proxy_failed", "proxy", **PROXIED, fault=fault),
            "Proxy failed",
            title,
            "never reached",
            ["edit_proxy"],
        )
        for fault, title in (
            ("not_found", "The proxy p.example could not be found"),
            ("not_listening", "The proxy p.example:3128 is not listening"),
            ("unreachable", "There is no route to the proxy p.example"),
            ("closed", "The proxy p.example:3128 closed the line"),
            ("refused", "The proxy p.example:3128 refused: HTTP 403"),
            ("not_a_proxy", "p.example:3128 is no HTTP proxy"),
            ("setting", "The proxy's address can't be used"),
        )
    ),
    (
        failure("timeout", "tcp", **PROXIED, seconds="10"),
        "Timed out",
        "No answer in 10 s while connecting",
        "to the proxy p.example:3128",
        ["retry", "edit_proxy", "no_proxy"],
    ),
    (
        refused(302, facts={"redirect": "leaves_tls", "secure": "yes"}, Location="http://h/"),
        "Not a WebSocket",
        "points somewhere else",
        "It leads out of TLS, so it is not followed.",
        ["edit_url", "copy_answer"],
    ),
    (
        failure("auth_failed", "auth", auth_fault="client", error="invalid_client", description="unknown"),
        "Not signed in",
        "The client ID or secret was not accepted",
        "It says “invalid_client”: “unknown”. The WebSocket server was not asked.",
        ["open_auth", "retry"],
    ),
    (
        failure("auth_failed", "auth", auth_fault="browser", seconds="300"),
        "Not signed in",
        "Nobody signed in within 5 min",
        "The browser did not come back",
        ["open_auth", "retry"],
    ),
    (
        failure("auth_failed", "upgrade", auth_fault="digest_algorithm", asked="SHA3-256"),
        "Not signed in",
        "The server's Digest can't be answered",
        "It wants “SHA3-256”; MD5, SHA-256 and SHA-512-256 are known here.",
        ["open_auth", "retry"],
    ),
    (failure("auth_failed", "auth"), "Not signed in", "The sign-in failed", "", ["open_auth"]),
    (failure("internal"), "Our failure", "Wireyard failed", "", ["copy_technical"]),
]


@pytest.mark.parametrize(
    ("case", "pill", "title", "explanation", "remedies"), CASES, ids=lambda value: getattr(value, "code", "")
)
def test_the_words_are_those_of_the_design(
    case: Failure, pill: str, title: str, explanation: str, remedies: list[str]
) -> None:
    said = words(case)
    assert said.pill == pill
    assert title in said.title
    assert explanation in said.explanation
    assert [remedy.id for remedy in said.remedies][: len(remedies)] == remedies


def test_every_kind_of_failure_is_among_the_cases() -> None:
    assert {case.code for case, *_ in CASES} == set(get_args(FailureCode))


@pytest.mark.parametrize("code", get_args(FailureCode))
def test_a_failure_without_facts_has_words_too(code: FailureCode) -> None:
    check_tone(words(Failure(code=code, step="open")))


@pytest.mark.parametrize("case", [case for case, *_ in CASES], ids=lambda case: case.code)
def test_the_tone_holds(case: Failure) -> None:
    check_tone(words(case))


@pytest.mark.parametrize("status", [*range(300, 310), *range(400, 430), *range(500, 512)])
@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"<!doctype html><p>x", b"word " * 1000])
def test_any_refusal_has_words(status: int, body: bytes) -> None:
    check_tone(words(refused(status, "Some Very Long Reason Indeed", body=body)))


def check_tone(said: FailureWords) -> None:
    assert 1 <= len(said.pill.split()) <= 3
    assert said.title
    assert not said.title.endswith(".")
    assert said.explanation.endswith((".", "…"))
    assert len(said.remedies) <= 3
    for text in (said.pill, said.title, said.explanation):
        assert "\n" not in text
        assert "!" not in text
        assert "Oops" not in text
    assert len(re.findall(r"[.…](?: |$)", said.explanation)) <= 4
    for remedy in said.remedies:
        assert remedy.title
        assert remedy.button
        assert remedy.explanation.endswith(".")
        if remedy.id == "skip_verify":
            assert "For this request only" in remedy.explanation


def test_a_redirect_is_followed_from_the_address_that_was_asked() -> None:
    remedies = {remedy.id: remedy.value for remedy in words(refused(302, Location="../b?y=2")).remedies}
    assert remedies["follow"] == "ws://h.example:8080/b?y=2"


def test_nobody_is_led_out_of_tls_by_one_click() -> None:
    said = words(refused(302, facts={"secure": "yes"}, Location="http://h.example/"))
    assert "follow" not in {remedy.id for remedy in said.remedies}


def test_a_body_that_is_still_packed_is_not_quoted() -> None:
    packed = Answer(status=418, body=b"gibberish", packed_as="br")
    assert "gibberish" not in words(Failure(code="status", step="upgrade", answer=packed)).explanation


def test_a_redirect_to_something_else_is_not_offered() -> None:
    for target in ("ftp://h/", "javascript:x", "http://[bad/"):
        assert "follow" not in {remedy.id for remedy in words(refused(302, Location=target)).remedies}


def test_the_limit_to_raise_to_takes_the_message() -> None:
    said = words(failure("too_big", "open", limit="1000", size="5000000", refused_by="us"))
    assert [remedy.value for remedy in said.remedies if remedy.id == "raise_limit"] == [str(8 << 20)]
