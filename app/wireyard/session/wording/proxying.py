"""Words for a proxy that does not let us through (rows 13 and 29). The server was never reached then."""

from __future__ import annotations

from wireyard.domain.failure import Failure
from wireyard.session.wording import phrases, remedies
from wireyard.session.wording.model import FailureWords
from wireyard.session.wording.upgrade import body_line

_NEVER_REACHED = "Your server was never reached."
_TITLES = {
    "not_found": "The proxy {host} could not be found",
    "lookup_failed": "The proxy {host} could not be looked up",
    "not_listening": "The proxy {proxy} is not listening",
    "unreachable": "There is no route to the proxy {host}",
    "cut": "The proxy {proxy} cut the connection",
    "closed": "The proxy {proxy} closed the line without an answer",
    "refused": "The proxy {proxy} refused: {reason}",
    "not_a_proxy": "{proxy} is no {kind} proxy",
    "unusable": "The proxy {proxy} can't be asked for this",
    "setting": "The proxy's address can't be used",
}


def sign_in(failure: Failure) -> FailureWords:
    """It wants to know who asks, or does not believe it."""
    facts = failure.facts
    host, reason = facts.get("proxy_host", ""), facts.get("reason", "")
    is_sent = facts.get("proxy_login") == "sent"
    said = f"The proxy {host} did not accept the user name and password"
    return FailureWords(
        pill="Proxy sign-in",
        title=said if is_sent else f"The proxy {host} wants a user name and password",
        explanation=phrases.together(f"It says: {reason}." if reason else "", _NEVER_REACHED),
        remedies=(remedies.SIGN_IN_TO_PROXY, remedies.NO_PROXY, *_answer(failure)),
    )


def failed(failure: Failure) -> FailureWords:
    """Anything else."""
    facts = failure.facts
    fault = facts.get("fault", "")
    names = {
        "host": facts.get("proxy_host", ""),
        "proxy": facts.get("proxy", ""),
        "kind": facts.get("proxy_kind", ""),
        "reason": facts.get("reason", ""),
    }
    return FailureWords(
        pill="Proxy failed",
        title=_TITLES.get(fault, "The proxy {proxy} failed").format(**names),
        explanation=phrases.together(_why(failure), _NEVER_REACHED),
        remedies=(remedies.EDIT_PROXY, remedies.NO_PROXY, *_answer(failure)),
    )


def _why(failure: Failure) -> str:
    facts, answer = failure.facts, failure.answer
    fault, got = facts.get("fault", ""), facts.get("got", "")
    if fault in ("unusable", "setting"):
        return phrases.sentence(facts.get("reason", ""))
    if answer is not None:
        said = body_line(answer)
        status = f"It answered {facts.get('reason', '')}." if fault == "not_a_proxy" else ""
        return phrases.together(status, f"It says {phrases.quoted(said)}." if said else "")
    return f"It answered {phrases.quoted(got)}." if got else ""


def _answer(failure: Failure) -> tuple[remedies.Remedy, ...]:
    return (remedies.COPY_PROXY_ANSWER,) if failure.answer is not None else ()
