"""Words for not reaching the server: the address, the name, and the TCP connection (rows 1–3, 14, 27 and 28)."""

from __future__ import annotations

import contextlib

from wireyard.domain.failure import Failure
from wireyard.session.wording import phrases, remedies
from wireyard.session.wording.model import FailureWords, Remedy
from wireyard.session.wording.steps import while_phrase


def bad_address(failure: Failure) -> FailureWords:
    """The text is no address; the fault is one sentence that points at the place."""
    fault = failure.facts.get("fault", "")
    return FailureWords(
        pill="Check address",
        title="This is not a WebSocket address",
        explanation=phrases.sentence(fault) or "It should look like wss://example.com/path.",
        remedies=(remedies.EDIT_URL,),
    )


def bad_header(failure: Failure) -> FailureWords:
    """A header or a subprotocol would break the request."""
    is_subprotocol = failure.facts.get("header", "").casefold() == "sec-websocket-protocol"
    return FailureWords(
        pill="Check headers",
        title="A header can't be sent as it is",
        explanation=phrases.sentence(failure.facts.get("fault", "")) or "Names and values must be plain text.",
        remedies=(remedies.EDIT_SUBPROTOCOLS if is_subprotocol else remedies.EDIT_HEADERS,),
    )


def name_not_found(failure: Failure) -> FailureWords:
    """The resolver says there is no such name."""
    host, version = failure.facts.get("host", "This host"), failure.facts.get("ip_version", "")
    if version:
        return FailureWords(
            pill="No such host",
            title=f"“{host}” has no IPv{version} address",
            explanation=f"This request may use IPv{version} only.",
            remedies=(remedies.EDIT_NETWORK, remedies.EDIT_URL),
        )
    return FailureWords(
        pill="No such host",
        title=f"“{host}” could not be found",
        explanation="The name has no address on this network. Some names exist only inside a company's network or VPN.",
        remedies=(remedies.EDIT_URL, remedies.RETRY),
    )


def name_lookup_failed(failure: Failure) -> FailureWords:
    """The resolver could not answer at all."""
    host = failure.facts.get("host", "the host")
    return FailureWords(
        pill="Lookup failed",
        title=f"The address of “{host}” could not be looked up",
        explanation="The name server did not answer. This computer may be offline.",
        remedies=(remedies.RETRY, remedies.EDIT_URL),
    )


def refused(failure: Failure) -> FailureWords:
    """The computer is there and the port is not."""
    port = failure.facts.get("port", "")
    return FailureWords(
        pill="Refused",
        title=f"Nothing is listening on {_place(failure)}",
        explanation="The computer answered but no program accepts connections there. The server may not be started.",
        remedies=(remedies.RETRY, remedies.EDIT_URL, *_other_scheme(port)),
    )


def unreachable(failure: Failure) -> FailureWords:
    """No route to the computer."""
    return FailureWords(
        pill="Unreachable",
        title=f"There is no route to {failure.facts.get('host', 'the host')}",
        explanation=phrases.together(
            "It has an IPv6 address only, and this network may have none."
            if failure.facts.get("ip_version") == "6"
            else "",
            "Check that this computer is on the right network or VPN.",
        ),
        remedies=(remedies.RETRY, remedies.EDIT_URL, remedies.EDIT_NETWORK),
    )


def reset(failure: Failure) -> FailureWords:
    """The connection was cut in one of the steps."""
    is_tls = failure.step == "tls"
    why = "The server, or something between here and there such as a firewall, cut it."
    return FailureWords(
        pill="Reset",
        title=f"The connection was cut {while_phrase(failure.step)}",
        explanation="The server may not speak TLS on this port, or a firewall cut it." if is_tls else why,
        remedies=(
            remedies.RETRY,
            remedies.EDIT_URL,
            *(remedies.through(failure) or ((remedies.USE_WS,) if is_tls else ())),
        ),
    )


def timeout(failure: Failure) -> FailureWords:
    """Nothing came in time."""
    seconds = 0.0
    with contextlib.suppress(ValueError):
        seconds = float(failure.facts.get("seconds", "0"))
    in_time = f" in {phrases.duration(seconds)}" if seconds else ""
    why = "A firewall may drop the traffic, or the server is overloaded."
    if failure.step == "resolve":
        why = "The name server does not answer. This computer may be offline, or a VPN is missing."
    proxy = failure.facts.get("proxy", "")
    if proxy and failure.step in ("resolve", "tcp", "proxy"):
        return FailureWords(
            pill="Timed out",
            title=f"No answer{in_time} {while_phrase(failure.step)}",
            explanation=f"It was the way to the proxy {proxy}, or through it.",
            remedies=(remedies.RETRY, remedies.EDIT_PROXY, remedies.NO_PROXY),
        )
    longer = remedies.wait_longer(max(30.0, seconds * 3))
    return FailureWords(
        pill="Timed out",
        title=f"No answer{in_time} {while_phrase(failure.step)}",
        explanation=why,
        remedies=(remedies.RETRY, longer, remedies.EDIT_URL),
    )


def unix_socket(failure: Failure) -> FailureWords:
    """A Unix socket that can't be connected to."""
    path = failure.facts.get("unix_socket", "")
    told = {
        "missing": ("There is no Unix socket at {}", "Nothing has that name. The server makes it when it starts."),
        "refused": ("Nothing is listening on {}", "It is no socket, or its server has ended."),
        "denied": ("The Unix socket {} can't be opened", "This user may not write to it."),
        "unsupported": ("Unix sockets can't be used on this system", "Python has none on Windows."),
    }
    title, why = told.get(failure.facts.get("fault", ""), ("The Unix socket {} can't be used", failure.technical))
    return FailureWords(
        pill="No Unix socket",
        title=title.format(path),
        explanation=phrases.sentence(why) or "The technical detail tells why.",
        remedies=(remedies.EDIT_NETWORK, remedies.RETRY),
    )


def _place(failure: Failure) -> str:
    host, port = failure.facts.get("host", "the host"), failure.facts.get("port", "")
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" if port else shown


def _other_scheme(port: str) -> tuple[Remedy, ...]:
    # Only where the port came from the scheme does the other scheme mean another port.
    if port == "80":
        return (remedies.USE_WSS,)
    return (remedies.USE_WS,) if port == "443" else ()
