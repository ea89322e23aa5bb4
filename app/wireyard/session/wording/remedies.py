"""The remedies, each worded once. Skipping a check is never without its scope: this request only."""

from __future__ import annotations

from wireyard.domain.failure import Failure
from wireyard.session.wording import phrases
from wireyard.session.wording.model import Remedy

EDIT_URL = Remedy(
    id="edit_url", title="Edit the address", explanation="Check host, port and path for a slip.", button="Edit URL"
)
_LONGEST_WAIT_S = 3600
RETRY = Remedy(id="retry", title="Try again", explanation="The same request once more.", button="Retry")
RECONNECT = Remedy(id="reconnect", title="Reconnect", explanation="Goes on in the same timeline.", button="Reconnect")
SKIP_VERIFY = Remedy(
    id="skip_verify",
    title="Skip the certificate check",
    explanation="For this request only. Anyone on the way could then read along; the status bar says “Not verified”.",
    button="Skip check here",
)
UNPIN = Remedy(
    id="unpin",
    title="Remove the pin",
    explanation="The certificate is then checked in the usual way.",
    button="Remove pin",
)
OLDER_TLS = Remedy(
    id="older_tls",
    title="Allow TLS 1.2",
    explanation="It is still safe. For this request only.",
    button="Allow TLS 1.2",
    value="1.2",
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
COPY_PROXY_ANSWER = Remedy(
    id="copy_answer",
    title="Show the answer to the proxy's owner",
    explanation="Status line, headers and body as they came.",
    button="Copy answer",
)
COPY_TECHNICAL = Remedy(
    id="copy_technical",
    title="Report it",
    explanation="The technical detail tells what went wrong inside.",
    button="Copy detail",
)
NO_PROXY = Remedy(
    id="no_proxy",
    title="Use no proxy",
    explanation="Reaches the server directly, for this request only.",
    button="Use no proxy",
)
EDIT_PROXY = Remedy(
    id="edit_proxy",
    title="Edit the proxy",
    explanation="Check its kind, host and port.",
    button="Edit proxy",
)
SIGN_IN_TO_PROXY = Remedy(
    id="sign_in_to_proxy",
    title="Enter user name and password",
    explanation="They are for the proxy; the server does not see them.",
    button="Enter them",
)
OPEN_AUTH = Remedy(
    id="open_auth",
    title="Set who you are",
    explanation="User name and password, a token or a key.",
    button="Open Auth",
)
CHANGE_ORIGIN = Remedy(
    id="edit_headers",
    title="Change the Origin header",
    explanation="Many servers take connections only from the pages of their own site.",
    button="Change Origin",
)
ADD_CLIENT_CERTIFICATE = Remedy(
    id="client_certificate",
    title="Add a client certificate",
    explanation="For servers that want to see who connects.",
    button="Add client certificate",
)
EDIT_NETWORK = Remedy(
    id="edit_network",
    title="Edit the network settings",
    explanation="Check the Unix socket, the chosen address and the IP version.",
    button="Edit network",
)
CHANGE_CLIENT_CERTIFICATE = Remedy(
    id="client_certificate",
    title="Change the client certificate",
    explanation="Check its file, its key and the passphrase.",
    button="Edit certificate",
)
EDIT_HEADERS = Remedy(
    id="edit_headers",
    title="Edit the headers",
    explanation="Names are letters, digits and a few signs; values are one line of plain text.",
    button="Edit headers",
)
EDIT_SUBPROTOCOLS = Remedy(
    id="edit_setting",
    title="Edit the subprotocols",
    explanation="Their names have no blanks and no commas.",
    button="Edit subprotocols",
    value=".subprotocols",
)
TRUST_CA_FILE = Remedy(
    id="edit_setting",
    title="Trust its authority",
    explanation="Choose the file (PEM) with the certificate of who issued it.",
    button="Choose CA file",
    value="tls.ca_file",
)
EDIT_PINNED = Remedy(
    id="edit_setting",
    title="Edit the pinned fingerprint",
    explanation="The SHA-256 of the server's certificate: 64 digits from 0 to f.",
    button="Edit pin",
    value="tls.pinned_sha256",
)
EDIT_ALPN = Remedy(
    id="edit_setting",
    title="Edit the protocols of ALPN",
    explanation="http/1.1 is what a WebSocket uses.",
    button="Edit ALPN",
    value="tls.alpn",
)
ANSWER_PINGS = Remedy(
    id="edit_setting",
    title="Answer pings again",
    explanation="The server's pings get no pong here: many servers then end the connection.",
    button="Open keepalive",
    value="network.auto_pong",
)
AUTO_RECONNECT = Remedy(
    id="auto_reconnect",
    title="Keep trying",
    explanation="Switches reconnecting on, with waits that grow. Disconnect ends it.",
    button="Reconnect by itself",
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


def through(failure: Failure) -> tuple[Remedy, ...]:
    """The proxy, where one was on the way: it may be what is wrong."""
    return (EDIT_PROXY,) if failure.facts.get("proxy") else ()


def retry_after(asked: str) -> Remedy:
    """Try again when the server says, where it names seconds of an hour at most; else try again at once."""
    if not asked.isdecimal() or not 0 < int(asked) <= _LONGEST_WAIT_S:
        return RETRY
    wait = phrases.duration(int(asked))
    return Remedy(
        id="retry_after",
        title="Try again later",
        explanation="The same request, after the time that the server asks for.",
        button=f"Retry in {wait}",
        value=str(int(asked)),
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


def keepalive(seconds: float, idle_s: float) -> Remedy:
    """Ping often enough that nothing on the way takes the connection for idle."""
    return Remedy(
        id="keepalive",
        title="Turn on keepalive",
        explanation=f"Nothing had crossed for {phrases.duration(idle_s)}: something may cut what is idle. "
        f"Pings every {phrases.duration(seconds)} keep it awake.",
        button=f"Ping every {phrases.duration(seconds)}",
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
        title=f"Follow to {url}",
        explanation="Check that you know this host.",
        button=_short(f"Follow to {url}"),
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


def pin(sha256: str) -> Remedy:
    """Take exactly this certificate."""
    return Remedy(
        id="pin",
        title="Trust this certificate only",
        explanation="Pins its SHA-256 for this request: compare it with the one its owner tells.",
        button="Pin certificate",
        value=sha256,
    )


def use_server_name(name: str) -> Remedy:
    """Ask for, and check, another name than the address has."""
    return Remedy(
        id="use_server_name",
        title="Set the server name",
        explanation=f"Asks for {name} in TLS and checks the certificate for it; the address stays.",
        button="Set server name",
        value=name,
    )


def use_path(path: str) -> Remedy:
    """Try another path of the same server."""
    return Remedy(
        id="use_path",
        title=f"Try {path}",
        explanation="Many servers have their WebSocket there.",
        button=f"Try {path}",
        value=path,
    )


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
