"""What the status bar says about a live tab."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from wireyard.domain.compression import Savings
from wireyard.gui.status.facts import RoundTrips, StatusFacts
from wireyard.gui.tabs.shown_state import connection_state, opened_of, state_words, with_opened
from wireyard.gui.timeline.feed import Arrivals
from wireyard.recording.recording import Recording
from wireyard.session import states
from wireyard.session.conversation import Conversation
from wireyard.session.wording import STEP_ORDER


def live_status(conversation: Conversation, arrivals: Arrivals | None) -> StatusFacts:
    """State, handshake, round trips, sums and the recording of one conversation."""
    state = conversation.state
    trip = conversation.roundtrip
    facts = StatusFacts(
        state=connection_state(state),
        state_words=state_words(state),
        note=_stopped_at(state),
        round_trips=None if trip is None else RoundTrips(trip.last_ms, trip.min_ms, trip.median_ms, trip.p95_ms),
    )
    opened = opened_of(state)
    if opened is not None:
        facts = replace(with_opened(facts, opened), saving_percent=saving_percent(conversation.savings))
    recording = conversation.recording
    if recording is not None:
        facts = _with_recording(facts, recording, is_paused=conversation.is_paused)
    if arrivals is None:
        return facts
    totals = arrivals.totals
    return replace(
        facts,
        recording_bytes=arrivals.size_bytes,
        sent_count=totals.sent_count,
        sent_bytes=totals.sent_bytes,
        received_count=totals.received_count,
        received_bytes=totals.received_bytes,
    )


def saving_percent(savings: Savings) -> int | None:
    """How much smaller compressed messages were on the wire, both ways together; None where there were none."""
    message_bytes = savings.sent.message_bytes + savings.received.message_bytes
    wire_bytes = savings.sent.wire_bytes + savings.received.wire_bytes
    return round(100 * (1 - wire_bytes / message_bytes)) if message_bytes else None


def _with_recording(facts: StatusFacts, recording: Recording, *, is_paused: bool) -> StatusFacts:
    if recording.health.failing:
        return replace(facts, recording="failing", recording_note=_tr("Not written to disk"))
    if is_paused:
        return replace(facts, recording="paused", recording_note=_tr("Reading paused, the disk is behind"))
    return replace(facts, recording="recording")


def _stopped_at(state: states.State) -> str:
    if not isinstance(state, states.Failed) or not state.steps:
        return ""
    has_token = any(step.name == "auth" for step in state.steps)
    order = [name for name in STEP_ORDER if name != "auth" or has_token]
    reached = order.index(state.steps[-1].name) + 1
    total_ms = sum(step.ms for step in state.steps)
    return _tr("Stopped at step {0} of {1} after {2} ms").format(reached, len(order), round(total_ms))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LiveStatus", text)
