"""From a failure, or an end, to its words: which table speaks for which kind."""

from __future__ import annotations

from collections.abc import Callable

from wireyard.domain.failure import Failure, FailureCode
from wireyard.session import states
from wireyard.session.wording import closing, proxying, reaching, signing_in, talk, trust, upgrade
from wireyard.session.wording.model import CloseWords, FailureWords

_BY_FAILURE: dict[FailureCode, Callable[[Failure], FailureWords]] = {
    "bad_address": reaching.bad_address,
    "bad_header": reaching.bad_header,
    "name_not_found": reaching.name_not_found,
    "name_lookup_failed": reaching.name_lookup_failed,
    "refused": reaching.refused,
    "unreachable": reaching.unreachable,
    "reset": reaching.reset,
    "timeout": reaching.timeout,
    "unix_socket": reaching.unix_socket,
    "proxy_auth": proxying.sign_in,
    "proxy_failed": proxying.failed,
    "tls_host_mismatch": trust.host_mismatch,
    "tls_untrusted": trust.untrusted,
    "tls_expired": trust.expired,
    "tls_not_yet_valid": trust.not_yet_valid,
    "tls_pin_mismatch": trust.pin_mismatch,
    "tls_not_spoken": trust.not_spoken,
    "tls_failed": trust.failed,
    "tls_refused": trust.refused,
    "status": upgrade.status,
    "not_websocket": upgrade.not_websocket,
    "bad_answer": upgrade.bad_answer,
    "no_answer": upgrade.no_answer,
    "auth_failed": signing_in.failed,
    "subprotocol": upgrade.subprotocol,
    "extension": upgrade.extension,
    "protocol_error": talk.protocol_error,
    "invalid_text": talk.invalid_text,
    "too_big": talk.too_big,
    "lost": talk.lost,
    "cancelled": talk.cancelled,
    "storage": talk.storage,
    "internal": talk.internal,
}


def words(failure: Failure) -> FailureWords:
    """The words for a failure."""
    return _BY_FAILURE[failure.code](failure)


def end_words(state: states.Closed) -> CloseWords:
    """The words for a conversation that is closed: of what ended it if something did, else of the close."""
    return closing.end_words(state, None if state.failure is None else words(state.failure))
