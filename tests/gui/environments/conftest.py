"""A plain window for what floats over one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    column = QVBoxLayout(window)
    column.addStretch(1)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
