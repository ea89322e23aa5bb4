"""All conversations end together, politely and in time."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from tests.helpers.scripted_server import deaf_until, listen, raw_serving, serving, silent
from tests.helpers.sinks import until
from tests.helpers.talks import Talk
from websockets.asyncio.server import ServerConnection

from wireyard.domain.request import ConnectRequest
from wireyard.engine.host import EngineHost
from wireyard.session import states
from wireyard.session.farewell import close_all


async def test_all_are_closed_with_1001_within_the_deadline(tmp_path: Path, host: EngineHost) -> None:
    codes: list[int | None] = []

    async def note(connection: ServerConnection) -> None:
        try:
            await listen(connection)
        finally:
            codes.append(connection.close_code)

    over = asyncio.Event()
    async with serving(note) as url, serving(deaf_until(over)) as deaf_url, raw_serving(silent) as silent_url:
        talks = [Talk(tmp_path / "sessions", host) for _ in range(5)]
        for talk in talks[:3]:
            await talk.open(url)
        await talks[3].open(deaf_url)
        talks[4].conversation.connect(ConnectRequest(url=silent_url))
        begun = time.monotonic()
        assert await close_all([talk.conversation for talk in talks], timeout_s=2)
        assert time.monotonic() - begun < 2
        over.set()
        await until(lambda: len(codes) == 3)
    assert codes == [1001, 1001, 1001]
    assert [type(talk.conversation.state) for talk in talks] == [states.Closed] * 4 + [states.Idle]
