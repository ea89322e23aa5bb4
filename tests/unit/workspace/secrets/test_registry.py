"""The ids of workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.settings.private_file import write_private
from wireyard.workspace.secrets.errors import SecretError
from wireyard.workspace.secrets.registry import WorkspaceIds


def test_a_folder_keeps_its_id_and_no_two_share_one(tmp_path: Path) -> None:
    ids = WorkspaceIds(tmp_path / "ids.json", write_private)
    first = ids.id_of(tmp_path / "a")
    assert ids.id_of(tmp_path / "b") != first
    assert WorkspaceIds(tmp_path / "ids.json", write_private).id_of(tmp_path / "x" / ".." / "a") == first


def test_a_link_to_a_workspace_is_that_workspace(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    ids = WorkspaceIds(tmp_path / "ids.json", write_private)
    assert ids.id_of(tmp_path / "a") == ids.id_of(tmp_path / "link")


def test_a_damaged_registry_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "ids.json"
    path.write_text("{")
    with pytest.raises(SecretError, match="damaged"):
        WorkspaceIds(path, write_private).id_of(tmp_path)
    assert path.read_text() == "{"
