"""Our own icons: strokes on a grid of 16, drawn in the theme's colours at any size and pixel ratio.

`IconEngine` asks its colour when it paints, so an icon that a widget keeps follows a change of theme by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from wireyard.resources import resource_path

STROKE = 1.4
PixmapSource = Callable[[QSize, float, QIcon.Mode, QIcon.State], QPixmap]


# Qt owns an engine but doesn't keep its Python half alive; without this its virtual calls would go nowhere.
_engines: list[QIconEngine] = []


def render_icon(name: str, color: QColor, size: QSize, dpr: float, stroke: float = STROKE) -> QPixmap:
    """Draw an icon into a pixmap of ``size`` device-independent pixels, square and centred."""
    pixmap = QPixmap(max(1, round(size.width() * dpr)), max(1, round(size.height() * dpr)))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    side = min(size.width(), size.height())
    box = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    QSvgRenderer(QByteArray(_svg(name, color.name(), stroke))).render(painter, box)
    painter.end()
    return pixmap


class IconEngine(QIconEngine):
    """Paints one icon from pixmaps that the look keeps."""

    def __init__(self, source: PixmapSource) -> None:
        super().__init__()
        self._source = source
        _engines.append(self)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        dpr = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect.topLeft(), self._source(rect.size(), dpr, mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._source(size, 1.0, mode, state)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self._source(size, scale, mode, state)

    def clone(self) -> QIconEngine:
        return IconEngine(self._source)


@cache
def _strokes(name: str) -> bytes:
    return resource_path(f"icons/{name}.svg").read_bytes()


def _svg(name: str, color: str, stroke: float) -> bytes:
    svg = _strokes(name).replace(b"currentColor", color.encode())
    return svg.replace(b'stroke-width="1.4"', f'stroke-width="{stroke}"'.encode())
