"""The application's style sheet between two tests."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

# Not empty: with an empty one Qt's cache of rules goes, and never-shown widgets don't tell the next one of their end
# (ARCHITECTURE.md, "Traps"; tests/gui/test_style_sheet_trap.py).
NOTHING = "/* nothing */"


def undress(app: QApplication) -> None:
    """Take a look back from the application."""
    app.setStyleSheet(NOTHING)
