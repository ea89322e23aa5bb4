"""The command line for end-to-end tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine


@pytest.fixture
def wireyard(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile")
