"""Follow counts what came since it went off and has not been seen."""

from __future__ import annotations

from wireyard.gui.timeline.follow import Follow


def test_nothing_is_unseen_while_following() -> None:
    assert Follow().unseen(1_000) == 0


def test_rows_that_come_after_it_went_off_are_unseen() -> None:
    follow = Follow()
    follow.turn_off(100)
    assert follow.unseen(228) == 128


def test_turning_off_twice_keeps_the_count() -> None:
    follow = Follow()
    follow.turn_off(100)
    follow.turn_off(150)
    assert follow.unseen(160) == 60


def test_rows_that_were_in_the_viewport_are_seen() -> None:
    follow = Follow()
    follow.turn_off(100)
    follow.look(110)
    follow.look(90)
    assert follow.unseen(130) == 20


def test_turning_on_again_counts_from_nothing() -> None:
    follow = Follow()
    follow.turn_off(10)
    follow.turn_on()
    assert follow.unseen(99) == 0
