"""Leaving: close every conversation with 1001, going away (RFC 6455 section 7.4.1), within a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from wireyard.session.conversation import Conversation

GOING_AWAY = 1001


async def close_all(conversations: Iterable[Conversation], timeout_s: float = 2.0, code: int = GOING_AWAY) -> bool:
    """Say goodbye to all servers and finish all recordings. Returns whether everything is on the disk."""
    farewells = [conversation.close(code, timeout_s=timeout_s) for conversation in conversations]
    return all(await asyncio.gather(*farewells))
