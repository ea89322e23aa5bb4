"""How a window lays out its requests: the composer above, left of or below the timeline, and how large it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

Layout = Literal["above", "left", "below"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
_NAMED: dict[str, Layout] = {layout: layout for layout in LAYOUTS}


class Arrangement(QObject):
    """One for each window, which its tabs follow. ``changed`` says that the layout or a size is another now.

    Sizes are in design pixels, for each layout its own; a layout without one has the default.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout: Layout = "above"
        self._sizes: dict[str, int] = {}

    @property
    def layout(self) -> Layout:
        """Where the composer is."""
        return self._layout

    @property
    def sizes(self) -> dict[str, int]:
        """What a person chose, by layout."""
        return dict(self._sizes)

    def size(self, layout: Layout) -> int | None:
        """How large the composer is in a layout; None where nobody chose."""
        return self._sizes.get(layout)

    def restore(self, layout: str, sizes: Mapping[str, int]) -> None:
        """Have it as it was kept; what is no layout counts for nothing."""
        self._layout = _NAMED.get(layout, "above")
        self._sizes = {known: sizes[known] for known in LAYOUTS if sizes.get(known, 0) > 0}
        self.changed.emit()

    def next_layout(self) -> None:
        """Go to the next one: above, left, below, and round."""
        self._layout = LAYOUTS[(LAYOUTS.index(self._layout) + 1) % len(LAYOUTS)]
        self.changed.emit()

    def set_size(self, layout: Layout, size: int | None) -> None:
        """A person made the composer this large, or wants the default again."""
        before = self._sizes.pop(layout, None)
        if size is not None:
            self._sizes[layout] = size
        if size != before:
            self.changed.emit()
