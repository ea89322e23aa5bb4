"""The engine on the same loop and on a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wireyard.engine.host import EngineHost, SameLoopHost, ThreadHost


@pytest.fixture(params=["same loop", "thread"])
def host(request: pytest.FixtureRequest) -> Iterator[EngineHost]:
    host: EngineHost = SameLoopHost() if request.param == "same loop" else ThreadHost()
    yield host
    host.close()
