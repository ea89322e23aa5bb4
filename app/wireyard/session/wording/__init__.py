"""What people read about failures and ends: one table for window and command line, made from data, never from prose.

Sentence case, no blame, no exclamation marks, at most two sentences, real numbers.
"""

from __future__ import annotations

from wireyard.session.wording.closing import close_detail, close_row, close_words
from wireyard.session.wording.model import CloseWords, FailureWords, Remedy, RemedyId
from wireyard.session.wording.steps import STEP_ORDER, doing, step_name, step_row
from wireyard.session.wording.words import end_words, words

__all__ = [
    "words",
    "end_words",
    "close_words",
    "close_row",
    "close_detail",
    "step_name",
    "step_row",
    "doing",
    "STEP_ORDER",
    "FailureWords",
    "CloseWords",
    "Remedy",
    "RemedyId",
]
