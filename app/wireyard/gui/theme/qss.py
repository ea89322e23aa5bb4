"""The style sheet, generated from a theme: panels, label tones, and the native parts that Fusion would draw plainly.

Widgets of our own paint themselves. Here properties choose a look: ``panel`` (a surface, with ``edge`` for the side
that carries a hairline), ``tone`` (a text role), ``frame`` (card, well). Property names must not be names of real
properties, or Qt never matches them.
"""

from __future__ import annotations

from collections.abc import Callable

from wireyard.gui.theme.tokens import TokenName, Tokens

Px = Callable[[float], int]

_PANELS: tuple[TokenName, ...] = (
    "bg.app",
    "bg.surface",
    "bg.sunken",
    "bg.raised",
    "bg.hover",
    "accent.bg",
    "warn.bg",
    "err.bg",
)
_TONES: tuple[TokenName, ...] = (
    "text.1",
    "text.2",
    "text.3",
    "accent.text",
    "on.accent",
    "sent",
    "recv",
    "ok",
    "warn",
    "err",
)
_EDGES = ("top", "right", "bottom", "left")


def make_style_sheet(tokens: Tokens, px: Px) -> str:
    """The whole style sheet for one theme and zoom."""

    def c(role: TokenName) -> str:
        return tokens.colors[role].name()

    parts = (
        *_panels(c),
        *_labels(c),
        _frames(c, px),
        _fields(c, px, tokens.ring_px),
        _menus(c, px),
        _scroll_bars(c, px),
        _file_dialogs(c, px, tokens.ring_px),
    )
    return "\n".join((*parts, _chosen(c, px)) if tokens.is_contrast else parts)


_Color = Callable[[TokenName], str]


def _panels(c: _Color) -> list[str]:
    rules = [f'QWidget[panel="{role}"] {{ background: {c(role)}; }}' for role in _PANELS]
    return rules + [f'QWidget[edge="{side}"] {{ border-{side}: 1px solid {c("border")}; }}' for side in _EDGES]


def _labels(c: _Color) -> list[str]:
    rules = ["QLabel { background: transparent; }"]
    return rules + [f'QLabel[tone="{role}"] {{ color: {c(role)}; }}' for role in _TONES]


def _frames(c: _Color, px: Px) -> str:
    return f"""
QFrame[frame="card"] {{ background: {c("bg.raised")}; border: 1px solid {c("border")}; border-radius: {px(10)}px; }}
QFrame[frame="well"] {{ background: {c("bg.sunken")}; border: 1px solid {c("border")}; border-radius: {px(8)}px; }}
QWidget[frame="sheet"] {{ background: {c("bg.surface")}; border: 1px solid {c("border.2")};
  border-radius: {px(12)}px; }}
QFrame[frame="hairline"] {{ background: {c("border")}; border: 0; }}
QScrollArea, QScrollArea > QWidget > QWidget[panel="none"] {{ background: transparent; border: 0; }}
QSplitter::handle {{ background: {c("border")}; }}
"""


def _fields(c: _Color, px: Px, ring: int) -> str:
    selection = f"selection-background-color: {c('accent')}; selection-color: {c('on.accent')};"
    return f"""
QLineEdit {{ background: transparent; border: 0; color: {c("text.1")}; {selection}
  placeholder-text-color: {c("text.3")}; }}
QPlainTextEdit, QTextEdit {{ background: transparent; border: 0; color: {c("text.1")}; {selection}
  placeholder-text-color: {c("text.3")}; }}
QLineEdit[boxed="1"], QAbstractSpinBox[boxed="1"] {{ background: {c("bg.field")}; border: 1px solid {c("border.2")};
  border-radius: {px(7)}px; padding: 0 {px(10)}px; min-height: {px(30)}px; {selection} }}
QLineEdit[boxed="1"]:focus, QAbstractSpinBox[boxed="1"]:focus {{ border: {ring}px solid {c("focus.ring")};
  padding: 0 {px(9)}px; min-height: {px(28)}px; }}
QLineEdit[boxed="1"][fault="1"] {{ border: 2px solid {c("err.dot")}; padding: 0 {px(9)}px; min-height: {px(28)}px; }}
QLineEdit[cell="1"], QPlainTextEdit[cell="1"] {{ background: {c("bg.field")}; border: {ring}px solid {c("focus.ring")};
  border-radius: {px(4)}px; }}
QPlainTextEdit[dim="1"] {{ color: {c("text.2")}; }}
QProgressBar {{ background: {c("bg.hover")}; border: 0; border-radius: {px(3)}px; max-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {c("accent")}; border-radius: {px(3)}px; }}
QTreeView, QListView, QTableView {{ background: transparent; border: 0; }}
"""


