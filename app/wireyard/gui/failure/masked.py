"""A failure as anyone may read it: credentials and secret values masked in everything that is said of it."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from wireyard.domain.event import Step
from wireyard.domain.failure import Failure
from wireyard.exchange.secret_mask import SecretMask
from wireyard.session.wording import FailureWords, Remedy


class Shown(NamedTuple):
    """What a failure view shows; ``address`` is as it was typed."""

    failure: Failure
    words: FailureWords
    steps: tuple[Step, ...]
    address: str


def masked(shown: Shown, mask: SecretMask) -> tuple[Shown, bool]:
    """The same, masked; and whether anything was."""
    failure = mask.in_failure(shown.failure)
    steps = shown.steps
    words = shown.words
    address = shown.address
    if mask:
        steps = tuple(map(mask.in_step, steps))
        words = _in_words(words, mask)
        # A fault is pointed at by its place.
        address = mask.in_place(address)
    other = Shown(failure, words, steps, address)
    return other, other != shown


def _in_words(words: FailureWords, mask: SecretMask) -> FailureWords:
    return replace(
        words,
        title=mask.in_address(words.title),
        explanation=mask.in_address(words.explanation),
        remedies=tuple(_in_remedy(remedy, mask) for remedy in words.remedies),
    )


def _in_remedy(remedy: Remedy, mask: SecretMask) -> Remedy:
    return replace(
        remedy,
        title=mask.in_address(remedy.title),
        explanation=mask.in_address(remedy.explanation),
    )
