"""The workspace as the window knows it: what changes in it, here or outside, is told once to whoever shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from wireyard.gui.library import Library
from wireyard.settings.profile import Profile
from wireyard.workspace.errors import Conflict
from wireyard.workspace.model import EnvironmentFile, RequestFile, Variable
from wireyard.workspace.tree import Tree
from wireyard.workspace.workspace import Workspace

ECHO = "Orders/Echo.ws.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with one request and two environments."""
    root = tmp_path / "team"
    workspace = Workspace.create(root, "Team")
    workspace.create_request(workspace.create_collection("Orders"), "Echo", RequestFile(url="ws://{{host}}/echo"))
    workspace.create_environment("Local", EnvironmentFile(variables={"host": Variable(value="127.0.0.1")}))
    workspace.create_environment("Staging", EnvironmentFile(variables={"host": Variable(value="staging.test")}))
    return root


@pytest.fixture
def library(tmp_path: Path, folder: Path, qtbot: QtBot) -> Iterator[Library]:
    """The library, open and scanned."""
    profile = Profile.at(tmp_path / "profile")
    profile.prepare()
    made = Library(profile)
    made.open(folder)
    qtbot.waitUntil(lambda: is_loaded(made.tree))
    yield made
    made.shut_down()


def is_loaded(tree: Tree | None) -> bool:
    """Whether everything in a tree has been read."""
    return tree is not None and all(item.is_loaded for item in tree.walk())


def names(library: Library) -> list[str]:
    """What is in it, in order."""
    assert library.tree is not None
    return [item.name for item in library.tree.walk()]


def test_what_is_in_a_workspace_is_known_after_opening_it(library: Library) -> None:
    assert names(library) == ["Orders", "Echo"]
    assert [each.name for each in library.environments] == ["Local", "Staging"]


def test_a_file_that_appears_on_disk_appears_in_the_tree(library: Library, folder: Path, qtbot: QtBot) -> None:
    (folder / "Orders" / "Pulled.ws.yaml").write_text("url: ws://x\n")
    qtbot.waitUntil(lambda: "Pulled" in names(library))


def test_a_followed_file_that_is_replaced_is_told(library: Library, folder: Path, qtbot: QtBot) -> None:
    library.follow(ECHO, library.request(ECHO).text)
    with qtbot.waitSignal(library.request_changed) as told:
        other = folder / "new"
        other.write_text("url: ws://other\n")
        other.replace(folder / ECHO)
    assert told.args == [ECHO]
    assert library.request(ECHO).value.url == "ws://other"


def test_a_followed_file_that_is_written_in_place_is_told(library: Library, folder: Path, qtbot: QtBot) -> None:
    library.follow(ECHO, library.request(ECHO).text)
    with qtbot.waitSignal(library.request_changed):
        (folder / ECHO).write_text("url: ws://other\n")


def test_a_followed_file_that_is_deleted_is_told(library: Library, folder: Path, qtbot: QtBot) -> None:
    library.follow(ECHO, library.request(ECHO).text)
    with qtbot.waitSignal(library.removed) as told:
        (folder / ECHO).unlink()
    assert told.args == [ECHO]


def test_a_save_of_our_own_is_no_change_from_outside(library: Library, qtbot: QtBot) -> None:
    opened = library.request(ECHO)
    library.follow(ECHO, opened.text)
    library.save(opened, replace(opened.value, url="ws://mine"))
    told: list[str] = []
    library.request_changed.connect(told.append)
    with qtbot.waitSignal(library.tree_changed):
        library.rescan()
    assert told == []


def test_a_save_over_somebody_elses_change_is_refused(library: Library, folder: Path) -> None:
    opened = library.request(ECHO)
    (folder / ECHO).write_text("url: ws://theirs\n")
    with pytest.raises(Conflict) as refused:
        library.save(opened, replace(opened.value, url="ws://mine"))
    assert refused.value.theirs is not None
    assert refused.value.theirs.value.url == "ws://theirs"


def test_a_renamed_request_is_told_with_its_old_and_new_place(library: Library, qtbot: QtBot) -> None:
    with qtbot.waitSignal(library.moved) as told:
        new = library.rename(ECHO, "Mirror")
    assert told.args == [ECHO, new] == [ECHO, "Orders/Mirror.ws.yaml"]
    qtbot.waitUntil(lambda: "Mirror" in names(library))


def test_a_followed_request_is_followed_through_the_renaming_of_its_folder(library: Library, qtbot: QtBot) -> None:
    library.follow(ECHO, library.request(ECHO).text)
    library.rename("Orders", "Shop")
    lost: list[str] = []
    library.removed.connect(lost.append)
    qtbot.waitUntil(lambda: "Shop" in names(library))
    assert lost == []


def test_a_deleted_request_comes_back_with_undo(library: Library, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(library.undo_offered) as offered:
        library.delete([ECHO], "Deleted “Echo”.")
    assert offered.args is not None
    assert not (folder / ECHO).exists()
    offered.args[1]()
    assert (folder / ECHO).exists()
    qtbot.waitUntil(lambda: "Echo" in names(library))


def test_the_active_environment_gives_the_values_and_is_remembered(
    library: Library, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(library.environments_changed):
        library.choose_environment("Staging")
    value = library.scope(ECHO, library.request(ECHO).value, {}).lookup("host")
    assert value is not None
    assert (value.text, value.source) == ("staging.test", "Staging")
    later = Library(Profile.at(tmp_path / "profile"))
    later.open(folder)
    assert later.active_environment == "Staging"
    later.shut_down()


def test_a_value_set_by_hand_stands_before_the_environments(library: Library) -> None:
    library.choose_environment("Staging")
    value = library.scope(ECHO, library.request(ECHO).value, {"host": "by.hand"}).lookup("host")
    assert value is not None
    assert value.text == "by.hand"


def test_a_folder_that_is_no_workspace_is_refused_and_the_one_before_stays(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert not library.attempt(lambda: library.open(tmp_path / "empty"))
    assert names(library) == ["Orders", "Echo"]


def test_a_secret_stays_with_its_request_when_its_folder_gets_another_name(library: Library, qtbot: QtBot) -> None:
    opened = library.request(ECHO)
    library.save(opened, replace(opened.value, variables={"pin": Variable(secret=True)}))
    library.secrets.use_session()
    library.secrets.keep(f"/{ECHO}", "pin", "hush", lambda fault: None)
    qtbot.waitUntil(lambda: library.secrets.lookup(f"/{ECHO}", "pin") == "hush")
    library.secrets.forget_missing()
    library.rename("Orders", "Sales")
    qtbot.waitUntil(lambda: library.secrets.lookup(f"/{ECHO}", "pin") is None)
    request = library.request("Sales/Echo.ws.yaml").value
    value = library.scope("Sales/Echo.ws.yaml", request, {}).lookup("pin")
    assert value is not None
    assert value.text == "hush"


def test_a_secret_is_there_again_after_undo_and_not_in_a_copy(library: Library, qtbot: QtBot) -> None:
    library.secrets.use_session()
    library.secrets.keep(f"/{ECHO}", "pin", "hush", lambda fault: None)
    qtbot.waitUntil(lambda: library.secrets.lookup(f"/{ECHO}", "pin") == "hush")
    copy = library.duplicate(ECHO)
    with qtbot.waitSignal(library.undo_offered) as offered:
        library.delete([ECHO], "gone")
    assert offered.args is not None
    offered.args[1]()
    assert library.secrets.lookup(f"/{ECHO}", "pin") == "hush"
    assert library.secrets.lookup(f"/{copy}", "pin") is None
