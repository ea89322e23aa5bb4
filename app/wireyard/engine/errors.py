"""What the engine raises. Each carries a `Failure`, so that window and command line find the words for it."""

from __future__ import annotations

from wireyard.domain.event import Step
from wireyard.domain.failure import Failure


class EngineError(Exception):
    """Base of everything the engine raises for a reason that is not a mistake in the program."""


class AddressError(EngineError):
    """The text is not an address; ``fault`` is one sentence and ``position`` the index in the text it is about."""

    def __init__(self, fault: str, position: int) -> None:
        super().__init__(fault)
        self.fault = fault
        self.position = position

    @property
    def failure(self) -> Failure:
        """The same as data: facts ``fault`` and ``position``."""
        facts = {"fault": self.fault, "position": str(self.position)}
        return Failure(code="bad_address", step="address", technical=self.fault, facts=facts)


class DialError(EngineError):
    """Connecting failed in one of its steps; ``steps`` are those that were taken, the failed one last."""

    def __init__(self, failure: Failure, steps: tuple[Step, ...]) -> None:
        super().__init__(failure.technical or failure.code)
        self.failure = failure
        self.steps = steps


class SendError(EngineError):
    """Nothing was sent; the text says why, in words for a person."""
