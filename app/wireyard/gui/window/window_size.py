"""How large a window is that nobody has resized yet."""

from __future__ import annotations

from PySide6.QtCore import QSize

MIN_SIZE = (960, 600)
DEFAULT_SIZE = (1440, 900)
_FRAME = (16, 40)


def first_size(screen: QSize) -> QSize:
    """The size on a screen with this much room; the frame around the window has to fit on it, too."""
    size = QSize(*DEFAULT_SIZE)
    if screen.width() < MIN_SIZE[0] or screen.height() < MIN_SIZE[1]:
        return size  # no real desktop, or one on which nothing fits anyway
    return size.boundedTo(screen - QSize(*_FRAME)).expandedTo(QSize(*MIN_SIZE))
