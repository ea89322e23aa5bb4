"""What gives way when a window is small or the zoom is high: composer's height, inspector's place, sidebar.

All amounts are in design pixels, those of a zoom of 100 %.
"""

from __future__ import annotations

from typing import Literal

from wireyard.gui.tabs.arrangement import Layout

InspectorPlace = Literal["beside", "below", "nowhere"]
PanesHeight = Literal["usual", "low", "collapsed"]

PANES_PX: dict[PanesHeight, int] = {"usual": 260, "low": 140, "collapsed": 0}
LOW_WINDOW_PX = 800
LOWEST_WINDOW_PX = 520
NARROW_WINDOW_PX = 1100
NARROW_VIEWER_PX = 720
LEFT_PAGE_PX = 1000
LEFT_PANES_PX = 520
LEAST_PANES_PX = 460
LEAST_VIEWER_PX = 440
SIDEBAR_WINDOW_PX = 1024
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


def has_room_for_sidebar(window_width: float) -> bool:
    """Whether the sidebar stands beside the tabs; in a narrower window it lies over them when it is called."""
    return window_width >= SIDEBAR_WINDOW_PX


def layout_with_room(wanted: Layout, page_width: float, *, is_collapsed: bool) -> Layout:
    """Where the composer goes: a page that is too narrow for two columns, or a row of tabs alone, has it above."""
    has_no_column = is_collapsed or page_width < LEFT_PAGE_PX
    return "above" if wanted == "left" and has_no_column else wanted


def inspector_place(window_width: float, width: float, height: float) -> InspectorPlace:
    """Where the inspector goes, given the window's width and the room that list and inspector share."""
    is_narrow = window_width < NARROW_WINDOW_PX or width < NARROW_VIEWER_PX
    if is_narrow and height >= _LIST_HEIGHT_PX + INSPECTOR_HEIGHT_PX:
        return "below"
    return "beside" if width >= _BESIDE_WIDTH_PX and height >= _BESIDE_HEIGHT_PX else "nowhere"
