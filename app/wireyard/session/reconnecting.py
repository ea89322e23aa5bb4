"""When to try again: what a policy makes of the ends of connections and attempts, one after the other."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec

from wireyard.domain.failure import Failure
from wireyard.domain.request import Reconnect
from wireyard.session import states

# A connection that lived as long was a good one: the next attempt after it is the first again.
STEADY_S = 1.0
# A server may ask for more patience than the policy has, but not for ever.
_MAX_RETRY_AFTER_S = 3600.0


class Retry(msgspec.Struct, frozen=True, kw_only=True):
    """One more attempt: the number that it has, of how many (None: no limit), and how long to wait for it."""

    attempt: int
    of: int | None
    delay_s: float

    @property
    def count(self) -> str:
        """“attempt 2 of 5”."""
        return f"attempt {self.attempt}" + (f" of {self.of}" if self.of is not None else "")


class Reconnecting:
    """Counts the attempts of one conversation since a person began it. ``chance`` gives numbers from 0 to 1."""

    def __init__(self, policy: Reconnect, chance: Callable[[], float] = random.random) -> None:
        self._policy = policy
        self._chance = chance
        self._was_open = False
        self._attempt = 0
        self._delay_s = policy.first_delay_s

    @property
    def is_used_up(self) -> bool:
        """Whether the last end would have been followed by an attempt, had there been one left."""
        limit = self._policy.attempts
        return limit is not None and 0 < limit < self._attempt

    @property
    def limit(self) -> int | None:
        """How many attempts there are in a row."""
        return self._policy.attempts

    def after(self, end: states.State) -> Retry | None:
        """What is to follow this end: another attempt, or nothing."""
        if self._policy.attempts == 0 or not self._counts(end):
            return None
        self._attempt += 1
        if self.is_used_up:
            return None
        delay_s = min(self._delay_s, self._policy.max_delay_s)
        self._delay_s = min(delay_s * self._policy.factor, self._policy.max_delay_s)
        delay_s *= 1 + self._policy.jitter * (2 * self._chance() - 1)
        if isinstance(end, states.Failed):
            delay_s = max(delay_s, _retry_after_s(end.failure))
        return Retry(attempt=self._attempt, of=self._policy.attempts, delay_s=max(0.0, delay_s))

    def _counts(self, end: states.State) -> bool:
        if isinstance(end, states.Closed):
            self._was_open = True
            if end.event.open_s >= STEADY_S:
                self._attempt, self._delay_s = 0, self._policy.first_delay_s
            return end.event.code in self._policy.close_codes
        if isinstance(end, states.Failed) and (self._was_open or self._policy.from_start):
            return self._is_passing(end.failure)
        return False

    def _is_passing(self, failure: Failure) -> bool:
        """Whether it may be otherwise next time."""
        if failure.code == "auth_failed":
            # The token endpoint may be starting again too; a password that was refused stays refused.
            return failure.facts.get("auth_fault") == "unreachable"
        if failure.code not in self._policy.failures:
            return False
        return failure.code != "status" or int(failure.facts.get("status", "0")) in self._policy.statuses


def _retry_after_s(failure: Failure) -> float:
    asked = failure.facts.get("retry_after", "")
    return min(float(asked), _MAX_RETRY_AFTER_S) if asked.isascii() and asked.isdigit() else 0.0
