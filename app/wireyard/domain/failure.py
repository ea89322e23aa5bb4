"""Why something failed, as data: the words are made from it elsewhere, so that window and command line agree."""

from __future__ import annotations

from typing import Literal

import msgspec

from wireyard.domain.cookie import CookieOutcome

FailureCode = Literal[
    "bad_address",
    "bad_header",
    "name_not_found",
    "name_lookup_failed",
    "refused",
    "unreachable",
    "reset",
    "timeout",
    "unix_socket",
    "proxy_auth",
    "proxy_failed",
    "tls_host_mismatch",
    "tls_untrusted",
    "tls_expired",
    "tls_not_yet_valid",
    "tls_pin_mismatch",
    "tls_not_spoken",
    "tls_failed",
    "tls_refused",
    "status",
    "not_websocket",
    "bad_answer",
    "no_answer",
    "auth_failed",
    "subprotocol",
    "extension",
    "protocol_error",
    "invalid_text",
    "too_big",
    "lost",
    "cancelled",
    "storage",
    "internal",
]
FailureStep = Literal["address", "auth", "resolve", "tcp", "proxy", "tls", "upgrade", "open", "storage"]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered to the upgrade request, or a proxy to being asked, as far as it was received.

    ``body`` is unpacked (gzip, deflate); ``packed_as`` names a coding in which it still is, such as ``br``. ``raw`` is
    every byte as it came.
    """

    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    raw: bytes = b""
    packed_as: str = ""


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate that a server showed; times are seconds since 1970, the fingerprint is SHA-256 in hex."""

    names: tuple[str, ...] = ()
    subject: str = ""
    issuer: str = ""
    not_before: int = 0
    not_after: int = 0
    sha256: str = ""


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """The certificates that a server showed, its own first, as it sent them: unchecked, and seldom with the root.

    ``is_leaf_only`` is true where only the first could be had, so that there may have been more.
    """

    certificates: tuple[Certificate, ...] = ()
    is_leaf_only: bool = False


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One failure: which step, which kind, and the facts its wording needs.

    ``technical`` is the exception's own text, one copy-click away and never the headline. ``facts`` holds the values
    that the wording names: host, port, seconds, limit, offset and so on, as text. ``certificate`` is the first of
    ``chain``, the one that was refused. ``cookies`` says what became of those that the answer set.
    """

    code: FailureCode
    step: FailureStep
    technical: str = ""
    facts: dict[str, str] = {}
    answer: Answer | None = None
    certificate: Certificate | None = None
    chain: Chain | None = None
    cookies: tuple[CookieOutcome, ...] = ()
