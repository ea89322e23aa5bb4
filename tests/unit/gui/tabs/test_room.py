"""What gives way in small windows and at high zoom."""

from __future__ import annotations

import pytest

from wireyard.gui.tabs.room import InspectorPlace, PanesHeight, inspector_place, panes_height


@pytest.mark.parametrize(("height", "wanted"), [(900, "usual"), (799, "low"), (600, "low"), (360, "collapsed")])
def test_the_panes_give_way_to_the_timeline(height: float, wanted: PanesHeight) -> None:
    assert panes_height(height) == wanted


@pytest.mark.parametrize(
    ("window_width", "width", "height", "wanted"),
    [
        (1440, 1388, 500, "beside"),
        (960, 908, 500, "below"),
        (960, 908, 278, "below"),
        (960, 908, 200, "beside"),
        (640, 588, 138, "beside"),
        (640, 588, 40, "nowhere"),
        (480, 430, 200, "nowhere"),
    ],
)
def test_the_inspector_goes_where_it_fits(
    window_width: float, width: float, height: float, wanted: InspectorPlace
) -> None:
    assert inspector_place(window_width, width, height) == wanted
