"""The ids of workspaces."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from wireyard.settings.private_file import write_private
from wireyard.workspace.secrets.errors import SecretError
from wireyard.workspace.secrets.registry import WorkspaceIds


@pytest.fixture
def ids(tmp_path: Path) -> WorkspaceIds:
    return WorkspaceIds(tmp_path / "ids.json", write_private)


def test_a_folder_keeps_its_id_and_no_two_share_one(ids: WorkspaceIds, tmp_path: Path) -> None:
    first = ids.ids_of(tmp_path / "a")
    assert ids.ids_of(tmp_path / "b") != first
    assert WorkspaceIds(tmp_path / "ids.json", write_private).ids_of(tmp_path / "x" / ".." / "a") == first


def test_a_link_to_a_workspace_is_that_workspace(ids: WorkspaceIds, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert ids.ids_of(tmp_path / "a") == ids.ids_of(tmp_path / "link")


def test_a_folder_that_was_moved_is_known_again_and_has_its_secrets_when_told_so(
    ids: WorkspaceIds, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (before,) = ids.ids_of(tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "b")
    (own,) = ids.ids_of(tmp_path / "b")
    assert own != before
    old = ids.moved_from(tmp_path / "b")
    assert old == os.path.normcase(tmp_path / "a")
    ids.take_over(tmp_path / "b", old or "")
    assert ids.ids_of(tmp_path / "b") == (own, before)
    assert ids.moved_from(tmp_path / "b") is None
    # Whoever makes a folder where the old one was gets none of it.
    (tmp_path / "a").mkdir()
    assert ids.ids_of(tmp_path / "a")[0] not in (own, before)


def test_a_folder_from_elsewhere_and_a_copy_were_nowhere_before(ids: WorkspaceIds, tmp_path: Path) -> None:
    for name in ("a", "copy"):
        (tmp_path / name).mkdir()
    ids.ids_of(tmp_path / "a")
    assert ids.moved_from(tmp_path / "copy") is None
    shutil.rmtree(tmp_path / "a")
    assert ids.moved_from(tmp_path / "copy") is None


def test_the_ids_of_the_first_form_are_taken(ids: WorkspaceIds, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "ids.json").write_text(json.dumps({os.path.normcase(tmp_path / "a"): "0123"}))
    assert ids.ids_of(tmp_path / "a") == ("0123",)
    (tmp_path / "a").rename(tmp_path / "b")
    assert ids.moved_from(tmp_path / "b") == os.path.normcase(tmp_path / "a")


def test_a_damaged_registry_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "ids.json"
    path.write_text("{")
    with pytest.raises(SecretError, match="damaged"):
        WorkspaceIds(path, write_private).ids_of(tmp_path)
    assert path.read_text() == "{"
