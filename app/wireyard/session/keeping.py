"""The recording of a conversation, made at its first connect, and the secrets that are told to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from wireyard.domain.event import Note
from wireyard.domain.request import ConnectRequest
from wireyard.exchange.secret_values import NO_SECRETS, SecretValues
from wireyard.recording.recording import Recording
from wireyard.session import notes
from wireyard.session.identity import new_session
from wireyard.session.reconnecting import Retry
from wireyard.session.recorder import StartRecording


class Keeping:
    """Keeps what happens. ``recording`` is None before the first connect."""

    def __init__(self, start_recording: StartRecording, name: str, request_id: str, label: str) -> None:
        self._start_recording = start_recording
        self._name, self._request_id, self._label = name, request_id, label
        self.recording: Recording | None = None
        self.secrets: SecretValues = NO_SECRETS

    def describe(self, *, name: str, request_id: str, label: str) -> None:
        """Say what the session is of, before its recording is made; afterwards it is what it was."""
        self._name, self._request_id, self._label = name, request_id, label

    def begin(self, request: ConnectRequest) -> None:
        """A person connects: make the recording, or divide it. Raises `RecordingError`."""
        if self.recording is None:
            self.recording = self._start_recording(
                new_session(request, self._name, request_id=self._request_id, label=self._label, values=self.secrets)
            )
            self.recording.note_secrets(self.secrets.values)
        else:
            self.divide(request, None)
        self.recording.limit_waiting(request.network.waiting_bytes)

    def divide(self, request: ConnectRequest, retry: Retry | None) -> None:
        """Say that another connection begins."""
        self.put(notes.divider(self.secrets.in_address(request.url), retry))

    def put(self, note: Note) -> None:
        """Keep a note."""
        if self.recording is not None:
            self.recording.put(note)

    def note_secrets(self, secrets: Iterable[str]) -> None:
        """Hear of values that every export hides."""
        if new := [secret for secret in secrets if secret and secret not in self.secrets.values]:
            self.secrets = SecretValues((*self.secrets.values, *new))
            if self.recording is not None:
                self.recording.note_secrets(new)

    async def close(self, timeout_s: float) -> bool:
        """Finish the recording. Returns whether all is on the disk."""
        recording = self.recording
        if recording is None:
            return True
        try:
            # Joins the writer's thread: not to be waited for on the loop.
            await asyncio.to_thread(recording.close, timeout_s)
        except TimeoutError:
            return False
        return not recording.health.failing and not recording.health.lost_messages