def _menus(c: _Color, px: Px) -> str:
    return f"""
QToolTip {{ background: {c("text.1")}; color: {c("bg.surface")}; border: 0; padding: {px(4)}px {px(8)}px; }}
QMenu {{ background: {c("bg.raised")}; border: 1px solid {c("border.2")}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(28)}px {px(6)}px {px(12)}px; border-radius: {px(5)}px; color: {c("text.1")}; }}
QMenu::item:selected {{ background: {c("bg.selected")}; }}
QMenu::item:disabled {{ color: {c("text.off")}; }}
QMenu::separator {{ height: 1px; background: {c("border")}; margin: {px(4)}px {px(8)}px; }}
QListView[nav="1"] {{ background: transparent; border: 0; outline: 0; }}
QListView[nav="1"]::item {{ padding: 0 {px(10)}px; min-height: {px(32)}px; border-radius: {px(6)}px;
  color: {c("text.2")}; }}
QListView[nav="1"]::item:hover {{ background: {c("bg.hover")}; }}
QListView[nav="1"]::item:selected {{ background: {c("bg.selected")}; color: {c("text.1")}; }}
QListView[nav="1"]::item:focus {{ border: 2px solid {c("focus.ring")}; padding: 0 {px(8)}px;
  min-height: {px(28)}px; }}
QListView[popup="1"], QComboBox QAbstractItemView {{ background: {c("bg.raised")}; border: 1px solid {c("border.2")};
  padding: 0 {px(4)}px; outline: 0; }}
QListView[popup="1"]::item, QComboBox QAbstractItemView::item {{ padding: {px(4)}px {px(8)}px; min-height: {px(20)}px;
  color: {c("text.1")}; }}
QListView[popup="1"]::item:selected, QListView[popup="1"]::item:hover, QComboBox QAbstractItemView::item:selected {{
  background: {c("bg.selected")}; color: {c("text.1")}; }}
QMenu::indicator {{ width: {px(14)}px; height: {px(14)}px; left: {px(8)}px; }}
"""


def _chosen(c: _Color, px: Px) -> str:
    """High contrast has no tint for what is chosen: it has an outline."""
    return f"""
QMenu::item:selected, QListView[popup="1"]::item:selected, QListView[popup="1"]::item:hover,
QComboBox QAbstractItemView::item:selected {{ border: 2px solid {c("text.1")}; border-radius: {px(5)}px; }}
QMenu::item:selected {{ padding: {px(6) - 2}px {px(28) - 2}px {px(6) - 2}px {px(12) - 2}px; }}
QListView[popup="1"]::item:selected, QListView[popup="1"]::item:hover,
QComboBox QAbstractItemView::item:selected {{ padding: {px(4) - 2}px {px(8) - 2}px; }}
QListView[nav="1"]::item:selected {{ border: 2px solid {c("text.1")}; padding: 0 {px(10) - 2}px;
  min-height: {px(32) - 4}px; }}
QListView[nav="1"]::item:focus {{ border: 3px solid {c("focus.ring")}; padding: 0 {px(10) - 3}px;
  min-height: {px(32) - 6}px; }}
"""


def _scroll_bars(c: _Color, px: Px) -> str:
    return f"""
QScrollBar:vertical {{ width: {px(10)}px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: {px(10)}px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {c("border.2")}; border-radius: {px(3)}px; margin: {px(2)}px; }}
QScrollBar::handle:hover {{ background: {c("border.control")}; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; }}
"""


def _file_dialogs(c: _Color, px: Px, ring: int) -> str:
    """Qt's own dialog, where the desktop has none: its fields and lists would have no frame."""
    return f"""
QFileDialog QLineEdit {{ background: {c("bg.field")}; border: 1px solid {c("border.2")}; border-radius: {px(5)}px;
  padding: {px(3)}px {px(6)}px; }}
QFileDialog QLineEdit:focus {{ border: {ring}px solid {c("focus.ring")}; padding: {px(2)}px {px(5)}px; }}
QFileDialog QTreeView, QFileDialog QListView {{ background: {c("bg.field")}; border: 1px solid {c("border.2")}; }}
QFileDialog QSplitter::handle {{ background: transparent; }}
"""
