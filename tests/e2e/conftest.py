"""The command line for end-to-end tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine
from tests.helpers.desktop import Desktop


@pytest.fixture
def wireyard(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile")


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    desktop = Desktop()
    yield desktop
    desktop.close()
