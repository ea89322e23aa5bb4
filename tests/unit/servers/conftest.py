"""The built-in server, running."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.helpers.playground import DEADLINE_S, Playground

from wireyard.servers.echo import EchoServer


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    server = EchoServer(0)
    await server.start()
    running = Playground(server)
    async with asyncio.timeout(DEADLINE_S):
        yield running
        await running.leave()
        await server.stop()
