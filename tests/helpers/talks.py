"""A conversation with a memory: the states it told of, what it recorded, and ways to wait for both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.sinks import until

from wireyard.domain.event import Event
from wireyard.domain.request import ConnectRequest
from wireyard.domain.session import SessionInfo
from wireyard.engine.dial import dial
from wireyard.engine.host import EngineHost
from wireyard.recording.recording import Recording
from wireyard.session import states
from wireyard.session.attempt import Dial
from wireyard.session.conversation import Conversation
from wireyard.session.states import State

WAIT_S = 5.0


@dataclass
class Talk:
    """A conversation, the states it told of, and ways to wait for them."""

    folder: Path
    host: EngineHost
    dial: Dial = dial
    heard: list[State] = field(default_factory=list[State])
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.host, self._record, on_change=self._hear, dial=self.dial)

    def _record(self, info: SessionInfo) -> Recording:
        return Recording.create(self.folder, info)

    def _hear(self, state: State) -> None:
        self.heard.append(state)
        self.changed.set()

    async def until(self, kind: type[State]) -> State:
        async with asyncio.timeout(WAIT_S):
            while not isinstance(self.conversation.state, kind):
                self.changed.clear()
                await self.changed.wait()
        return self.conversation.state

    async def open(self, url: str, **options: object) -> None:
        assert self.conversation.connect(ConnectRequest(url=url, **options))  # type: ignore[arg-type]
        await self.until(states.Open)

    async def recorded(self, wanted: Callable[[list[Event]], bool]) -> list[Event]:
        await until(lambda: wanted(self.events()))
        return self.events()

    def events(self) -> list[Event]:
        recording = self.conversation.recording
        assert recording is not None
        recording.flush(WAIT_S)
        reader = recording.reader()
        try:
            return [event for _, event in reader.events(1, reader.last_seq())]
        finally:
            reader.close()

    @property
    def kinds(self) -> list[str]:
        names = [type(state).__name__ for state in self.heard]
        return [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
