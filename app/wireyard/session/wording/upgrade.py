"""Words for the upgrade step: what the server answered instead of switching (rows 7–12, 21, 22, 24, 25, 30 and 31)."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from wireyard.domain.failure import Answer, Failure
from wireyard.session.wording import phrases, remedies, trust
from wireyard.session.wording.model import FailureWords, Remedy

_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
# Why a redirect ended here although redirects are followed.
_WHY_NOT_FOLLOWED = {
    "leaves_tls": "It leads out of TLS, so it is not followed.",
    "too_many": "Too many redirects were followed already.",
    "no_address": "That is no WebSocket address.",
}


def status(failure: Failure) -> FailureWords:
    """An HTTP status other than 101."""
    answer = failure.answer
    if answer is None:
        return bad_answer(failure)
    if answer.status < 400:
        return not_websocket(failure)
    special = _SPECIAL.get(answer.status)
    if special is not None:
        return special(answer, failure)
    retry_after = header(answer, "retry-after")
    said = body_line(answer)
    return FailureWords(
        pill=_pill(answer),
        title="The server refused the upgrade",
        explanation=phrases.together(
            f"Retry-After: {retry_after}." if retry_after else "",
            f"It says {phrases.quoted(said)}." if said else f"It answered HTTP {answer.status} and no more.",
        ),
        remedies=(remedies.retry_after(retry_after), remedies.EDIT_URL, remedies.COPY_ANSWER),
    )


def not_websocket(failure: Failure) -> FailureWords:
    """A page, or a pointer to somewhere else."""
    answer = failure.answer
    if answer is None:
        return bad_answer(failure)
    target, why_not = _redirect(answer, failure), _WHY_NOT_FOLLOWED.get(failure.facts.get("redirect", ""), "")
    offered: tuple[Remedy, ...] = (remedies.follow(target),) if target else ()
    where = header(answer, "location")
    if 300 <= answer.status < 400:
        title = "The server points somewhere else"
        explanation = f"HTTP {answer.status}, redirected to {where}." if where else f"HTTP {answer.status}."
        explanation = phrases.together(explanation, why_not)
    else:
        title = "The server sent a web page instead"
        explanation = f"HTTP {answer.status}. The host works, but there is no WebSocket at this path."
    return FailureWords(
        pill="Not a WebSocket",
        title=title,
        explanation=explanation,
        remedies=(remedies.EDIT_URL, *offered, remedies.COPY_ANSWER),
    )


def bad_answer(failure: Failure) -> FailureWords:
    """A 101 that breaks the rules of the opening handshake, or something that is not HTTP at all."""
    facts = failure.facts
    name, got, expected = facts.get("header", ""), facts.get("got", ""), facts.get("expected", "")
    if failure.answer is None:
        return FailureWords(
            pill="Not a WebSocket",
            title="This port does not speak HTTP",
            explanation=phrases.together(
                f"It answered {phrases.quoted(got)}." if got else "", "Another kind of server may listen there."
            ),
            remedies=(remedies.EDIT_URL, *_with_tls(failure), remedies.COPY_TECHNICAL),
        )
    detail = ""
    if name:
        detail = f"{name}: got {phrases.quoted(got)}" if got else f"{name} is missing"
        detail += f", expected {phrases.quoted(expected)}." if expected else "."
    return FailureWords(
        pill="Bad answer",
        title="The server's upgrade answer is wrong",
        explanation=phrases.together(detail, "A proxy on the way may have changed it." if name else "")
        or "It does not follow the WebSocket handshake (RFC 6455 section 4).",
        remedies=(remedies.RETRY, *(remedies.through(failure) or (remedies.EDIT_URL,)), remedies.COPY_ANSWER),
    )


def no_answer(failure: Failure) -> FailureWords:
    """The connection ended before there was an answer."""
    if failure.facts.get("speaks") == "tls":
        return FailureWords(
            pill="No answer",
            title="This port speaks TLS",
            explanation="The server answered with a TLS alert to a request that was not encrypted.",
            remedies=(remedies.USE_WSS, remedies.EDIT_URL),
        )
    return FailureWords(
        pill="No answer",
        title="The server closed the line before answering",
        explanation="Common when wss is expected, or when a proxy on the way filters upgrades.",
        remedies=(remedies.RETRY, *_with_tls(failure), *(remedies.through(failure) or (remedies.EDIT_URL,))),
    )


def subprotocol(failure: Failure) -> FailureWords:
    """The server answered a subprotocol that was not offered."""
    offered, answered = failure.facts.get("offered", ""), failure.facts.get("answered", "")
    said = f"answered {phrases.quoted(answered)}" if answered else "answered none of them"
    use = (remedies.use_subprotocol(answered),) if re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", answered) else ()
    return FailureWords(
        pill="No common subprotocol",
        title="The server did not accept any subprotocol you offered"
        if offered
        else "The server chose a subprotocol that was not offered",
        explanation=f"Offered {offered or 'none'}; {said}.",
        remedies=(*use, *((remedies.OFFER_NO_SUBPROTOCOL,) if offered else ()), remedies.COPY_ANSWER),
    )


_OBJECTIONS = {
    "client_bits_8": "It wants us to compress with a window of 8 bits: 9 is the smallest that can be done here.",
    "client_bits": "It allows us a larger window than was offered, which is against RFC 7692.",
    "server_bits": "It does not agree to the window that was asked of it.",
    "server_takeover": "It does not agree to compress each message on its own, which was asked of it.",
    "parameter": "It has a parameter that RFC 7692 does not know, or one twice.",
}


def extension(failure: Failure) -> FailureWords:
    """The server switched something on that was not offered."""
    offered, answered = failure.facts.get("offered", ""), failure.facts.get("answered", "")
    if objection := _OBJECTIONS.get(failure.facts.get("objection", "")):
        return FailureWords(
            pill="Compression refused",
            title="The server's compression can't be used",
            explanation=phrases.together(objection, f"It answered {phrases.quoted(answered)}."),
            remedies=(remedies.COMPRESSION_OFF, remedies.COPY_ANSWER),
        )
    return FailureWords(
        pill="Extension refused",
        title="The server chose an extension you did not offer",
        explanation=f"It answered {phrases.quoted(answered)}." if answered else "The technical detail names it.",
        remedies=(remedies.COMPRESSION_OFF if offered else remedies.COMPRESSION_ON, remedies.COPY_ANSWER),
    )


def header(answer: Answer, name: str) -> str:
    """The values of one header, or an empty text."""
    return ", ".join(value for key, value in answer.headers if key.lower() == name)


def body_line(answer: Answer) -> str:
    """What the body says, in one line: a page's title, or the first line of a text."""
    if answer.packed_as:
        return ""
    body = answer.body[:65536]
    found = _TITLE.search(body)
    if found is not None:
        return found[1].decode("utf-8", "replace").strip()
    if body.lstrip()[:1] == b"<":
        return ""
    return next((line.strip() for line in body.decode("utf-8", "replace").splitlines() if line.strip()), "")


