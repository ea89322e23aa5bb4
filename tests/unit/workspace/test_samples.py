"""The workspace of the first run."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.resources import resource_names
from wireyard.workspace.errors import SaveError
from wireyard.workspace.samples import COLLECTION, WORKSPACE_NAME, make_default
from wireyard.workspace.tree import Item
from wireyard.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    assert make_default(tmp_path / "workspace")
    return Workspace.open(tmp_path / "workspace")


def requests(workspace: Workspace) -> list[Item]:
    return [item for item in workspace.current().walk() if item.kind == "request"]


def test_it_has_the_six_servers_in_their_order(workspace: Workspace) -> None:
    tree = workspace.current()
    assert (tree.name, [item.name for item in tree.items]) == (WORKSPACE_NAME, [COLLECTION])
    assert [item.name for item in tree.items[0].children] == [
        "Echo",
        "JSON ticker",
        "Binary frames",
        "Chat room",
        "Slow and lossy",
        "Close with any code",
    ]


def test_every_file_can_be_read_and_says_what_it_is_for(workspace: Workspace) -> None:
    found = requests(workspace)
    assert [item.problem for item in found] == [None] * 6
    assert all(item.notes and item.messages for item in found)
    assert {item.url.partition("/{{$localServer}}/")[0] for item in found} == {"ws:/"}


def test_the_files_are_as_the_program_writes_them(workspace: Workspace) -> None:
    """A request that is opened and saved changes nothing in git."""
    for item in requests(workspace):
        opened = workspace.read_request(item.id)
        assert workspace.save(opened, opened.value).text == opened.text


def test_it_is_made_once_and_what_was_deleted_stays_so(workspace: Workspace) -> None:
    workspace.delete([COLLECTION])
    assert not make_default(workspace.root)
    assert workspace.current().items == ()


def test_what_was_cut_off_is_finished(tmp_path: Path) -> None:
    (tmp_path / COLLECTION).mkdir()
    (tmp_path / COLLECTION / "Echo.ws.yaml").write_text("url: ws://mine/\n")
    assert make_default(tmp_path)
    assert len(requests(Workspace.open(tmp_path))) == len(resource_names(f"samples/{COLLECTION}", ".ws.yaml")) == 6
    assert (tmp_path / COLLECTION / "Echo.ws.yaml").read_text() == "url: ws://mine/\n"


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError, match="can't be made"):
        make_default(tmp_path / "file" / "workspace")
