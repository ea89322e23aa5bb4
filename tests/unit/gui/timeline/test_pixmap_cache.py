"""Pictures of rows are kept within a bound and given out only while they are true."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPixmap

from wireyard.gui.timeline.pixmap_cache import MAX_BYTES, MAX_ROWS, MIN_ROWS, PixmapCache


@pytest.mark.usefixtures("qapp")
def test_a_picture_of_another_time_is_not_given_out() -> None:
    cache = PixmapCache()
    cache.put(1, 0, "before", QPixmap(10, 10))
    assert cache.get(1, 0, "now") is None
    assert cache.get(1, 0, "before") is not None


@pytest.mark.usefixtures("qapp")
def test_a_changed_row_is_forgotten_in_every_state() -> None:
    cache = PixmapCache()
    for state in range(4):
        cache.put(7, state, "", QPixmap(10, 10))
    cache.put(8, 0, "", QPixmap(10, 10))
    cache.forget([7])
    assert len(cache) == 1


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("width", "height"), [(10, 10), (700, 28), (2_400, 112)])
def test_rows_and_bytes_are_bounded(width: int, height: int) -> None:
    cache = PixmapCache()
    for seq in range(MAX_ROWS + 50):
        cache.put(seq, 0, "", QPixmap(width, height))
    assert len(cache) <= MAX_ROWS
    assert len(cache) <= MIN_ROWS or len(cache) * width * height * 4 <= MAX_BYTES


def test_a_row_is_worth_a_picture_when_it_is_drawn_again() -> None:
    cache = PixmapCache()
    assert not cache.is_drawn_again(1, 0, "a")
    assert cache.is_drawn_again(1, 0, "a")
    assert not cache.is_drawn_again(1, 0, "b")
    cache.forget([1])
    assert not cache.is_drawn_again(1, 0, "b")