def _pill(answer: Answer) -> str:
    # Three words are what a pill has room for, and the reason is the server's own text.
    words = [word for word in answer.reason.split() if word.isprintable()]
    return " ".join([str(answer.status), *words[:2]])[:32]


def _bad_request(answer: Answer, failure: Failure) -> FailureWords:
    said = body_line(answer)
    is_sent = failure.facts.get("client_certificate") == "sent"
    is_secure = failure.facts.get("secure") == "yes"
    wants_more = is_secure and not is_sent
    # Without TLS: so do nginx and Apache answer on a port that is for TLS.
    other = remedies.ADD_CLIENT_CERTIFICATE if wants_more else remedies.RETRY if is_secure else remedies.USE_WSS
    return FailureWords(
        pill="400 Bad request",
        title="The server refused the request",
        explanation=phrases.together(
            f"It says {phrases.quoted(said)}." if said else "",
            trust.client_certificate_guess(failure)
            if is_sent
            else "A client certificate that it wants and did not get is a common cause."
            if wants_more
            else "",
        )
        or "It does not say why.",
        remedies=(remedies.EDIT_URL, other, remedies.COPY_ANSWER),
    )


def _unauthorized(answer: Answer, failure: Failure) -> FailureWords:
    asked = header(answer, "www-authenticate")
    wants = f"it asks for {phrases.quoted(asked)}" if asked else "it does not say what it wants"
    is_sent = failure.facts.get("authorization", "none") != "none"
    return FailureWords(
        pill="401 Unauthorized",
        title="The server wants you to sign in",
        explanation=f"{'An' if is_sent else 'No'} Authorization header was sent; {wants}.",
        remedies=(remedies.OPEN_AUTH, remedies.RETRY, remedies.COPY_ANSWER),
    )


