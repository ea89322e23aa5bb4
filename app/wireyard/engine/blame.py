"""From what went wrong while connecting to a `Failure`: by exception type, number, step and headers, never by prose.

Facts that may be there, all text. Everywhere: ``host``, ``port``, ``secure`` (yes or no). By code:

- ``timeout``: ``seconds``. The failure's ``step`` says during what.
- ``unreachable``: ``ip_version`` (4, 6 or both). ``name_not_found``: ``ip_version``, where only that one is wanted.
- ``unix_socket``: ``unix_socket`` (its path), ``fault`` (missing, refused, denied, unsupported, failed).
- with a proxy, see `wireyard.engine.blame_proxy`.
- ``tls_*``: the certificates in ``failure.chain``, the server's own in ``failure.certificate`` too; ``verify_code``,
  ``reason`` (OpenSSL's name of it), ``now`` (seconds since 1970); ``server_name`` where one was set;
  ``tls_pin_mismatch``: ``pinned`` and ``got``; ``tls_refused``: ``client_certificate`` (sent, none sent),
  ``client_not_after`` (seconds since 1970), ``minimum_version``; a CA file that can't be read: ``ca_file``; a client
  certificate that can't be used: ``client_file`` and ``client_fault``; another setting: ``tls_setting``, a
  sentence, and ``tls_setting_name``.
- ``status`` and ``not_websocket``: ``status``, ``reason``, ``path``, ``body_first_line``, ``location``,
  ``www_authenticate``, ``authorization`` (sent or none), ``origin``, ``retry_after``, ``upgrade``,
  ``sec_websocket_version``, ``content_type``; the whole in ``failure.answer``.
- ``bad_answer``: ``header``, ``got``, ``expected``. ``subprotocol``: ``offered``, ``answered``. ``extension``:
  ``offered``, ``answered``, and ``objection`` (see `wireyard.engine.deflate`) where it was permessage-deflate.
- ``no_answer``: ``received`` (bytes), ``speaks`` (tls, when the answer was a TLS alert to plain text).
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
import time

from websockets.exceptions import InvalidHeader, NegotiationError, TooManyHeaders
from websockets.headers import build_extension
from websockets.http11 import MAX_LINE_LENGTH, MAX_NUM_HEADERS, Request
from websockets.utils import accept_key

from wireyard.domain.failure import Answer, Certificate, Chain, Failure, FailureCode, FailureStep
from wireyard.engine.address import Address
from wireyard.engine.answer import MAX_HEAD_BYTES, head_size, header_of
from wireyard.engine.client_certificate import ClientCertificateError
from wireyard.engine.handshake import RejectedError
from wireyard.engine.resolve import Endpoint
from wireyard.engine.tcp import kind_of
from wireyard.engine.trust import TlsSettingError, TrustError
from wireyard.engine.wire import WireProtocol

_TLS_ALERT = b"\x15\x03"
_FACT_CHARS = 300
_HEADER_LINE = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\x00-\x08\x0a-\x1f\x7f]*")
# X509_V_ERR_… of OpenSSL; SecTrust's and CryptoAPI's results where truststore asks those instead.
_VERIFY_CODES: dict[int, FailureCode] = {
    62: "tls_host_mismatch",
    64: "tls_host_mismatch",
    18: "tls_untrusted",
    19: "tls_untrusted",
    20: "tls_untrusted",
    21: "tls_untrusted",
    10: "tls_expired",
    9: "tls_not_yet_valid",
    -67602: "tls_host_mismatch",
    -67843: "tls_untrusted",
    -67818: "tls_expired",
    -67819: "tls_not_yet_valid",
    0x800B010F: "tls_host_mismatch",
    0x800B0109: "tls_untrusted",
    0x800B010A: "tls_untrusted",
    0x800B0101: "tls_expired",
}
_NOT_TLS_REASONS = {
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "UNKNOWN_PROTOCOL",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
    "RECORD_TOO_SMALL",
    "BAD_RECORD_TYPE",
    "INVALID_RECORD_TYPE",
}
# The server chose a version that we don't take.
_VERSION_REASONS = {"UNSUPPORTED_PROTOCOL", "VERSION_TOO_LOW"}
_NAME_UNKNOWN = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def blame_lookup(error: Exception, facts: dict[str, str]) -> Failure:
    """Say why a name has no address."""
    is_unknown = not isinstance(error, socket.gaierror) or error.errno in _NAME_UNKNOWN
    code: FailureCode = "name_not_found" if is_unknown else "name_lookup_failed"
    return Failure(code=code, step="resolve", technical=_technical(error), facts=facts)


def blame_tcp(error: OSError, endpoints: list[Endpoint], facts: dict[str, str]) -> Failure:
    """Say why no address could be connected to; ``error`` is the most telling one."""
    codes: dict[str, FailureCode] = {"refused": "refused", "reset": "reset", "timeout": "timeout"}
    families = {endpoint.family for endpoint in endpoints}
    version = "both" if len(families) > 1 else "6" if socket.AF_INET6 in families else "4"
    code = codes.get(kind_of(error), "unreachable")
    return Failure(code=code, step="tcp", technical=_technical(error), facts=facts | {"ip_version": version})


def blame_unix_socket(error: Exception, facts: dict[str, str]) -> Failure:
    """Say why a Unix socket could not be connected to: ``fault`` is one of those below, or "failed"."""
    number = error.errno if isinstance(error, OSError) else None
    faults = {
        errno.ENOENT: "missing",
        errno.ENOTDIR: "missing",
        errno.ECONNREFUSED: "refused",
        errno.EACCES: "denied",
        errno.EPERM: "denied",
        errno.ENOTSOCK: "refused",
        errno.EAFNOSUPPORT: "unsupported",
    }
    fault = faults.get(number or 0, "failed")
    return Failure(code="unix_socket", step="tcp", technical=_technical(error), facts=facts | {"fault": fault})


def blame_trust(error: TrustError, facts: dict[str, str]) -> Failure:
    """Say that the extra CA file can't be used."""
    return Failure(code="tls_failed", step="tls", technical=str(error), facts=facts | {"ca_file": error.ca_file})


