"""A workspace as a whole: what is in it, with all that can be wrong with files."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from tests.helpers.rights import needs_permissions, protected

from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import FolderFile, RequestFile, Variable
from wireyard.workspace.tree import Item, Tree
from wireyard.workspace.workspace import Workspace


def put(root: Path, path: str, text: str = "") -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    before = time.time() - 60
    os.utime(target, (before, before))
    return target


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "space"
    put(root, "wireyard.yaml", "wireyard: 1\nname: My space\n")
    put(root, "Shop/collection.yaml", "notes: All about orders\n")
    put(root, "Shop/Login.ws.yaml", "url: ws://a/login\n")
    put(root, "Shop/Live/folder.yaml", "order: [Prices]\n")
    put(root, "Shop/Live/Orders.ws.yaml", 'url: "{{base}}/orders"\nmessages:\n  - {name: Hi, body: "{}"}\n')
    put(root, "Shop/Live/Prices.ws.yaml", "name: All prices\nurl: ws://a/prices\n")
    return root


def ids(tree: Tree) -> list[str]:
    return [item.id for item in tree.walk()]


def item(tree: Tree, item_id: str) -> Item:
    found = tree.find(item_id)
    assert found is not None
    return found


ALL = ["Shop", "Shop/Live", "Shop/Live/Prices.ws.yaml", "Shop/Live/Orders.ws.yaml", "Shop/Login.ws.yaml"]


def test_a_folder_without_its_file_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"no workspace: there is no wireyard\.yaml"):
        Workspace.open(tmp_path)
    with pytest.raises(WorkspaceError, match="no folder"):
        Workspace.open(tmp_path / "nowhere")


def test_a_workspace_is_made(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "new" / "space", "My space")
    assert (workspace.root / "wireyard.yaml").read_text() == "wireyard: 1\nname: My space\n"
    assert (workspace.root / ".gitignore").read_text() == "*.local.yaml\n.wireyard-*\n"
    with pytest.raises(WorkspaceError, match="already"):
        Workspace.create(workspace.root, "Again")


def test_a_scan_knows_everything(root: Path) -> None:
    tree = Workspace.open(root).scan()
    assert (tree.name, ids(tree)) == ("My space", ALL)
    assert item(tree, "Shop").notes == "All about orders"
    assert item(tree, "Shop/Live/Prices.ws.yaml").name == "All prices"
    orders = item(tree, "Shop/Live/Orders.ws.yaml")
    assert (orders.url, orders.messages[0].name, orders.messages[0].excerpt) == ("{{base}}/orders", "Hi", "{}")
    assert all(each.is_loaded for each in tree.walk())


def test_a_glance_knows_names_and_order_and_says_what_it_does_not_know(root: Path) -> None:
    tree = Workspace.open(root).glance()
    assert ids(tree) == ALL
    assert {each.id for each in tree.walk() if not each.is_loaded} == {
        each for each in ALL if each.endswith(".ws.yaml")
    }


def test_a_glance_with_an_index_knows_everything(root: Path, tmp_path: Path) -> None:
    scanned = Workspace.open(root, cache=tmp_path / "index").scan()
    assert Workspace.open(root, cache=tmp_path / "index").glance() == scanned


def test_an_index_reads_again_only_what_changed(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workspace.open(root, cache=tmp_path / "index").scan()
    put(root, "Shop/Login.ws.yaml", "url: ws://other\n")
    workspace = Workspace.open(root, cache=tmp_path / "index")
    read: list[str] = []
    take = workspace._index.read

    def noted(path: str, *others: object) -> object:
        read.append(path)
        return take(path, *others)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(workspace._index, "read", noted)
    assert item(workspace.scan(), "Shop/Login.ws.yaml").url == "ws://other"
    assert read == ["Shop/Login.ws.yaml"]


def test_a_file_that_was_just_written_is_read_again(root: Path, tmp_path: Path) -> None:
    (root / "Shop/Login.ws.yaml").write_text("url: ws://1\n")
    stamp = (root / "Shop/Login.ws.yaml").stat()
    Workspace.open(root, cache=tmp_path / "index").scan()
    with (root / "Shop/Login.ws.yaml").open("r+") as file:
        file.write("url: ws://2\n")
    os.utime(root / "Shop/Login.ws.yaml", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert item(Workspace.open(root, cache=tmp_path / "index").scan(), "Shop/Login.ws.yaml").url == "ws://2"


@pytest.mark.parametrize("data", [b"", b"garbage", b"\x93\x01\xa1x\x80", b"\x93\x63\xa1x\x80"])
def test_an_index_that_is_broken_is_thrown_away(root: Path, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "index").write_bytes(data)
    assert ids(Workspace.open(root, cache=tmp_path / "index").scan()) == ALL


def test_an_index_of_another_folder_is_not_believed(root: Path, tmp_path: Path) -> None:
    Workspace.open(root, cache=tmp_path / "index").scan()
    other = root.rename(tmp_path / "moved")
    assert not item(Workspace.open(other, cache=tmp_path / "index").glance(), "Shop/Login.ws.yaml").is_loaded


def test_a_scan_tells_of_parts_and_rests(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wireyard.workspace.workspace._FIRST_PART_S", 0)
    monkeypatch.setattr("wireyard.workspace.workspace._PART_S", 0)
    parts: list[Tree] = []
    rests: list[int] = []
    tree = Workspace.open(root).scan(on_part=parts.append, rest=lambda: rests.append(1))
    assert len(parts) == 6
    assert len(rests) == 6 + len(ALL)
    assert set(ids(parts[0])) == set(ids(tree))


def test_a_scan_that_is_cancelled_ends(root: Path) -> None:
    tree = Workspace.open(root).scan(is_cancelled=lambda: True)
    assert not item(tree, "Shop/Login.ws.yaml").is_loaded


BROKEN = {
    "tag": "url: !!python/object:os.system x\n",
    "alias bomb": "a: &a [1, 1]\nb: [*a, *a, *a]\n",
    "wrong type": "headers: text\n",
    "newer": "wireyard: 2\nurl: ws://x\n",
    "duplicate": "url: a\nurl: b\n",
    "tab": "headers:\n\t- name: a\n",
    "deep": "url: " + "[" * 100,
    "control": "url: a\0b\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_shown_as_such_and_the_rest_works(root: Path, text: str) -> None:
    put(root, "Shop/Live/Bad.ws.yaml", text)
    tree = Workspace.open(root).scan()
    bad = item(tree, "Shop/Live/Bad.ws.yaml")
    assert bad.name == "Bad"
    assert bad.problem is not None
    assert bad.problem.path == "Shop/Live/Bad.ws.yaml"
    assert bad.problem.line > 0
    assert [each.id for each in tree.walk() if each.problem] == [bad.id]
    assert (root / bad.id).read_text() == text


def test_a_huge_file_and_a_link_that_leads_out_are_shown_as_such(root: Path, tmp_path: Path) -> None:
    with (root / "Shop/Huge.ws.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    put(tmp_path, "outside.yaml", "url: ws://secret\n")
    if sys.platform != "win32":
        (root / "Shop/Out.ws.yaml").symlink_to(tmp_path / "outside.yaml")
        (root / "Shop/Inside.ws.yaml").symlink_to("Login.ws.yaml")
        (root / "Shop/Lost.ws.yaml").symlink_to("nowhere.yaml")
        (root / "Shop/Linked").symlink_to(root / "Shop" / "Live", target_is_directory=True)
    tree = Workspace.open(root).scan()
    reasons = {each.name: each.problem.reason for each in tree.walk() if each.problem}
    assert reasons["Huge"] == "It is larger than 8 MiB."
    if sys.platform != "win32":
        assert reasons["Out"] == "This is a link that leads out of the workspace. It is not followed."
        assert "Lost" in reasons
        assert item(tree, "Shop/Inside.ws.yaml").url == "ws://a/login"
        assert [str(problem) for problem in tree.problems] == [
            "Shop/Linked: This is a link to a folder. It is not followed."
        ]


@needs_permissions
def test_links_in_a_circle_or_to_where_nobody_may_look_are_in_nobodys_way(root: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "in").mkdir(parents=True)
    for folder in (root, root / "Shop"):
        (folder / "Circle.ws.yaml").symlink_to("Circle.ws.yaml")
        (folder / "Circle").symlink_to("Circle")
        (folder / "Closed.ws.yaml").symlink_to(closed / "in" / "x.yaml")
        (folder / "Closed").symlink_to(closed / "in", target_is_directory=True)
    closed.chmod(0o000)
    with protected(root / "Shop" / "Login.ws.yaml"):
        tree = Workspace.open(root).scan()
    closed.chmod(0o700)
    reasons = {each.id: each.problem.reason for each in tree.walk() if each.problem}
    assert reasons.keys() == {"Shop/Circle.ws.yaml", "Shop/Closed.ws.yaml"}
    assert reasons["Shop/Circle.ws.yaml"] == "This file can't be read: the link leads in a circle."
    assert item(tree, "Shop/Login.ws.yaml").url == "ws://a/login"


@pytest.mark.parametrize("path", ["wireyard.yaml", "Shop/collection.yaml", "Shop/Live/folder.yaml"])
def test_a_broken_level_is_told_and_its_children_are_there(root: Path, path: str) -> None:
    put(root, path, "order: text\n")
    workspace = Workspace.open(root)
    tree = workspace.scan()
    assert sorted(ids(tree)) == sorted(ALL)
    problems = [each.problem for each in tree.walk() if each.problem] + list(tree.problems)
    assert [str(problem) for problem in problems] == [f"{path}, line 1: order must be a list, not a single value."]


def test_other_folders_are_not_shown(root: Path) -> None:
    put(root, "src/deep/x.ws.yaml")
    put(root, ".git/x.ws.yaml")
    put(root, "Shop/payloads/big.json", "{}")
    put(root, "Shop/.hidden.ws.yaml")
    put(root, "Plain/Request.ws.yaml")
    (root / "Shop" / "Empty").mkdir()
    assert ids(Workspace.open(root).scan()) == ["Plain", "Plain/Request.ws.yaml", *ALL]


def test_a_request_in_no_collection_is_told(root: Path) -> None:
    put(root, "Lost.ws.yaml", "url: ws://a\n")
    tree = Workspace.open(root).scan()
    assert ids(tree) == ALL
    assert [str(problem) for problem in tree.problems] == [
        "Lost.ws.yaml: A request needs a collection to be in: move it into a folder."
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only there")
def test_a_name_that_is_no_text_is_told(root: Path) -> None:
    (root / "Shop" / os.fsdecode(b"bad\xff.ws.yaml")).touch()
    tree = Workspace.open(root).scan()
    assert ids(tree) == ALL
    assert [problem.reason for problem in tree.problems] == ["The name of this file is no text in UTF-8."]


def test_levels_go_from_the_collection_down(root: Path) -> None:
    workspace = Workspace.open(root)
    levels = workspace.levels("Shop/Live/Orders.ws.yaml")
    assert [(level.id, level.name) for level in levels] == [("Shop", "Shop"), ("Shop/Live", "Live")]
    assert levels[1].file == FolderFile(order=("Prices",))
    assert [level.id for level in workspace.levels("Shop/Live")] == ["Shop", "Shop/Live"]


def test_a_level_that_can_not_be_read_says_so(root: Path) -> None:
    put(root, "Shop/collection.yaml", "headers: text\n")
    level = Workspace.open(root).levels("Shop/Login.ws.yaml")[0]
    assert level.file == FolderFile()
    assert level.problem.startswith("Shop/collection.yaml, line 1: headers must be a list")


def test_a_level_file_comes_to_be_when_it_is_saved(root: Path) -> None:
    (root / "Shop/collection.yaml").unlink()
    workspace = Workspace.open(root)
    opened = workspace.read_level("Shop")
    workspace.save(opened, FolderFile(notes="new"))
    assert (root / "Shop/collection.yaml").read_text() == "wireyard: 1\nnotes: new\n"


def test_the_watched_folders_are_those_in_the_tree(root: Path) -> None:
    put(root, "environments/Staging.yaml")
    watched = Workspace.open(root).watched()
    assert {path.relative_to(root.resolve()).as_posix() for path in watched} == {
        ".",
        "Shop",
        "Shop/Live",
        "environments",
    }


def test_a_request_is_read_and_saved(root: Path) -> None:
    workspace = Workspace.open(root)
    opened = workspace.read_request("Shop/Login.ws.yaml")
    workspace.save(opened, RequestFile(url="ws://b"))
    assert (root / "Shop/Login.ws.yaml").read_text() == "url: ws://b\n"


def test_a_workspace_that_is_gone_is_told(root: Path) -> None:
    workspace = Workspace.open(root)
    root.rename(root.with_name("gone"))
    with pytest.raises(WorkspaceError, match="can't be read"):
        workspace.scan()


def test_the_secrets_of_an_item_are_named_with_those_in_it(tmp_path: Path) -> None:
    space = Workspace.create(tmp_path / "space", "Space")
    secret = {"pin": Variable(secret=True), "user": Variable(value="a")}
    space.create_collection("Orders", FolderFile(variables=secret))
    space.create_request("Orders", "One", RequestFile(variables=secret))
    space.create_request("Orders", "Two")
    assert space.secret_names("Orders") == {"Orders": ("pin",), "Orders/One.ws.yaml": ("pin",)}
    assert space.secret_names("Orders/One.ws.yaml") == {"Orders/One.ws.yaml": ("pin",)}
