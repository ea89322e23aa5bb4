"""A name for each session that no other has, and that sorts by the time it began."""

from __future__ import annotations

import secrets

import wireyard
from wireyard.domain.clock import now
from wireyard.domain.request import ConnectRequest
from wireyard.domain.session import SessionInfo
from wireyard.exchange.redact_values import hide_in_info
from wireyard.exchange.secret_values import NO_SECRETS, SecretValues

# Crockford's alphabet: no letter that reads like a digit, so that an id can be typed from a screen.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_CHARS = 10
_CHANCE_CHARS = 6


def new_session(
    request: ConnectRequest,
    name: str = "",
    *,
    request_id: str = "",
    label: str = "",
    values: SecretValues = NO_SECRETS,
) -> SessionInfo:
    """The head of a session that begins now with this request; see `SessionInfo` for the names.

    The head is what lists of sessions show, so that the ``values`` of secrets never get into it.
    """
    ts_ns = now().ts_ns
    info = SessionInfo(
        id=session_id(ts_ns),
        url=request.url,
        created_ts_ns=ts_ns,
        name=name,
        subprotocols=request.subprotocols,
        app_version=wireyard.__version__,
        request=request_id,
        label=label,
    )
    return hide_in_info(info, values) if values else info


def session_id(ts_ns: int) -> str:
    """Sixteen letters and digits: the millisecond, then chance."""
    return _spelled(ts_ns // 1_000_000, _TIME_CHARS) + _spelled(secrets.randbits(5 * _CHANCE_CHARS), _CHANCE_CHARS)


def _spelled(number: int, size: int) -> str:
    letters: list[str] = []
    for _ in range(size):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    return "".join(reversed(letters))
