"""Making, renaming, copying, moving and deleting: what happens on disk, file for file."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from wireyard.workspace.errors import FileProblem, NameFault, SaveError, WorkspaceError
from wireyard.workspace.model import FolderFile, RequestFile
from wireyard.workspace.workspace import Workspace


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "space", "Space", trash=tmp_path / "trash")
    workspace.create_collection("Shop")
    for name in ("A", "B", "C"):
        workspace.create_request("Shop", name, RequestFile(url=f"ws://{name.lower()}"))
    workspace.create_folder("Shop", "Live")
    return workspace


def text(workspace: Workspace, path: str) -> str:
    return (workspace.root / path).read_text(encoding="utf-8")


def names(workspace: Workspace, parent: str = "Shop") -> list[str]:
    tree = workspace.scan()
    found = tree.find(parent)
    return [child.name for child in (found.children if found else tree.items)]


def request(name: str, parent: str = "Shop") -> str:
    return f"{parent}/{name}.ws.yaml"


def test_what_is_made_is_a_plain_file(space: Workspace) -> None:
    assert text(space, "Shop/A.ws.yaml") == "wireyard: 1\nurl: ws://a\n"
    assert text(space, "Shop/Live/folder.yaml") == text(space, "Shop/collection.yaml") == "wireyard: 1\n"
    assert names(space) == ["Live", "A", "B", "C"]


@pytest.mark.parametrize(
    ("name", "path", "kept"),
    [
        ("Plain", "Shop/Plain.ws.yaml", ""),
        ("a/b", "Shop/a-b.ws.yaml", "name: a/b\n"),
        ("CON", "Shop/_CON.ws.yaml", "name: CON\n"),
        ("a", "Shop/a 2.ws.yaml", "name: a\n"),
        ("A", "Shop/A 2.ws.yaml", ""),
        ("x" * 300, f"Shop/{'x' * 200}.ws.yaml", f"name: {'x' * 300}\n"),
        ("🎉", "Shop/🎉.ws.yaml", ""),
        ("no", "Shop/no.ws.yaml", ""),
        ("Live", "Shop/Live 2.ws.yaml", ""),
    ],
)
def test_any_name_is_possible(space: Workspace, name: str, path: str, kept: str) -> None:
    assert space.create_request("Shop", name) == path
    assert text(space, path) == f"wireyard: 1\n{kept}"


def test_a_collection_is_never_the_folder_of_environments(space: Workspace) -> None:
    assert space.create_collection("Environments") == "Environments 2"
    assert names(space, "") == ["Environments", "Shop"]


def test_no_name_is_refused(space: Workspace) -> None:
    with pytest.raises(NameFault):
        space.rename("Shop", "  ")


def test_a_request_needs_a_collection(space: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="needs a collection"):
        space.create_request("", "A")
    with pytest.raises(WorkspaceError, match="needs a collection"):
        space.move([request("A")], "")


def test_a_rename_is_a_rename(space: Workspace) -> None:
    before = text(space, "Shop/A.ws.yaml")
    inode = (space.root / "Shop/A.ws.yaml").stat().st_ino
    assert space.rename(request("A"), "Alpha") == request("Alpha")
    assert text(space, "Shop/Alpha.ws.yaml") == before
    assert (space.root / "Shop/Alpha.ws.yaml").stat().st_ino == inode
    assert not (space.root / "Shop/A.ws.yaml").exists()


def test_a_name_is_kept_in_the_file_only_while_it_has_to_be(space: Workspace) -> None:
    new = space.rename(request("A"), "in/out")
    assert text(space, new) == "wireyard: 1\nname: in/out\nurl: ws://a\n"
    assert text(space, space.rename(new, "out")) == "wireyard: 1\nurl: ws://a\n"


def test_a_change_of_case_alone_works(space: Workspace) -> None:
    assert space.rename(request("A"), "a") == request("a")
    assert space.rename("Shop/Live", "LIVE") == "Shop/LIVE"
    assert space.rename("Shop", "SHOP") == "SHOP"
    assert names(space, "SHOP") == ["LIVE", "a", "B", "C"]


def test_a_name_that_is_taken_gets_a_number(space: Workspace) -> None:
    assert space.rename(request("A"), "B") == request("B 2")
    assert space.rename(request("B 2"), "b") == request("b 2")
    assert names(space) == ["Live", "B", "b", "C"]


def test_a_renamed_child_keeps_its_place(space: Workspace) -> None:
    space.move([request("C")], "Shop", request("A"))
    space.rename(request("C"), "Zed")
    assert names(space) == ["Live", "Zed", "A", "B"]
    assert text(space, "Shop/collection.yaml") == "wireyard: 1\norder:\n  - Live\n  - Zed\n"


def test_a_broken_file_is_renamed_but_for_a_name_it_would_have_to_say(space: Workspace) -> None:
    (space.root / request("A")).write_text("url: [")
    with pytest.raises(FileProblem):
        space.rename(request("A"), "in/out")
    assert space.rename(request("A"), "Bad") == request("Bad")
    assert text(space, request("Bad")) == "url: ["


def test_nothing_is_written_where_the_names_give_the_order(space: Workspace) -> None:
    space.move([request("C")], "Shop", None)
    assert text(space, "Shop/collection.yaml") == "wireyard: 1\n"


def test_only_as_much_order_is_written_as_is_needed(space: Workspace) -> None:
    space.move([request("B")], "Shop", "Shop/Live")
    assert names(space) == ["B", "Live", "A", "C"]
    assert text(space, "Shop/collection.yaml") == "wireyard: 1\norder:\n  - B\n"


def test_one_move_is_one_line_of_an_order(space: Workspace) -> None:
    level = space.read_level("Shop")
    space.save(level, FolderFile(order=("A", "B", "Live", "C")))
    before = text(space, "Shop/collection.yaml").splitlines()
    space.move(["Shop/Live"], "Shop", request("A"))
    after = text(space, "Shop/collection.yaml").splitlines()
    assert [line for line in after if line != "  - Live"] == [line for line in before if line != "  - Live"]
    assert names(space) == ["Live", "A", "B", "C"]


def test_items_move_into_a_folder_in_the_order_given(space: Workspace) -> None:
    moved = space.move([request("C"), request("A")], "Shop/Live", None)
    assert moved == [request("C", "Shop/Live"), request("A", "Shop/Live")]
    assert names(space, "Shop/Live") == ["C", "A"]
    assert names(space) == ["Live", "B"]


def test_what_moves_out_leaves_its_parents_order(space: Workspace) -> None:
    space.save(space.read_level("Shop"), FolderFile(order=("C", "A", "B")))
    space.move([request("A")], "Shop/Live")
    assert text(space, "Shop/collection.yaml") == "wireyard: 1\norder:\n  - C\n  - B\n"


def test_what_moves_to_where_its_name_is_taken_keeps_the_name_it_shows(space: Workspace) -> None:
    space.create_request("Shop/Live", "A")
    assert space.move([request("A")], "Shop/Live") == [request("A 2", "Shop/Live")]
    assert "name: A\n" in text(space, request("A 2", "Shop/Live"))


def test_a_move_that_fails_half_way_is_taken_back(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.save(space.read_level("Shop"), FolderFile(order=("C", "A", "B")))
    rename = Path.rename

    def fail(source: Path, target: Path) -> Path:
        if source.name == "B.ws.yaml":
            raise PermissionError(errno.EACCES, "permission denied")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(SaveError, match="can't be moved"):
        space.move([request("A"), request("B")], "Shop/Live")
    assert names(space) == ["C", "A", "B", "Live"]


def test_an_item_inside_another_that_moves_comes_along(space: Workspace) -> None:
    space.create_collection("Other")
    space.move([request("A")], "Shop/Live")
    inside = request("A", "Shop/Live")
    assert space.move([inside, "Shop/Live"], "Other") == [request("A", "Other/Live"), "Other/Live"]


def test_a_folder_becomes_a_collection_and_back(space: Workspace) -> None:
    assert space.move(["Shop/Live"], "", "Shop") == ["Live"]
    assert sorted(path.name for path in (space.root / "Live").iterdir()) == ["collection.yaml"]
    assert names(space, "") == ["Live", "Shop"]
    assert space.move(["Live"], "Shop") == ["Shop/Live"]
    assert sorted(path.name for path in (space.root / "Shop/Live").iterdir()) == ["folder.yaml"]


def test_nothing_moves_into_itself(space: Workspace) -> None:
    deeper = space.create_folder("Shop/Live", "Deep")
    for target in ("Shop/Live", deeper):
        with pytest.raises(WorkspaceError, match="into itself"):
            space.move(["Shop/Live"], target)


def test_a_parent_whose_order_can_not_be_kept_takes_nothing(space: Workspace) -> None:
    (space.root / "Shop/Live/folder.yaml").write_text("order: [")
    with pytest.raises(FileProblem):
        space.move([request("A")], "Shop/Live")
    assert names(space) == ["Live", "A", "B", "C"]


def test_a_copy_stands_behind_and_keeps_comments(space: Workspace) -> None:
    (space.root / request("A")).write_text("# mine\nname: in/out\nurl: ws://a\n")
    assert space.duplicate(request("A")) == request("in-out copy")
    assert text(space, request("in-out copy")) == "# mine\nname: in/out copy\nurl: ws://a\n"
    assert names(space) == ["Live", "B", "C", "in/out", "in/out copy"]


def test_a_copied_folder_has_all_that_was_in_it(space: Workspace) -> None:
    space.move([request("A")], "Shop/Live")
    assert space.duplicate("Shop/Live") == "Shop/Live copy"
    assert names(space, "Shop/Live copy") == ["A"]
    assert names(space) == ["Live", "Live copy", "B", "C"]


def test_what_was_deleted_comes_back_to_its_place(space: Workspace) -> None:
    space.save(space.read_level("Shop"), FolderFile(order=("C", "Live", "A")))
    space.create_request("Shop/Live", "Deep")
    before = {path: path.read_bytes() for path in space.root.rglob("*.yaml")}
    deletion = space.delete(["Shop/Live", request("Deep", "Shop/Live"), request("A")])
    assert names(space) == ["C", "B"]
    assert space.restore(deletion) == ["Shop/Live", request("A")]
    assert {path: path.read_bytes() for path in space.root.rglob("*.yaml")} == before


def test_what_comes_back_to_a_taken_place_stands_beside(space: Workspace) -> None:
    deletion = space.delete([request("A")])
    space.create_request("Shop", "A", RequestFile(url="ws://new"))
    assert space.restore(deletion) == [request("A 2")]
    assert "ws://new" in text(space, request("A"))


def test_what_comes_back_makes_its_folder_again(space: Workspace) -> None:
    inside = space.create_request("Shop/Live", "Deep")
    deletion = space.delete([inside])
    space.delete(["Shop/Live"])
    assert space.restore(deletion) == [inside]


def test_what_was_deleted_a_week_ago_is_forgotten(space: Workspace, tmp_path: Path) -> None:
    old = tmp_path / "trash" / "1000-abc"
    old.mkdir(parents=True)
    space.delete([request("A")])
    assert not old.exists()
    assert len(list((tmp_path / "trash").iterdir())) == 1


@pytest.mark.parametrize("path", ["Shop/Live", "Shop/A.ws.yaml"])
def test_what_is_deleted_may_go_to_another_disk(space: Workspace, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    before = {each: each.read_bytes() for each in space.root.rglob("*.yaml")}
    _part_disks(monkeypatch)
    deletion = space.delete([path])
    assert path not in [item.id for item in space.scan().walk()]
    monkeypatch.undo()
    space.restore(deletion)
    assert {each: each.read_bytes() for each in space.root.rglob("*.yaml")} == before


def test_what_can_not_be_copied_to_another_disk_stays(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    _part_disks(monkeypatch)
    monkeypatch.setattr("shutil.copytree", fail)
    with pytest.raises(SaveError, match="can't be deleted: no space left on device"):
        space.delete(["Shop/Live"])
    assert names(space) == ["Live", "A", "B", "C"]


def _part_disks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the trash on another disk."""
    rename = Path.rename

    def across(source: Path, target: Path) -> Path:
        if "trash" in str(target):
            raise OSError(errno.EXDEV, "another disk")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", across)


