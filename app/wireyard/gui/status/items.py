"""From facts to the items of the status bar: their words, tones, tips, and what a click does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from wireyard.formats import sizes
from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.theme.tokens import TokenName
from wireyard.gui.widgets.state import ConnectionState

_STATE_TONES: dict[ConnectionState, TokenName] = {
    ConnectionState.OPEN: "ok",
    ConnectionState.CONNECTING: "warn",
    ConnectionState.CLOSING: "warn",
    ConnectionState.WAITING: "warn",
    ConnectionState.ERROR: "err",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``key`` keeps its place while its words change; ``copy`` is what a click copies, else the words."""

    key: str
    text: str
    tone: TokenName = "text.2"
    icon: str = ""
    state: ConnectionState | None = None
    dot: TokenName | None = None
    tip: str = ""
    name: str = ""
    copy: str = ""
    action: Literal["copy", "folder", "failure"] = "copy"


def left_items(facts: StatusFacts) -> list[Item]:
    """State, encryption, HTTP, subprotocol, extensions."""
    items = [_state(facts)]
    if facts.note:
        items.append(Item("note", facts.note))
    if facts.encryption != "none":
        items.append(_encryption(facts))
    if facts.http_status:
        http = f"{facts.http_version or 'HTTP/1.1'} → {facts.http_status}"
        items.append(Item("http", http, name=_tr("Upgrade answered with {status}").format(status=facts.http_status)))
    if facts.subprotocol:
        items.append(Item("subprotocol", facts.subprotocol, tip=_tr("Subprotocol"), name=_named("Subprotocol", facts)))
    if facts.extensions:
        items.append(_extensions(facts))
    return items


def right_items(facts: StatusFacts) -> list[Item]:
    """Round trip, counts each way, recording, echo server."""
    items: list[Item] = []
    trips = facts.round_trips
    if trips is not None:
        tip = _tr("Round trip of pings: shortest {low} ms, median {mid} ms, 95 % within {high} ms").format(
            low=_ms(trips.min_ms), mid=_ms(trips.median_ms), high=_ms(trips.p95_ms)
        )
        items.append(Item("rtt", _tr("RTT {ms} ms").format(ms=_ms(trips.last_ms)), tip=tip))
    if facts.state is not ConnectionState.IDLE or facts.sent_count or facts.received_count:
        items.append(_count("sent", "↑", _tr("Sent"), facts.sent_count, facts.sent_bytes))
        items.append(_count("received", "↓", _tr("Received"), facts.received_count, facts.received_bytes))
    if facts.recording != "off":
        items.append(_recording(facts))
    if facts.echo:
        items.append(
            Item("echo", _tr("Echo server on {where}").format(where=facts.echo), dot="ok.dot", copy=facts.echo)
        )
    return items


def _state(facts: StatusFacts) -> Item:
    words = facts.state_words or _tr("No connection")
    tone = _STATE_TONES.get(facts.state, "text.2")
    if facts.state is ConnectionState.ERROR:
        return Item("state", words, tone, icon="alert", tip=_tr("Show what went wrong"), action="failure")
    if facts.state is ConnectionState.IDLE:
        return Item("state", words)
    return Item("state", words, tone, state=facts.state)


def _encryption(facts: StatusFacts) -> Item:
    if facts.encryption == "plain":
        return Item(
            "encryption", _tr("Not encrypted"), icon="lock-open", tip=_tr("ws:// sends everything in the clear")
        )
    if facts.encryption == "unverified":
        tip = _tr("{tls}, but nobody checked who the server is").format(tls=facts.tls_version or "TLS")
        return Item("encryption", _tr("Not verified"), "warn", icon="lock-open", tip=tip)
    tip = _tr("Encrypted, and the certificate was checked")
    return Item("encryption", facts.tls_version or "TLS", icon="lock", tip=tip, name=f"{facts.tls_version}, {tip}")


def _extensions(facts: StatusFacts) -> Item:
    text = facts.extensions.split(";")[0].strip()
    if facts.saving_percent is not None:
        sign = "−" if facts.saving_percent >= 0 else "+"
        text = f"{text} ({sign}{abs(facts.saving_percent)}%)"
    return Item("extensions", text, tip=facts.extensions, copy=facts.extensions)


def _count(key: str, arrow: str, word: str, count: int, size_bytes: int) -> Item:
    size = sizes.size(size_bytes)
    name = _tr("{word}: {count} messages, {size}").format(word=word, count=f"{count:,}", size=size)
    exact = _tr("{word}: {count} messages, {size} bytes").format(word=word, count=f"{count:,}", size=f"{size_bytes:,}")
    return Item(key, f"{arrow} {count:,} · {size}", name=name, tip=exact, copy=exact)


def _recording(facts: StatusFacts) -> Item:
    size = sizes.size(facts.recording_bytes)
    tip = _tr("Show the recording in its folder")
    if facts.recording == "failing":
        text = facts.recording_note or _tr("Not recorded")
        return Item("recording", text, "err", icon="alert", tip=tip, action="folder")
    text = facts.recording_note or _tr("Recording {size}").format(size=size)
    tone: TokenName = "warn" if facts.recording == "paused" else "text.2"
    return Item("recording", text, tone, dot="err.dot", tip=tip, action="folder")


def _named(word: str, facts: StatusFacts) -> str:
    return f"{_tr(word)} {facts.subprotocol}"


def _ms(value: float) -> str:
    return f"{value:.0f}" if value >= 9.5 else f"{value:.1f}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("StatusBar", text)