def blame_client_certificate(error: ClientCertificateError, facts: dict[str, str]) -> Failure:
    """Say that our own certificate can't be used."""
    facts = facts | {"client_certificate": "none sent", "client_file": error.file, "client_fault": error.fault}
    return Failure(code="tls_failed", step="tls", technical=str(error), facts=facts)


def blame_tls_setting(error: TlsSettingError, facts: dict[str, str]) -> Failure:
    """Say which setting can't be meant."""
    facts = facts | {"tls_setting": str(error), "tls_setting_name": error.name}
    return Failure(code="tls_failed", step="tls", technical=str(error), facts=facts)


def blame_pin(pinned: str, facts: dict[str, str], chain: Chain | None) -> Failure:
    """Say that the certificate is not the one that was pinned."""
    certificate = chain.certificates[0] if chain else None
    facts = facts | {"pinned": pinned, "got": certificate.sha256 if certificate else ""}
    return Failure(code="tls_pin_mismatch", step="tls", facts=facts, certificate=certificate, chain=chain)


def blame_tls(error: OSError, facts: dict[str, str], chain: Chain | None = None) -> Failure:
    """Say why the TLS handshake failed."""
    code: FailureCode = "tls_failed"
    certificate = chain.certificates[0] if chain else None
    if isinstance(error, ssl.SSLCertVerificationError):
        verify_code = getattr(error, "verify_code", 0)
        code = _by_dates(_VERIFY_CODES.get(verify_code, "tls_failed"), certificate)
        facts = facts | {"verify_code": str(verify_code), "now": str(int(time.time()))}
    elif isinstance(error, ssl.SSLError):
        reason = error.reason or ""
        if reason in _NOT_TLS_REASONS:
            code = "tls_not_spoken"
        elif "_ALERT_" in reason or reason in _VERSION_REASONS:
            code = "tls_refused"
        elif isinstance(error, ssl.SSLEOFError):
            code = "reset"
        facts = {"client_certificate": "none sent"} | facts | {"reason": reason}
    elif isinstance(error, TimeoutError):
        code = "timeout"
    else:
        code = "reset"
    technical = _technical(error)
    return Failure(code=code, step="tls", technical=technical, facts=facts, certificate=certificate, chain=chain)


def blame_rejection(
    rejection: RejectedError, protocol: WireProtocol, address: Address, request: Request, facts: dict[str, str]
) -> Failure:
    """Say why the upgrade did not happen."""
    if rejection.is_lost:
        return _blame_loss(rejection, address, facts)
    answer = rejection.answer
    if rejection.is_head_too_long and answer is not None:
        most = f"at most {MAX_HEAD_BYTES // 1024} KiB"
        facts = facts | {"header": "Size of all headers", "got": "more", "expected": most}
        return _upgrade_failure("bad_answer", rejection, facts)
    if answer is None:
        first_line = rejection.raw.split(b"\n", 1)[0][:_FACT_CHARS].decode("ascii", "backslashreplace").strip()
        if rejection.raw.startswith(_TLS_ALERT):
            facts = facts | {"received": str(len(rejection.raw)), "speaks": "tls"}
            return _upgrade_failure("no_answer", rejection, facts)
        facts = facts | {"header": "Status line", "got": first_line, "expected": "HTTP/1.1 101"}
        return _upgrade_failure("bad_answer", rejection, facts)
    if answer.status != 101:
        code: FailureCode = "not_websocket" if answer.status < 400 else "status"
        return _upgrade_failure(code, rejection, facts | _answer_facts(answer, address, request))
    return _blame_switch(rejection, protocol, facts)


