"""Environments: a shared file, a local one beside it, and those they inherit from."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import EnvironmentFile, Variable
from wireyard.workspace.workspace import Workspace


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    workspace = Workspace.create(tmp_path / "space", "Space", trash=tmp_path / "trash")
    workspace.create_environment("Base", EnvironmentFile(variables={"host": Variable(value="a")}))
    workspace.create_environment("Staging", EnvironmentFile(color="amber", inherits="Base"))
    return workspace


def files(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in (workspace.root / "environments").iterdir())


def test_an_environment_is_a_plain_file(space: Workspace) -> None:
    text = (space.root / "environments/Base.yaml").read_text()
    assert text == "wireyard: 1\nvariables:\n  host: a\n"
    assert [(line.id, line.color, line.inherits) for line in space.environments()] == [
        ("Base", "", ""),
        ("Staging", "amber", "Base"),
    ]


def test_local_values_are_a_file_of_their_own(space: Workspace) -> None:
    pair = space.read_environment("Base")
    saved = space.save_environment(pair.local, EnvironmentFile(variables={"host": Variable(value="mine")}))
    assert space.read_environment("Base").local == saved
    assert files(space) == ["Base.local.yaml", "Base.yaml", "Staging.yaml"]
    assert "*.local.yaml" in (space.root / ".gitignore").read_text().splitlines()


def test_an_environment_with_local_values_alone_is_one_too(space: Workspace) -> None:
    (space.root / "environments/Mine.local.yaml").write_text("variables: {a: 1}\n")
    assert [line.id for line in space.environments()] == ["Base", "Mine", "Staging"]
    assert space.read_environment("Mine").local.value.variables == {"a": Variable(value="1")}


def test_one_that_is_not_there_is_told(space: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="no environment “Nope”"):
        space.read_environment("Nope")
    with pytest.raises(WorkspaceError, match="no environment “Nope”"):
        space.delete_environment("Nope")


def test_a_chain_goes_from_one_to_those_behind_it(space: Workspace) -> None:
    assert [pair.id for pair in space.environment_chain("Staging")] == ["Staging", "Base"]


def test_a_circle_ends_where_it_closes(space: Workspace) -> None:
    base = space.read_environment("Base").shared
    space.save(base, EnvironmentFile(inherits="Staging"))
    assert [pair.id for pair in space.environment_chain("Staging")] == ["Staging", "Base"]


def test_a_chain_that_leads_nowhere_is_told(space: Workspace) -> None:
    space.delete_environment("Base")
    with pytest.raises(WorkspaceError, match="Staging inherits from “Base”, and there is no such environment"):
        space.environment_chain("Staging")


def test_those_that_inherit_follow_a_rename(space: Workspace) -> None:
    pair = space.read_environment("Base")
    space.save_environment(pair.local, EnvironmentFile(variables={"host": Variable(value="mine")}))
    assert space.rename_environment("Base", "Pro/duction") == "Pro-duction"
    assert files(space) == ["Pro-duction.local.yaml", "Pro-duction.yaml", "Staging.yaml"]
    assert space.read_environment("Pro-duction").name == "Pro/duction"
    assert [pair.id for pair in space.environment_chain("Staging")] == ["Staging", "Pro-duction"]


def test_a_name_never_looks_like_a_local_file(space: Workspace) -> None:
    assert space.create_environment("My.local") == "My-local"


def test_a_copy_has_the_comments_and_the_local_values(space: Workspace) -> None:
    (space.root / "environments/Base.yaml").write_text("# ours\nvariables: {a: 1}\n")
    pair = space.read_environment("Base")
    space.save_environment(pair.local, EnvironmentFile(variables={"a": Variable(value="2")}))
    assert space.duplicate_environment("Base") == "Base copy"
    assert (space.root / "environments/Base copy.yaml").read_text() == "# ours\nvariables: {a: 1}\n"
    assert space.read_environment("Base copy").local.value.variables == {"a": Variable(value="2")}


def test_both_files_are_deleted_and_come_back(space: Workspace) -> None:
    pair = space.read_environment("Base")
    space.save_environment(pair.local, EnvironmentFile(variables={"a": Variable(value="2")}))
    deletion = space.delete_environment("Base")
    assert files(space) == ["Staging.yaml"]
    space.restore(deletion)
    assert files(space) == ["Base.local.yaml", "Base.yaml", "Staging.yaml"]


def test_a_broken_one_is_shown_as_such(space: Workspace) -> None:
    (space.root / "environments/Base.yaml").write_text("color: pink\n")
    (space.root / "environments/Staging.local.yaml").write_text("a: [\n")
    line = space.environments()[0]
    assert line.problem is not None
    assert line.problem.line == 1
    assert [problem.path for problem in space.scan().problems] == ["environments/Staging.local.yaml"]


def ids(workspace: Workspace) -> list[str]:
    return [line.id for line in workspace.scan().environments]


def test_the_order_is_a_line_in_the_workspaces_file(space: Workspace) -> None:
    space.create_environment("Zoo")
    before = (space.root / "wireyard.yaml").read_text()
    space.move_environment("Zoo", "Base")
    assert (space.root / "wireyard.yaml").read_text() == before + "environments:\n  - Zoo\n"
    assert ids(space) == ["Zoo", "Base", "Staging"]
    assert [line.id for line in space.environments()] == ids(space)


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [
        ("Base", None, ["Staging", "Zoo", "Base"]),
        ("Zoo", "Staging", ["Base", "Zoo", "Staging"]),
        ("Base", "Base", ["Base", "Staging", "Zoo"]),
    ],
)
def test_an_environment_stands_where_it_was_put(
    space: Workspace, moved: str, before: str | None, order: list[str]
) -> None:
    space.create_environment("Zoo")
    space.move_environment(moved, before)
    assert ids(space) == order


def test_an_order_that_holds_already_is_not_written(space: Workspace) -> None:
    before = (space.root / "wireyard.yaml").read_text()
    space.move_environment("Staging", None)
    assert (space.root / "wireyard.yaml").read_text() == before


def test_the_order_follows_a_new_name(space: Workspace) -> None:
    space.move_environment("Staging", "Base")
    space.rename_environment("Staging", "Zoo")
    assert ids(space) == ["Zoo", "Base"]


def test_what_was_deleted_comes_back_to_its_place(space: Workspace) -> None:
    space.move_environment("Staging", "Base")
    deletion = space.delete_environment("Staging")
    assert "Staging" not in (space.root / "wireyard.yaml").read_text()
    space.restore(deletion)
    assert ids(space) == ["Staging", "Base"]


def test_one_that_is_not_there_can_not_be_moved(space: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="no environment “Nope”"):
        space.move_environment("Nope", None)


def test_an_order_by_hand_may_name_what_is_gone(space: Workspace) -> None:
    path = space.root / "wireyard.yaml"
    path.write_text(path.read_text() + "environments: [Gone, Staging]\n")
    assert ids(space) == ["Staging", "Base"]
    space.move_environment("Base", "Staging")
    assert ids(space) == ["Base", "Staging"]
