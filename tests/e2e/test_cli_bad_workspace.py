"""Files that are not what they should be: told with file, line and reason, never changed, and in nobody's way."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.helpers.command_line import CommandLine
from tests.helpers.rights import needs_permissions, protected, without_rights
from tests.helpers.small_disk import fill, needs_mounting, small_disk

GOOD = "url: ws://good.invalid/\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}, *{before}, *{before}, *{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD = {
    "a tag": ("url: !!python/object/apply:os.system ['true']\n", 1),
    "an alias bomb": (BOMB, 1),
    "wrong types": ("url: ws://h/\nparams: 7\n", 2),
    "a newer version": ("wireyard: 99\nurl: ws://h/\n", 1),
    "a key twice": ("url: ws://a/\nurl: ws://b/\n", 2),
    "tabs": ("url: ws://h/\nheaders:\n\t- name: x\n", 3),
    "no UTF-8": (b"url: ws://h/\nnotes: \xff\n", 2),
    "an open bracket": ("url: ws://h/\nparams: [\n", 0),
    "two documents": ("url: ws://h/\n---\nurl: ws://h/\n", 2),
    "a list": ("- url\n", 1),
    "too large": ("notes: " + "x" * (101 * 1024 * 1024), 0),
}


@pytest.fixture
def team(tmp_path: Path) -> Path:
    root = tmp_path / "team"
    (root / "Shop").mkdir(parents=True)
    (root / "wireyard.yaml").write_text("wireyard: 1\n")
    (root / "Shop" / "Good.ws.yaml").write_text(GOOD)
    return root


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("what", BAD)
async def test_it_is_told_and_left_alone_and_the_rest_works(wireyard: CommandLine, team: Path, what: str) -> None:
    text, line = BAD[what]
    data = text if isinstance(text, bytes) else text.encode()
    bad = team / "Shop" / "Bad.ws.yaml"
    bad.write_bytes(data)
    where = ("--workspace", str(team))
    outcome = await wireyard.run("list", "--json", *where)
    record = json.loads(outcome.stdout)
    assert (outcome.code, [each["path"] for each in record["requests"]]) == (17, ["Shop/Good"])
    (problem,) = record["problems"]
    assert (problem["file"], problem["reason"].endswith(".")) == ("Shop/Bad.ws.yaml", True)
    assert problem["line"] == (line or problem["line"])
    assert f"wireyard: Shop/Bad.ws.yaml{f', line {line}' if line else ''}" in outcome.stderr
    for command in (("show", "Shop/Bad"), ("record", "Shop/Bad")):
        refused = await wireyard.run(*command, *where)
        assert (refused.code, refused.stdout, "Shop/Bad.ws.yaml" in refused.stderr) == (17, b"", True)
    assert (await wireyard.run("new", "Shop/Bad", "ws://h/", *where)).code == 2
    assert (await wireyard.run("show", "Shop/Good", *where)).code == 0
    assert bad.read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
async def test_a_link_that_leads_out_is_not_followed(wireyard: CommandLine, team: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("url: ws://outside.invalid/\n")
    (team / "Shop" / "Link.ws.yaml").symlink_to(tmp_path / "secret.yaml")
    outcome = await wireyard.run("list", "--json", "--workspace", str(team))
    assert (outcome.code, b"outside" in outcome.stdout) == (17, False)
    assert "leads out of the workspace" in outcome.stderr


@needs_permissions
@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("new", "Shop/New", "ws://h/"), "Shop/New.ws.yaml"),
        (("new", "Fresh/New", "ws://h/"), "Fresh/collection.yaml"),
        (("env", "set", "Staging", "host", "b"), "environments/Staging.yaml"),
        (("env", "set", "Staging", "host", "b", "--local"), ".gitignore"),
        (("env", "unset", "Staging", "host"), "environments/Staging.yaml"),
    ],
)
async def test_a_read_only_workspace_is_told_and_can_be_read(
    wireyard: CommandLine, team: Path, arguments: tuple[str, ...], file: str
) -> None:
    folder = team / "environments"
    folder.mkdir()
    (folder / "Staging.yaml").write_text("variables:\n  host: a\n")
    where = ("--workspace", str(team))
    wireyard.before = without_rights()
    with protected(team, team / "Shop", folder):
        outcome = await wireyard.run(*arguments, *where)
        listed = await wireyard.run("list", *where)
    said = f"wireyard: {file} can't be saved: permission denied. Its folder has to be writable for you."
    assert (outcome.code, outcome.stdout, outcome.stderr.strip()) == (17, b"", said)
    assert (listed.code, b"Shop/Good" in listed.stdout) == (0, True)
    assert files_in(team) == ["Good.ws.yaml", "Staging.yaml", "wireyard.yaml"]


@needs_permissions
async def test_a_file_that_is_write_protected_is_left_alone(wireyard: CommandLine, team: Path) -> None:
    (team / "environments").mkdir()
    path = team / "environments" / "Staging.yaml"
    path.write_text("variables:\n  host: a\n")
    wireyard.before = without_rights()
    with protected(path):
        outcome = await wireyard.run("env", "set", "Staging", "host", "b", "--workspace", str(team))
    assert (outcome.code, "environments/Staging.yaml can't be saved: it is write-protected" in outcome.stderr) == (
        17,
        True,
    )
    assert path.read_text() == "variables:\n  host: a\n"


@needs_mounting
async def test_a_disk_that_is_full_is_told_and_leaves_no_half_a_file(wireyard: CommandLine, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64k"):
        root = tmp_path / "disk" / "team"
        (root / "environments").mkdir(parents=True)
        (root / "wireyard.yaml").write_text("wireyard: 1\n")
        path = root / "environments" / "Staging.yaml"
        path.write_text("variables:\n  host: a\n")
        filler = fill(tmp_path / "disk")
        where = ("--workspace", str(root))
        outcome = await wireyard.run("env", "set", "Staging", "host", "b" * 9000, *where)
        assert outcome.code == 17
        assert "environments/Staging.yaml can't be saved: no space left on device. Make room" in outcome.stderr
        assert path.read_text() == "variables:\n  host: a\n"
        assert [each.name for each in path.parent.iterdir()] == ["Staging.yaml"]
        filler.unlink()
        assert (await wireyard.run("env", "set", "Staging", "host", "b" * 9000, *where)).code == 0


@pytest.mark.parametrize("text", ["wireyard: 99\n", "name: [\n", "name: !!x y\n"])
async def test_a_workspace_file_that_is_bad_is_told_and_the_requests_are_there(
    wireyard: CommandLine, team: Path, text: str
) -> None:
    (team / "wireyard.yaml").write_text(text)
    outcome = await wireyard.run("list", "--json", "--workspace", str(team))
    record = json.loads(outcome.stdout)
    assert [each["path"] for each in record["requests"]] == ["Shop/Good"]
    assert (outcome.code, record["problems"][0]["file"]) == (17, "wireyard.yaml")
    assert record["problems"][0]["line"] in (1, 2)
