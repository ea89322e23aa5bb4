"""What gives way when a window is small or the zoom is high: first the composer's height, then the inspector's place.

All amounts are in design pixels, those of a zoom of 100 %.
"""

from __future__ import annotations

from typing import Literal

InspectorPlace = Literal["beside", "below", "nowhere"]
PanesHeight = Literal["usual", "low", "collapsed"]

PANES_PX: dict[PanesHeight, int] = {"usual": 260, "low": 140, "collapsed": 0}
LOW_WINDOW_PX = 800
LOWEST_WINDOW_PX = 520
NARROW_WINDOW_PX = 1100
INSPECTOR_HEIGHT_PX = 168
INSPECTOR_WIDTH_PX = 320
_LIST_HEIGHT_PX = 100
_BESIDE_HEIGHT_PX = 132
_BESIDE_WIDTH_PX = 480


def panes_height(window_height: float) -> PanesHeight:
    """How much of a window of this height the request's panes take at first."""
    if window_height >= LOW_WINDOW_PX:
        return "usual"
    return "low" if window_height >= LOWEST_WINDOW_PX else "collapsed"


def inspector_place(window_width: float, width: float, height: float) -> InspectorPlace:
    """Where the inspector goes, given the window's width and the room that list and inspector share."""
    if window_width < NARROW_WINDOW_PX and height >= _LIST_HEIGHT_PX + INSPECTOR_HEIGHT_PX:
        return "below"
    return "beside" if width >= _BESIDE_WIDTH_PX and height >= _BESIDE_HEIGHT_PX else "nowhere"