def _blame_switch(rejection: RejectedError, protocol: WireProtocol, facts: dict[str, str]) -> Failure:
    """A 101 that is no WebSocket answer."""
    cause, answer = rejection.cause, rejection.answer
    assert answer is not None
    if protocol.negotiating == "subprotocol":
        offered = ", ".join(protocol.available_subprotocols or ())
        facts = facts | {"offered": offered, "answered": header_of(answer, "sec-websocket-protocol")}
        return _upgrade_failure("subprotocol", rejection, facts)
    if protocol.negotiating == "extension" or isinstance(cause, NegotiationError):
        factories = protocol.available_extensions or ()
        offered = (
            build_extension([(one.name, list(one.get_request_params())) for one in factories]) if factories else ""
        )
        facts = facts | {"offered": offered, "answered": header_of(answer, "sec-websocket-extensions")}
        if protocol.deflate is not None and protocol.deflate.objection:
            facts = facts | {"objection": protocol.deflate.objection}
        return _upgrade_failure("extension", rejection, facts)
    if isinstance(cause, InvalidHeader):
        expected = {"sec-websocket-accept": accept_key(protocol.key), "upgrade": "websocket", "connection": "Upgrade"}
        got = header_of(answer, cause.name.lower())
        facts = facts | {"header": cause.name, "got": got, "expected": expected.get(cause.name.lower(), "")}
        return _upgrade_failure("bad_answer", rejection, facts)
    return _upgrade_failure("bad_answer", rejection, facts | _odd_head(rejection.raw, cause, answer))


def _odd_head(raw: bytes, cause: BaseException | None, answer: Answer) -> dict[str, str]:
    """What of a 101's header block the library could not read."""
    if cause is not None and isinstance(cause.__cause__, TooManyHeaders):
        return {
            "header": "Number of headers",
            "got": f"{len(answer.headers):,}",
            "expected": f"at most {MAX_NUM_HEADERS}",
        }
    first_line, *lines = (line.decode("iso-8859-1").strip("\r") for line in raw[: head_size(raw)].split(b"\n"))
    if first_line.startswith("HTTP/1.1 101"):
        odd = next((line for line in lines if line and not _HEADER_LINE.fullmatch(line)), "")
        long = next((line for line in lines if len(line) > MAX_LINE_LENGTH - 2), "")
        if long:
            return {
                "header": long.partition(":")[0][:_FACT_CHARS],
                "got": f"{len(long):,} characters",
                "expected": f"at most {MAX_LINE_LENGTH - 2:,}",
            }
        if odd:
            return {"header": "Header line", "got": odd[:_FACT_CHARS], "expected": "Name: value"}
    return {"header": "Status line", "got": first_line[:_FACT_CHARS], "expected": "HTTP/1.1 101"}


def _blame_loss(rejection: RejectedError, address: Address, facts: dict[str, str]) -> Failure:
    """The connection ended before an answer: under TLS 1.3 a refused client certificate shows only here."""
    facts = facts | {"received": str(len(rejection.raw))}
    cause = rejection.cause
    is_alert = isinstance(cause, ssl.SSLError) and "_ALERT_" in (cause.reason or "")
    if address.secure and (is_alert or (facts.get("tls") == "TLSv1.3" and not rejection.raw)):
        facts = {"client_certificate": "none sent"} | facts
        if isinstance(cause, ssl.SSLError):
            facts = facts | {"reason": cause.reason or ""}
        return _upgrade_failure("tls_refused", rejection, facts)
    code: FailureCode = "reset" if isinstance(cause, OSError) else "no_answer"
    return _upgrade_failure(code, rejection, facts)


def _answer_facts(answer: Answer, address: Address, request: Request) -> dict[str, str]:
    facts = {
        "status": str(answer.status),
        "reason": answer.reason,
        "path": address.target,
        "authorization": "sent" if "Authorization" in request.headers else "none",
        "body_first_line": _first_line(answer),
    }
    names = ("location", "www-authenticate", "retry-after", "upgrade", "sec-websocket-version", "content-type")
    wanted = {name.replace("-", "_"): header_of(answer, name) for name in names}
    wanted["origin"] = ", ".join(request.headers.get_all("Origin"))
    return facts | {name: value[:_FACT_CHARS] for name, value in wanted.items() if value}


def _first_line(answer: Answer) -> str:
    if b"\0" in answer.body[:_FACT_CHARS]:
        return ""
    lines = answer.body[: 4 * _FACT_CHARS].decode("utf-8", "replace").split("\n")
    return next((line.strip()[:_FACT_CHARS] for line in lines if line.strip()), "")


def _by_dates(code: FailureCode, certificate: Certificate | None) -> FailureCode:
    """CryptoAPI has one code for expired and not yet valid: the dates tell which."""
    if code == "tls_expired" and certificate is not None and certificate.not_before > time.time():
        return "tls_not_yet_valid"
    return code


def _upgrade_failure(code: FailureCode, rejection: RejectedError, facts: dict[str, str]) -> Failure:
    step: FailureStep = "upgrade"
    technical = _technical(rejection.cause) if rejection.cause is not None else ""
    return Failure(code=code, step=step, technical=technical, facts=facts, answer=rejection.answer)


def _technical(error: BaseException) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
