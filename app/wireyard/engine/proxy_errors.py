"""How a proxy can fail, as what it did."""

from __future__ import annotations

from typing import Literal

from wireyard.domain.failure import Answer
from wireyard.engine.errors import EngineError

ProxyFault = Literal["refused", "auth", "not_a_proxy", "closed", "unusable"]


class ProxyError(EngineError):
    """The proxy did not let us through.

    ``reason`` says why in a few words of the protocol's; ``answer`` is what an HTTP proxy answered, and ``raw`` the
    bytes of what is no answer.
    """

    def __init__(self, fault: ProxyFault, reason: str = "", answer: Answer | None = None, raw: bytes = b"") -> None:
        super().__init__(f"{fault}: {reason}" if reason else fault)
        self.fault: ProxyFault = fault
        self.reason = reason
        self.answer = answer
        self.raw = raw
