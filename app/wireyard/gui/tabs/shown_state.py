"""From a conversation's state to what the connect bar, the tab and the status bar say about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from wireyard.domain.event import Opened
from wireyard.gui.connection.state import ConnectBarState
from wireyard.gui.status.facts import Encryption, StatusFacts
from wireyard.gui.widgets.state import ConnectionState
from wireyard.session import states
from wireyard.session.wording import end_words, words
from wireyard.session.wording.closing import close_detail
from wireyard.session.wording.model import RemedyId
from wireyard.session.wording.steps import step_name


def connection_state(state: states.State) -> ConnectionState:
    """The shape and colour of a state. A connection that broke something ends as an error."""
    match state:
        case states.Idle():
            return ConnectionState.IDLE
        case states.Connecting():
            return ConnectionState.CONNECTING
        case states.Open():
            return ConnectionState.OPEN
        case states.Closing():
            return ConnectionState.CLOSING
        case states.Closed():
            return ConnectionState.ERROR if end_words(state).is_error else ConnectionState.CLOSED
        case states.Failed():
            return ConnectionState.ERROR
        case states.Waiting():
            return ConnectionState.WAITING


def bar_state(state: states.State, address: str) -> ConnectBarState:
    """What the connect bar shows; ``address`` is the one in use."""
    shape = connection_state(state)
    match state:
        case states.Idle():
            return ConnectBarState(shape)
        case states.Connecting(since=since, step=step):
            detail = step_name(step) if step else ""
            return ConnectBarState(shape, since.mono_ns, detail=detail, address=address)
        case states.Open(since=since):
            return ConnectBarState(shape, since.mono_ns, address=address)
        case states.Closing(since=since):
            return ConnectBarState(shape, since.mono_ns, address=address)
        case states.Closed():
            return ConnectBarState(shape, words=end_words(state).pill, detail=close_detail(state.event))
        case states.Failed():
            said = words(state.failure)
            return ConnectBarState(shape, words=said.pill, detail=said.title)
        case states.Waiting(since=since, until=until):
            said = end_words(state.after) if isinstance(state.after, states.Closed) else words(state.after.failure)
            return ConnectBarState(
                shape, since.mono_ns, words=_attempt(state), detail=said.title, until_mono_ns=until.mono_ns
            )


def _attempt(waiting: states.Waiting) -> str:
    """“Retry 2 of 10”."""
    return f"Retry {waiting.attempt}" + (f" of {waiting.of}" if waiting.of is not None else "")


def composer_state(shape: ConnectionState) -> Literal["idle", "connecting", "open", "closing"]:
    """What the composer's button goes by."""
    match shape:
        case ConnectionState.CONNECTING:
            return "connecting"
        case ConnectionState.OPEN:
            return "open"
        case ConnectionState.CLOSING:
            return "closing"
        case _:
            return "idle"


def evidence(state: states.State, remedy: RemedyId) -> str:
    """What a remedy that copies something copies: the server's answer, else the technical words."""
    failure = state.failure if isinstance(state, states.Failed | states.Closed) else None
    if failure is None:
        return ""
    if remedy == "copy_answer" and failure.answer is not None:
        return failure.answer.raw.decode("utf-8", "replace")
    return failure.technical


def state_words(state: states.State) -> str:
    """One or two words for the status bar."""
    match state:
        case states.Idle():
            return "No connection"
        case states.Connecting():
            return "Connecting"
        case states.Open():
            return "Open"
        case states.Closing():
            return "Closing"
        case states.Closed():
            return end_words(state).pill
        case states.Failed():
            return words(state.failure).pill
        case states.Waiting():
            return "Waiting to reconnect"


def opened_of(state: states.State) -> Opened | None:
    """The handshake that the status bar tells of: only of a connection that is there."""
    return state.opened if isinstance(state, states.Open | states.Closing) else None


def encryption(opened: Opened) -> Encryption:
    """What is known about a connection's secrecy."""
    if not opened.tls_version:
        return "plain"
    return "verified" if opened.tls_verified else "unverified"


def with_opened(facts: StatusFacts, opened: Opened) -> StatusFacts:
    """The facts, with what the handshake negotiated."""
    return replace(
        facts,
        encryption=encryption(opened),
        tls_version=opened.tls_version,
        http_version="HTTP/1.1",
        http_status=opened.status,
        subprotocol=opened.subprotocol,
        extensions=opened.extensions,
    )
