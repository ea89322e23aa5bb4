"""Words for a sign-in that failed, before the connection or in answer to the server's 401."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from wireyard.domain.failure import Failure
from wireyard.session.wording import phrases, remedies
from wireyard.session.wording.model import FailureWords, Remedy
from wireyard.session.wording.upgrade import body_line

_NEVER_ASKED = "The WebSocket server was not asked."
_GRANTS = {
    "client_credentials": "the client credentials",
    "password": "the user name and password",
    "authorization_code": "the code that the browser brought",
}


def failed(failure: Failure) -> FailureWords:
    """One of the kinds in ``auth_fault``."""
    title, explanation = _TITLES.get(failure.facts.get("auth_fault", ""), _other)(failure)
    asked = _NEVER_ASKED if failure.step == "auth" else ""
    return FailureWords(
        pill="Not signed in",
        title=title,
        explanation=phrases.together(explanation, asked),
        remedies=(remedies.OPEN_AUTH, remedies.RETRY, *_evidence(failure)),
    )


def _evidence(failure: Failure) -> tuple[Remedy, ...]:
    if failure.answer is not None:
        return (remedies.COPY_ANSWER,)
    return (remedies.COPY_TECHNICAL,) if failure.technical else ()


def _unreachable(failure: Failure) -> tuple[str, str]:
    why, more = failure.facts.get("why", ""), failure.facts.get("why_more", "")
    explanation = phrases.together(phrases.sentence(why), more)
    return f"The token endpoint {_endpoint(failure)} could not be asked", explanation


def _client(failure: Failure) -> tuple[str, str]:
    return "The client ID or secret was not accepted", _said(failure)


def _grant(failure: Failure) -> tuple[str, str]:
    shown = _GRANTS.get(failure.facts.get("grant", ""), "the sign-in")
    return f"{_endpoint(failure)} did not accept {shown}", _said(failure)


def _token_refused(failure: Failure) -> tuple[str, str]:
    return f"{_endpoint(failure)} gave no token", _said(failure)


def _no_token(failure: Failure) -> tuple[str, str]:
    status = failure.facts.get("status", "")
    line = body_line(failure.answer) if failure.answer is not None else ""
    said = f"It says {phrases.quoted(line)}." if line else ""
    explanation = phrases.together(f"It answered HTTP {status}, without a token in it.", said)
    return f"{_endpoint(failure)} is no token endpoint", explanation


def _state(_failure: Failure) -> tuple[str, str]:
    return (
        "The browser's answer does not belong to this sign-in",
        "Its state is another one: it may be from an earlier attempt, or somebody else's. Nothing of it was used.",
    )


def _denied(failure: Failure) -> tuple[str, str]:
    if failure.facts.get("error") == "access_denied":
        return "The sign-in was refused in the browser", phrases.sentence(failure.facts.get("description", ""))
    return "The sign-in failed in the browser", _said(failure)


def _no_code(_failure: Failure) -> tuple[str, str]:
    return "The browser came back without a code", "The authorization address may be of another kind of server."


def _browser(failure: Failure) -> tuple[str, str]:
    seconds = float(failure.facts.get("seconds", "0") or "0")
    why = "The browser did not come back: the page was closed, or the server allows no redirects to http://127.0.0.1."
    return f"Nobody signed in within {phrases.duration(seconds)}", why


def _digest_password(_failure: Failure) -> tuple[str, str]:
    return (
        "The user name or password was not accepted",
        "The server was answered by Digest, and asked again.",
    )


def _digest_algorithm(failure: Failure) -> tuple[str, str]:
    asked = failure.facts.get("asked", "")
    return (
        "The server's Digest can't be answered",
        f"It wants {phrases.quoted(asked)}; MD5, SHA-256 and SHA-512-256 are known here.",
    )


def _digest_qop(failure: Failure) -> tuple[str, str]:
    asked = failure.facts.get("asked", "")
    return (
        "The server's Digest can't be answered",
        f"It wants {phrases.quoted(asked)} as quality of protection; “auth” is known here.",
    )


def _digest_challenge(failure: Failure) -> tuple[str, str]:
    missing = failure.facts.get("missing", "")
    return "The server's Digest challenge is incomplete", f"It has no {missing} (RFC 7616 section 3.3)."


def _no_digest(failure: Failure) -> tuple[str, str]:
    asked = failure.facts.get("asked", "")
    return (
        "The server does not want Digest",
        f"It asks for {phrases.quoted(asked)} instead." if asked else "It does not say what it wants.",
    )


def _other(failure: Failure) -> tuple[str, str]:
    return "The sign-in failed", _said(failure)


_TITLES: dict[str, Callable[[Failure], tuple[str, str]]] = {
    "unreachable": _unreachable,
    "client": _client,
    "grant": _grant,
    "token_refused": _token_refused,
    "no_token": _no_token,
    "state": _state,
    "denied": _denied,
    "no_code": _no_code,
    "browser": _browser,
    "digest_password": _digest_password,
    "digest_algorithm": _digest_algorithm,
    "digest_qop": _digest_qop,
    "digest_challenge": _digest_challenge,
    "no_digest": _no_digest,
}


def _endpoint(failure: Failure) -> str:
    """The endpoint's host: its path is for the settings, and a query may hold a secret."""
    address = failure.facts.get("endpoint", "")
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or "The token endpoint"
    except ValueError:
        return "The token endpoint"


def _said(failure: Failure) -> str:
    error, described = failure.facts.get("error", ""), failure.facts.get("description", "")
    said = f"It says {phrases.quoted(error)}" + (f": {phrases.quoted(described)}." if described else ".")
    return said if error else f"It answered HTTP {failure.facts.get('status', '')}."
