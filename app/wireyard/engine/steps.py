"""The steps of one attempt to connect, put into the sink as they end."""

from __future__ import annotations

import time
from collections.abc import Callable

from wireyard.domain.clock import now
from wireyard.domain.event import Attempt, Failed, Step, StepName
from wireyard.domain.failure import Failure
from wireyard.domain.ports import EventSink


class Steps:
    """Times one step after the other. ``on_step`` hears when a step begins."""

    def __init__(self, sink: EventSink, on_step: Callable[[StepName], None] | None = None) -> None:
        self._sink = sink
        self._on_step = on_step
        self._begun_dial = self._begun_step = time.perf_counter()
        self.current: StepName | None = None
        self.taken: tuple[Step, ...] = ()

    @property
    def total_ms(self) -> float:
        """Time since the first step began."""
        return (time.perf_counter() - self._begun_dial) * 1000

    def begin(self, name: StepName) -> None:
        """Start the clock of a step."""
        self.current = name
        self._begun_step = time.perf_counter()
        if self._on_step is not None:
            self._on_step(name)

    def end(self, detail: str = "", attempts: tuple[Attempt, ...] = ()) -> None:
        """The current step succeeded."""
        self._put(detail, attempts, ok=True)

    def fail(self, failure: Failure, detail: str = "", attempts: tuple[Attempt, ...] = ()) -> None:
        """The current step, if any, failed, and with it the attempt."""
        self._put(detail, attempts, ok=False)
        moment = now()
        self._sink.put(Failed(ts_ns=moment.ts_ns, mono_ns=moment.mono_ns, failure=failure))

    def _put(self, detail: str, attempts: tuple[Attempt, ...], *, ok: bool) -> None:
        if self.current is None:
            return
        moment = now()
        ms = (time.perf_counter() - self._begun_step) * 1000
        step = Step(
            ts_ns=moment.ts_ns,
            mono_ns=moment.mono_ns,
            name=self.current,
            ok=ok,
            ms=ms,
            detail=detail,
            attempts=attempts,
        )
        self.current = None
        self.taken += (step,)
        self._sink.put(step)