def _forbidden(answer: Answer, failure: Failure) -> FailureWords:
    return FailureWords(
        pill="403 Forbidden",
        title="Signed in or not, this is not allowed",
        explanation=f"Often the Origin header or an IP rule. Origin sent: {failure.facts.get('origin') or 'none'}.",
        remedies=(remedies.CHANGE_ORIGIN, remedies.OPEN_AUTH, remedies.COPY_ANSWER),
    )


def _not_found(answer: Answer, failure: Failure) -> FailureWords:
    path = failure.facts.get("path", "").partition("?")[0]
    return FailureWords(
        pill="404 Not found",
        title=f"No WebSocket at {path}" if path else "No WebSocket at this path",
        explanation="The host works, the path does not.",
        remedies=(
            remedies.EDIT_URL,
            *(() if path.rstrip("/") == "/ws" else (remedies.use_path("/ws"),)),
            remedies.COPY_ANSWER,
        ),
    )


def _upgrade_required(answer: Answer, failure: Failure) -> FailureWords:
    wants = [
        f"{name} {value}"
        for name, value in (
            ("Upgrade", header(answer, "upgrade")),
            ("version", header(answer, "sec-websocket-version")),
        )
        if value
    ]
    return FailureWords(
        pill="426 Upgrade required",
        title="The server wants another protocol version",
        explanation=phrases.together(
            f"It asks for {', '.join(wants)}." if wants else "",
            "A proxy on the way may have removed the Upgrade header.",
        ),
        remedies=(remedies.EDIT_URL, remedies.RETRY, *(remedies.through(failure) or (remedies.COPY_ANSWER,))),
    )


def _unavailable(answer: Answer, failure: Failure) -> FailureWords:
    names = {502: "502 Bad gateway", 503: "503 Unavailable", 504: "504 Gateway timeout"}
    retry_after = header(answer, "retry-after")
    wait = f"Retry-After: {retry_after}{' s' if retry_after.isdigit() else ''}." if retry_after else ""
    return FailureWords(
        pill=names[answer.status],
        title="The service is not ready",
        explanation=phrases.together("The gateway answered for it.", wait),
        remedies=(remedies.retry_after(retry_after), remedies.AUTO_RECONNECT, remedies.COPY_ANSWER),
    )


_SPECIAL = {
    400: _bad_request,
    401: _unauthorized,
    403: _forbidden,
    404: _not_found,
    426: _upgrade_required,
    502: _unavailable,
    503: _unavailable,
    504: _unavailable,
}


def _redirect(answer: Answer, failure: Failure) -> str:
    where, host = header(answer, "location"), failure.facts.get("host", "")
    if not where or not host or not 300 <= answer.status < 400 or "redirect" in failure.facts:
        return ""
    scheme = "https" if failure.facts.get("secure") == "yes" else "http"
    shown = f"[{host}]" if ":" in host else host
    try:
        target = urljoin(f"{scheme}://{shown}:{failure.facts.get('port', '')}{failure.facts.get('path', '')}", where)
    except ValueError:
        return ""  # the server's own text, and no URL
    # Out of TLS nobody is led by one click.
    schemes = "(?:http|ws)s://" if scheme == "https" else "(?:http|ws)s?://"
    return re.sub("^http", "ws", target) if re.match(schemes, target) else ""


def _with_tls(failure: Failure) -> tuple[Remedy, ...]:
    return () if failure.facts.get("secure") == "yes" else (remedies.USE_WSS,)
