"""The look of the window at this moment: theme, zoom and motion, and all that follows from them.

One `Look` is made at start and handed to every widget's constructor. Fonts, colours and pixmaps come from it cached;
``changed`` tells that they are different now, and ``generation`` is the key for whatever a widget caches itself.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QIcon, QPalette, QPixmap, QStyleHints
from PySide6.QtWidgets import QApplication

from wireyard.gui.theme.fonts import Families, FontStyle, load_families, make_font
from wireyard.gui.theme.icons import STROKE, IconEngine, render_icon
from wireyard.gui.theme.palette import make_palette
from wireyard.gui.theme.qss import make_style_sheet
from wireyard.gui.theme.tokens import TokenName, Tokens, load_tokens
from wireyard.resources import resource_text

Scheme = Literal["system", "light", "dark", "contrast-light", "contrast-dark"]
MIN_ZOOM_PERCENT = 80
MAX_ZOOM_PERCENT = 200


class Look(QObject):
    """Theme, zoom and motion. ``changed`` is emitted once for each change, after everything here answers anew."""

    changed = Signal()

    def __init__(
        self,
        scheme: Scheme = "system",
        zoom_percent: int = 100,
        reduce_motion: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._families: Families = load_families()
        self._scheme: Scheme = scheme
        self._zoom_percent = _clamp_zoom(zoom_percent)
        self._reduce_motion = reduce_motion
        self._generation = 0
        self._app: QApplication | None = None
        self._tokens = self._load()
        self._fonts: dict[FontStyle, QFont] = {}
        self._metrics: dict[FontStyle, QFontMetricsF] = {}
        self._pixmaps: dict[tuple[str, TokenName, int, int, float, float, bool], QPixmap] = {}
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._on_system_scheme_changed)

    @property
    def name(self) -> str:
        """The theme in use: light, dark, contrast-light or contrast-dark."""
        return self._tokens.name

    @property
    def is_dark(self) -> bool:
        return self._tokens.is_dark

    @property
    def is_contrast(self) -> bool:
        """Whether it is one of high contrast: grounds are plain there, and what is chosen has an outline."""
        return self._tokens.is_contrast

    @property
    def ring_px(self) -> int:
        """The width of the focus ring, which no zoom changes."""
        return self._tokens.ring_px

    @property
    def scheme(self) -> Scheme:
        """What was chosen; ``system`` follows the desktop live."""
        return self._scheme

    @property
    def zoom_percent(self) -> int:
        return self._zoom_percent

    @property
    def reduce_motion(self) -> bool:
        return self._reduce_motion

    @property
    def generation(self) -> int:
        """Grows with every change: the key for caches of drawn things."""
        return self._generation

    @property
    def families(self) -> Families:
        return self._families

    def color(self, role: TokenName) -> QColor:
        """The colour of a role. It is shared: copy it before changing its alpha."""
        return self._tokens.colors[role]

    def hex(self, role: TokenName) -> str:
        """The colour of a role as #RRGGBB."""
        return self._tokens.colors[role].name()

    def tint(self, role: TokenName, alpha: float) -> QColor:
        """A fresh copy of a role's colour at ``alpha`` 0 to 1."""
        color = QColor(self._tokens.colors[role])
        color.setAlphaF(alpha)
        return color

    def font(self, style: FontStyle) -> QFont:
        """The font of a style at the present zoom. It is shared: copy it before changing it."""
        font = self._fonts.get(style)
        if font is None:
            font = self._fonts[style] = make_font(style, self._families, self._zoom_percent / 100)
        return font

    def metrics(self, style: FontStyle) -> QFontMetricsF:
        """Measures of a style's font, cached: making them is what costs."""
        metrics = self._metrics.get(style)
        if metrics is None:
            metrics = self._metrics[style] = QFontMetricsF(self.font(style))
        return metrics

    def px(self, size: float) -> int:
        """A length of the design, in pixels at the present zoom; never 0 for what isn't 0."""
        scaled = round(size * self._zoom_percent / 100)
        if scaled == 0 and size != 0:
            return 1 if size > 0 else -1
        return scaled

    def icon(self, name: str, role: TokenName = "text.2", size: int = 16) -> QIcon:
        """An icon that follows theme and pixel ratio by itself; switched on, a grey one turns to the accent's colour.

        ``size`` is the design's; give the widget ``icon_size(size)`` as its icon size.
        """

        def source(area: QSize, dpr: float, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
            lit = state == QIcon.State.On and role == "text.2"
            return self._draw(name, "accent.text" if lit else role, area, dpr, STROKE, mode == QIcon.Mode.Disabled)

        return QIcon(IconEngine(source))

    def icon_size(self, size: int = 16) -> QSize:
        return QSize(self.px(size), self.px(size))

    def pixmap(
        self, name: str, role: TokenName = "text.2", size: int = 16, dpr: float = 1.0, stroke: float = STROKE
    ) -> QPixmap:
        """An icon as a pixmap of ``size`` (a length of the design, zoomed here), for widgets that paint themselves."""
        return self._draw(name, role, self.icon_size(size), dpr, stroke, faded=False)

    def set_scheme(self, scheme: Scheme) -> None:
        if scheme != self._scheme:
            self._scheme = scheme
            self._renew()

    def set_zoom(self, percent: int) -> None:
        """Scale type and measures together, 80 to 200 percent."""
        percent = _clamp_zoom(percent)
        if percent != self._zoom_percent:
            self._zoom_percent = percent
            self._renew()

    def set_reduce_motion(self, reduce: bool) -> None:
        if reduce != self._reduce_motion:
            self._reduce_motion = reduce
            self._renew()

    def dress(self, app: QApplication) -> None:
        """Give the application its style, palette, font and style sheet, now and after each change."""
        self._app = app
        app.setStyle("Fusion")
        self._apply(app)

    def palette(self) -> QPalette:
        """The palette of the native parts: menus, tool tips, selections."""
        return make_palette(self._tokens)

    @Slot()
    def _on_system_scheme_changed(self) -> None:
        if self._scheme == "system":
            self._renew()

    def _renew(self) -> None:
        self._tokens = self._load()
        self._fonts.clear()
        self._metrics.clear()
        self._pixmaps.clear()
        self._generation += 1
        if self._app is not None:
            self._apply(self._app)
        self.changed.emit()

    def _apply(self, app: QApplication) -> None:
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(make_style_sheet(self._tokens, self.px))

    def _load(self) -> Tokens:
        name = self._scheme
        if name == "system":
            hints = QGuiApplication.styleHints()
            name = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
            if _wants_contrast(hints):
                name = f"contrast-{name}"
        return load_tokens(resource_text(f"themes/{name}.toml"), f"{name}.toml")

    def _draw(self, name: str, role: TokenName, area: QSize, dpr: float, stroke: float, faded: bool) -> QPixmap:
        key = (name, role, area.width(), area.height(), dpr, stroke, faded)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            color = self.color("text.off" if faded else role)
            pixmap = self._pixmaps[key] = render_icon(name, color, area, dpr, stroke)
        return pixmap


def _wants_contrast(hints: QStyleHints) -> bool:
    """Whether the desktop asks for high contrast; Qt tells since 6.10."""
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _clamp_zoom(percent: int) -> int:
    return max(MIN_ZOOM_PERCENT, min(MAX_ZOOM_PERCENT, percent))
