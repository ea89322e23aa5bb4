"""The remedies, each worded once. Skipping a check is never without its scope: this request only."""

from __future__ import annotations

from wireyard.session.wording import phrases
from wireyard.session.wording.model import Remedy

EDIT_URL = Remedy(
    id="edit_url", title="Edit the address", explanation="Check host, port and path for a slip.", button="Edit URL"
)
RETRY = Remedy(id="retry", title="Try again", explanation="The same request once more.", button="Retry")
RECONNECT = Remedy(id="reconnect", title="Reconnect", explanation="Goes on in the same timeline.", button="Reconnect")
SKIP_VERIFY = Remedy(
    id="skip_verify",
    title="Skip the certificate check",
    explanation="For this request only. Anyone on the way could then read along; the status bar says “Not verified”.",
    button="Skip check here",
)
USE_WS = Remedy(
    id="use_ws",
    title="Connect without TLS",
    explanation="Nothing is encrypted then: fine on your own computer, not on a public network.",
    button="Use ws://",
)
USE_WSS = Remedy(
    id="use_wss",
    title="Connect with TLS",
    explanation="The server may only speak TLS on this port.",
    button="Use wss://",
)
COPY_ANSWER = Remedy(
    id="copy_answer",
    title="Show the answer to the server's owner",
    explanation="Status line, headers and body as they came.",
    button="Copy answer",
)
COPY_TECHNICAL = Remedy(
    id="copy_technical",
    title="Report it",
    explanation="The technical detail tells what went wrong inside.",
    button="Copy detail",
)
OFFER_NO_SUBPROTOCOL = Remedy(
    id="offer_no_subprotocol",
    title="Offer no subprotocol",
    explanation="Many servers take a connection without one.",
    button="Offer none",
)
COMPRESSION_OFF = Remedy(
    id="compression_off",
    title="Try without compression",
    explanation="Rules out the compression extension as the cause.",
    button="Without compression",
)
COMPRESSION_ON = Remedy(
    id="compression_on",
    title="Offer compression",
    explanation="The server uses permessage-deflate without being offered it.",
    button="Offer compression",
)


def wait_longer(seconds: float) -> Remedy:
    """Raise the open timeout to this many seconds."""
    return Remedy(
        id="wait_longer",
        title="Wait longer",
        explanation=f"Allow {phrases.duration(seconds)} for the whole of connecting.",
        button=f"Wait {phrases.duration(seconds)}",
        value=f"{seconds:g}",
    )


def raise_limit(size_bytes: int) -> Remedy:
    """Raise the largest message that is taken."""
    return Remedy(
        id="raise_limit",
        title="Raise the limit",
        explanation="For this request only. Large messages take as much memory.",
        button=f"Allow {phrases.size(size_bytes)}",
        value=str(size_bytes),
    )


def follow(url: str) -> Remedy:
    """Go where the server points."""
    return Remedy(
        id="follow",
        title="Follow the redirect",
        explanation=f"To {url}. Check that you know this host.",
        button="Follow",
        value=url,
    )


def use_subprotocol(name: str) -> Remedy:
    """Offer what the server answered."""
    return Remedy(
        id="use_subprotocol",
        title=f"Offer {name}",
        explanation="It is what the server answered.",
        button=f"Use {name}"[:28],
        value=name,
    )