def test_a_rename_that_can_not_write_the_name_is_taken_back(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise SaveError("The disk is full.")

    monkeypatch.setattr("wireyard.workspace.disk.Disk.write", fail)
    with pytest.raises(SaveError):
        space.rename(request("A"), "in/out")
    assert names(space) == ["Live", "A", "B", "C"]


def test_deleting_what_is_gone_is_an_error_and_nothing_is_lost(space: Workspace) -> None:
    with pytest.raises(SaveError, match="can't be deleted"):
        space.delete([request("A"), request("gone")])
    assert names(space) == ["Live", "A", "B", "C"]


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_nothing_is_made_through_a_link_that_leads_out(space: Workspace, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (space.root / "Shop" / "Out").symlink_to(tmp_path / "outside")
    for act in (
        lambda: space.create_request("Shop/Out", "X"),
        lambda: space.move([request("A")], "Shop/Out"),
        lambda: space.delete(["Shop/Out/x"]),
    ):
        with pytest.raises(FileProblem, match="leads out of the workspace"):
            act()
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_thousand_siblings_are_put_in_order_in_time(space: Workspace) -> None:
    for number in range(300):
        (space.root / f"Shop/R{number}.ws.yaml").touch()
    moved = [request(f"R{number}") for number in reversed(range(300))]
    assert space.move(moved, "Shop") == moved
    assert names(space)[-3:] == ["R2", "R1", "R0"]
