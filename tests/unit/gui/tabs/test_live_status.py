"""What the status bar makes of what compression saved."""

from __future__ import annotations

from wireyard.domain.compression import Saved, Savings
from wireyard.gui.tabs.live_status import saving_percent


def test_the_saving_is_that_of_both_ways_together() -> None:
    sent, received = Saved(count=1, message_bytes=100, wire_bytes=60), Saved(count=1, message_bytes=300, wire_bytes=40)
    assert saving_percent(Savings(sent=sent, received=received)) == 75


def test_without_compressed_messages_there_is_none() -> None:
    assert saving_percent(Savings()) is None


def test_what_got_larger_is_a_loss() -> None:
    assert saving_percent(Savings(sent=Saved(count=1, message_bytes=10, wire_bytes=12))) == -20
